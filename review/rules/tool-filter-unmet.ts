import { stageTools } from "../roles/rest-apis";
import { eachOf, targets, type Rule } from "../rule";

export const toolFilterUnmet: Rule = {
  id: "tool-filter-unmet",
  severity: "error",
  summary: "The tool filters and overrides of a target are for operations that its stage has, each with a name.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-api-gateway.html",
  check: eachOf(targets, (target, { inventory }) => {
    const { fault, restApi } = stageTools(target, inventory) ?? {};
    if (fault === undefined || !restApi) return undefined;
    return {
      message: fault,
      fix: `Name the stage, paths and methods as ${restApi.address} has them, and operations by operationId, operation_name or tool_override.`,
    };
  }),
};
