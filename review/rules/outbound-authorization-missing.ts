import { certainly } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const outboundAuthorizationMissing: Rule = {
  id: "outbound-authorization-missing",
  severity: "error",
  summary: "A target that calls a runtime authorizes itself: a runtime has no way without.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const called = certainly(runtime, ({ inbound }) => inbound !== undefined);
    if (called === undefined || outbound?.type !== "NONE") return undefined;
    const wanted =
      called.inbound === "JWT"
        ? "oauth and the credential provider of its client"
        : 'gateway_iam_role and service = "bedrock-agentcore"';
    return {
      message: `The target sends no credential, and ${called.address} refuses calls without one.`,
      fix: `Add a credential_provider_configuration with ${wanted}.`,
    };
  }),
};
