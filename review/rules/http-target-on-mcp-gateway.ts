import { groupOf, memberName } from "../../topology";
import { sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const httpTargetOnMcpGateway: Rule = {
  id: "http-target-on-mcp-gateway",
  severity: "error",
  summary: "A gateway of the protocol MCP has no HTTP targets.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-http-runtime.html",
  check: eachOf(targets, ({ kind = "", gateway }) => {
    const owner = sole(gateway);
    const isHttp = kind === "http" || groupOf(memberName(kind)) === "http";
    if (!isHttp || owner?.instance.arguments.text("protocol_type") !== "MCP") return undefined;
    return {
      message: `The target calls a runtime over plain HTTP, and ${owner.address} speaks MCP: the service refuses it.`,
      fix: "Call the runtime by an mcp_server target, or take protocol_type from the gateway.",
    };
  }),
};
