import { TOOL_NAME_SEPARATOR } from "../../aws/agentcore/names";
import { eachOf, targets, type Rule } from "../rule";
import { describedTools } from "../tool-names";

/** Characters of a tool's name with its target: what a gateway takes, and what the APIs of models take. */
const MOST_OF_GATEWAYS = 256;
const MOST_OF_MODELS = 64;

export const toolNameTooLong: Rule = {
  id: "tool-name-too-long",
  severity: "error",
  summary: `A tool's name has at most ${MOST_OF_GATEWAYS} characters with its target's, and at most ${MOST_OF_MODELS} for most models.`,
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-tool-naming.html",
  check: eachOf(targets, function* (target) {
    const { name } = target;
    if (typeof name !== "string") return;
    for (const tool of describedTools(target)) {
      const full = `${name}${TOOL_NAME_SEPARATOR}${tool}`;
      if (full.length <= MOST_OF_MODELS) continue;
      const isRefused = full.length > MOST_OF_GATEWAYS;
      yield {
        severity: isRefused ? "error" : "warning",
        message: isRefused
          ? `The tool ${full.slice(0, 80)}… has ${full.length} characters with its target's name, and a gateway takes ${MOST_OF_GATEWAYS}.`
          : `The tool ${full} has ${full.length} characters with its target's name, and many models and clients take ${MOST_OF_MODELS}.`,
        fix: "Shorten the name of the target or of the tool.",
      };
    }
  }),
};
