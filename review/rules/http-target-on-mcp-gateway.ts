import { sole } from "../certainty";
import type { Rule } from "../rule";

export const httpTargetOnMcpGateway: Rule = {
  id: "http-target-on-mcp-gateway",
  severity: "error",
  summary: "A gateway of the protocol MCP has no HTTP targets.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/47842",
  *check({ system }) {
    for (const { address, kind, gateway } of system.targets) {
      const owner = sole(gateway);
      if (kind !== "http" || owner?.instance.arguments.text("protocol_type") !== "MCP") continue;
      yield {
        address,
        message: `The target calls a runtime over plain HTTP, and ${owner.address} speaks MCP: the service refuses it.`,
        fix: "Call the runtime by an mcp_server target, or take protocol_type from the gateway.",
      };
    }
  },
};
