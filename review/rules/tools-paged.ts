import { eachOf, gateways, type Rule } from "../rule";
import { describedTools } from "../evidence/tool-names";

/** How many tools of one target a page of tools/list holds: AWS's workshop, confirmed by reports. */
const TOOLS_OF_A_PAGE = 30;

export const toolsPaged: Rule = {
  id: "tools-paged",
  severity: "info",
  summary: "All tools of a gateway are on the first page of its list.",
  source: "https://github.com/anthropics/claude-code/issues/24785",
  check: eachOf(gateways, ({ targets }) => {
    const own = targets.filter(({ gateway }) => gateway.length === 1);
    const most = Math.max(0, ...own.map((target) => describedTools(target).length));
    if (own.length < 2 && most <= TOOLS_OF_A_PAGE) return undefined;
    return {
      message:
        own.length < 2
          ? `A target has ${most} tools, and a page of tools/list holds ${TOOLS_OF_A_PAGE}: clients that do not page miss the others.`
          : `The ${own.length} targets come on a page of tools/list each: clients that do not page see the tools of the first only.`,
      fix: "Use clients that follow nextCursor.",
    };
  }),
};
