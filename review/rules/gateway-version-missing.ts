import { ASSUMED_VERSION } from "../../aws/agentcore/protocol-versions";
import { shown } from "../evidence/certainty";
import { eachOf, gateways, type Rule } from "../rule";

export const gatewayVersionMissing: Rule = {
  id: "gateway-version-missing",
  severity: "warning",
  summary: `A gateway supports the protocol version ${ASSUMED_VERSION}, which clients speak that send no version.`,
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-using-mcp-list.html",
  check: eachOf(gateways, ({ instance }) => {
    const mcp = instance.arguments.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
    const versions = shown(mcp?.optionalTexts("supported_versions"));
    if (
      versions.length === 0 ||
      versions.some((version) => typeof version !== "string" || version === ASSUMED_VERSION)
    ) {
      return undefined;
    }
    return {
      message: `supported_versions lacks ${ASSUMED_VERSION}, so clients that send no MCP-Protocol-Version are refused: "Unsupported MCP protocol version".`,
      fix: `Add "${ASSUMED_VERSION}" to supported_versions, or see that every client sends the header.`,
    };
  }),
};
