import { MAX_TOOL_NAME } from "../../aws/agentcore/limits";
import { TOOL_NAME_SEPARATOR } from "../../aws/agentcore/names";
import { eachOf, targets, type Rule } from "../rule";
import { describedTools } from "../evidence/tool-names";

/** Characters that the APIs of models take. */
const MOST_OF_MODELS = 64;

export const toolNameTooLong: Rule = {
  id: "tool-name-too-long",
  severity: "error",
  summary: `A tool's name has at most ${MAX_TOOL_NAME} characters with its target's, and at most ${MOST_OF_MODELS} for most models.`,
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-tool-naming.html",
  check: eachOf(targets, function* (target) {
    const { name } = target;
    if (typeof name !== "string") return;
    for (const tool of describedTools(target)) {
      const full = `${name}${TOOL_NAME_SEPARATOR}${tool}`;
      if (full.length <= MOST_OF_MODELS) continue;
      const isRefused = full.length > MAX_TOOL_NAME;
      yield {
        severity: isRefused ? "error" : "warning",
        message: isRefused
          ? `The tool ${full.slice(0, 80)}… has ${full.length} characters with its target's name, and a gateway takes ${MAX_TOOL_NAME}.`
          : `The tool ${full} has ${full.length} characters with its target's name, and many models and clients take ${MOST_OF_MODELS}.`,
        fix: "Shorten the name of the target or of the tool.",
      };
    }
  }),
};
