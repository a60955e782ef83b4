import { sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

const CUSTOM = "custom_oauth2_provider_config";
const EXCHANGE = "on_behalf_of_token_exchange_config";

export const tokenExchangeUnconfigured: Rule = {
  id: "token-exchange-unconfigured",
  severity: "error",
  summary: "A target that exchanges its callers' tokens has a gateway that takes tokens, and a provider that says how.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/on-behalf-of-token-exchange.html",
  check: eachOf(targets, function* ({ outbound, gateway: candidates, instance }) {
    if (outbound?.type !== "OAUTH" || outbound.grantType !== "TOKEN_EXCHANGE") return;
    const gateway = sole(candidates);
    if (gateway?.inbound === "IAM" || gateway?.inbound === "NONE") {
      yield {
        message: `The target exchanges its callers' tokens, and those of ${gateway.address} have none.`,
        fix: 'Give the gateway authorizer_type = "CUSTOM_JWT", or fetch tokens by client credentials.',
      };
    }
    const mcp = instance.arguments.optionalBlock("target_configuration")?.optionalBlock("mcp");
    if (mcp?.optionalBlock("mcp_server")?.optionalBlock("mcp_tool_schema") !== undefined) {
      yield {
        message: "A server for which tokens are exchanged is asked for its tools: they cannot be written down.",
        fix: 'Leave mcp_tool_schema out; where the server takes no client credentials, set listing_mode = "DYNAMIC".',
      };
    }
    const provider = sole(outbound.provider);
    const custom = provider?.instance.arguments.block("oauth2_provider_config").optionalBlock(CUSTOM);
    if (custom === undefined || custom.isOpen(EXCHANGE) || custom.optionalBlock(EXCHANGE) !== undefined) return;
    yield {
      message: `The target exchanges its callers' tokens, and ${provider?.address} does not say how: each call fails.`,
      fix: `Give the provider ${EXCHANGE} { grant_type = "TOKEN_EXCHANGE" }, or "JWT_AUTHORIZATION_GRANT".`,
    };
  }),
};
