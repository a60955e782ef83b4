import { certainly } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const listingNotSearched: Rule = {
  id: "listing-not-searched",
  severity: "warning",
  summary: "A target whose tools are listed when they are asked for is not one whose tools are searched.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-MCPservers.html",
  check: eachOf(targets, ({ listingMode, gateway }) => {
    const searching = certainly(gateway, ({ searchType }) => searchType === "SEMANTIC");
    if (listingMode !== "DYNAMIC" || searching === undefined) return undefined;
    return {
      message: "listing_mode is DYNAMIC, and the gateway's search knows nothing of such a target's tools.",
      fix: "Use the listing mode DEFAULT, or tell callers to list instead of searching.",
    };
  }),
};
