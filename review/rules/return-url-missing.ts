import { eachOf, targets, type Rule } from "../rule";

export const returnUrlMissing: Rule = {
  id: "return-url-missing",
  severity: "warning",
  summary: "A target that asks its callers for consent says where they come back to.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-using-auth-ex-3lo.html",
  check: eachOf(targets, ({ outbound }) => {
    if (outbound?.type !== "OAUTH" || outbound.grantType !== "AUTHORIZATION_CODE") return undefined;
    if (outbound.defaultReturnUrl !== undefined) return undefined;
    return {
      message: "Only callers who name a page of their own in each call can be asked for consent.",
      fix: "Set default_return_url, and register it by UpdateWorkloadIdentity with the identity of the gateway.",
    };
  }),
};
