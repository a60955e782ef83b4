import { certainly } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const oauthToIamRuntime: Rule = {
  id: "oauth-to-iam-runtime",
  severity: "error",
  summary: "A runtime that gets an OAuth token has a JWT authorizer.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const called = certainly(runtime, ({ inbound }) => inbound === "IAM");
    if (called === undefined || outbound?.type !== "OAUTH") return undefined;
    return {
      message: `The target sends an OAuth token to ${called.address}, which accepts SigV4 only: 403 "Authorization method mismatch".`,
      fix: "Give the runtime an authorizer_configuration with a custom_jwt_authorizer of the token's issuer, or use gateway_iam_role.",
    };
  }),
};
