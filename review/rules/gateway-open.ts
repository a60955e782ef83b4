import { eachOf, gateways, type Rule } from "../rule";

export const gatewayOpen: Rule = {
  id: "gateway-open",
  severity: "warning",
  summary: "A gateway asks its callers who they are.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html",
  check: eachOf(gateways, ({ inbound }) => {
    if (inbound !== "NONE") return undefined;
    return {
      message:
        "The gateway is open: everybody who knows its URL calls its tools, with the credentials that the gateway has.",
      fix: 'Set authorizer_type = "CUSTOM_JWT" or "AWS_IAM".',
    };
  }),
};
