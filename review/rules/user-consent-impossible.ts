import { sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const userConsentImpossible: Rule = {
  id: "user-consent-impossible",
  severity: "error",
  summary: "A target that asks its callers for consent has a gateway that takes tokens, and is listed without them.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-target-MCPservers.html",
  check: eachOf(targets, function* ({ outbound, gateway: candidates, instance }) {
    if (outbound?.type !== "OAUTH" || outbound.grantType !== "AUTHORIZATION_CODE") return;
    const gateway = sole(candidates);
    if (gateway?.inbound === "IAM" || gateway?.inbound === "NONE") {
      yield {
        message: `The target asks its callers for consent, and ${gateway.address} does not know who calls.`,
        fix: 'Give the gateway authorizer_type = "CUSTOM_JWT", or fetch tokens by client credentials.',
      };
    }
    const mcp = instance.arguments.optionalBlock("target_configuration")?.optionalBlock("mcp");
    if (mcp?.optionalBlock("mcp_server")?.text("listing_mode") !== "DYNAMIC") return;
    yield {
      message: "A server that is asked for each list anew cannot be one whose users consent.",
      fix: "Leave listing_mode out, and write the tools into mcp_tool_schema.",
    };
  }),
};
