import { certainly } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const iamToJwtRuntime: Rule = {
  id: "iam-to-jwt-runtime",
  severity: "error",
  summary: "A runtime with a JWT authorizer gets an OAuth token, not a signature.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const called = certainly(runtime, ({ inbound }) => inbound === "JWT");
    const isSigned = outbound?.type === "GATEWAY_IAM_ROLE" || outbound?.type === "CALLER_IAM_CREDENTIALS";
    if (called === undefined || !isSigned) return undefined;
    return {
      message: `The target signs its requests with SigV4, but ${called.address} accepts JWTs only: 403 "Authorization method mismatch".`,
      fix: "Replace the signature by oauth with a credential provider, or take the authorizer_configuration from the runtime.",
    };
  }),
};
