import { TOOL_NAME_SEPARATOR } from "../../aws/agentcore/names";
import { ANY_VALUE, OF_IAM, OF_JWT } from "../../aws/agentcore/rate-limits";
import type { Gateway } from "../../topology";
import { OPEN } from "../evidence/policies";
import { rateLimitsIn } from "../evidence/rate-limits";
import { eachOf, type Rule } from "../rule";
import { describedTools } from "../evidence/tool-names";

export const rateLimitIneffective: Rule = {
  id: "rate-limit-ineffective",
  severity: "warning",
  summary: "A rate limit is about callers that its gateway can tell apart, and about targets and tools that it has.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-rate-limits-dimensions.html",
  check: eachOf(rateLimitsIn, function* ({ gateway, dimensionKeys, entries }) {
    if (!gateway) return;
    const untold = dimensionKeys.find((key) => isUntold(key, gateway));
    if (untold !== undefined) {
      yield {
        message: `No request has a value of ${untold}: the gateway ${gateway.address} does not authorize callers by it, and the rate limit is skipped.`,
        fix: `Authorize by ${untold.startsWith(OF_JWT) ? "CUSTOM_JWT" : "AWS_IAM"}, or take another dimension key.`,
      };
      return;
    }
    for (const { dimensions } of entries) {
      for (const [key, value] of Object.entries(dimensions)) {
        if (value === ANY_VALUE || value.includes(OPEN) || isThere(key, value, gateway)) continue;
        yield {
          message: `The entry for the ${key} "${value}" never applies: the gateway ${gateway.address} has none of that name.`,
          fix: `Name a target${key === "toolName" ? `'s tool as TARGET${TOOL_NAME_SEPARATOR}TOOL` : ""} of the gateway, or take the entry out.`,
        };
      }
    }
  }),
};

/** Without the other's authorization a request has none of these. */
function isUntold(key: string, { inbound }: Gateway): boolean {
  if (inbound === undefined) return false;
  return (key.startsWith(OF_JWT) && inbound !== "JWT") || (key.startsWith(OF_IAM) && inbound !== "IAM");
}

/** Also where it is not told. */
function isThere(key: string, value: string, { targets }: Gateway): boolean {
  if ((key !== "targetName" && key !== "toolName") || targets.some(({ name }) => typeof name !== "string")) return true;
  const [targetName = "", ...rest] = key === "targetName" ? [value] : value.split(TOOL_NAME_SEPARATOR);
  const target = targets.find(({ name }) => name === targetName);
  if (!target) return false;
  const tools = key === "targetName" ? [] : describedTools(target);
  return tools.length === 0 || tools.includes(rest.join(TOOL_NAME_SEPARATOR));
}
