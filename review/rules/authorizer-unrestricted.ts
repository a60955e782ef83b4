import { jwtAuthorizers } from "../evidence/authorizers";
import { eachOf, type Rule } from "../rule";

export const authorizerUnrestricted: Rule = {
  id: "authorizer-unrestricted",
  severity: "error",
  summary: "A JWT authorizer checks a client, an audience, a scope or a claim.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(jwtAuthorizers, ({ authorizer }) => {
    const { allowedClients, allowedAudience, allowedScopes, hasCustomClaims } = authorizer;
    if (
      allowedClients !== undefined ||
      allowedAudience !== undefined ||
      allowedScopes !== undefined ||
      hasCustomClaims
    ) {
      return undefined;
    }
    return {
      message:
        "The authorizer names no client, audience, scope or claim, so it would take every token of its issuer, and the service refuses it.",
      fix: "Name the app clients that may call in allowed_clients.",
    };
  }),
};
