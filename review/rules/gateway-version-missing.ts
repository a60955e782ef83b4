import { shown } from "../certainty";
import type { Rule } from "../rule";

/** What a request without the header MCP-Protocol-Version counts as (MCP specification, 2025-06-18, "Transports"). */
const WITHOUT_HEADER = "2025-03-26";

export const gatewayVersionMissing: Rule = {
  id: "gateway-version-missing",
  severity: "warning",
  summary: `A gateway supports the protocol version ${WITHOUT_HEADER}, which clients speak that send no version.`,
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-using-mcp-list.html",
  *check({ system }) {
    for (const { address, instance } of system.gateways) {
      const mcp = instance.arguments.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
      const versions = shown(mcp?.optionalTexts("supported_versions"));
      if (
        versions.length === 0 ||
        versions.some((version) => typeof version !== "string" || version === WITHOUT_HEADER)
      ) {
        continue;
      }
      yield {
        address,
        message: `supported_versions lacks ${WITHOUT_HEADER}, so clients that send no MCP-Protocol-Version are refused: "Unsupported MCP protocol version".`,
        fix: `Add "${WITHOUT_HEADER}" to supported_versions, or see that every client sends the header.`,
      };
    }
  },
};
