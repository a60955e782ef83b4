import { cognitoIssuer } from "../../topology";
import { jwtAuthorizers } from "../evidence/authorizers";
import { shown } from "../evidence/certainty";
import { eachOf, type Rule } from "../rule";

export const cognitoAudience: Rule = {
  id: "cognito-audience",
  severity: "error",
  summary: "An authorizer of Cognito access tokens checks no audience: they have none.",
  source:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html",
  check: eachOf(jwtAuthorizers, ({ address, authorizer }, { system: { targets } }) => {
    const { issuer, allowedAudience, allowedClients } = authorizer;
    if (issuer === undefined || shown(allowedAudience).length === 0) return undefined;
    if (issuer.userPool.length === 0 && cognitoIssuer(issuer.discoveryUrl) === undefined) return undefined;
    const isForGateways = targets.some(
      ({ runtime, outbound }) => outbound?.type === "OAUTH" && runtime.some((each) => each.address === address),
    );
    // Who checks the audience alone still lets people in with their ID tokens, which a token vault never gets.
    const takesIdTokens = !isForGateways && shown(allowedClients).length === 0;
    return {
      severity: takesIdTokens ? "warning" : "error",
      message: takesIdTokens
        ? "allowed_audience refuses every Cognito access token, which has no aud claim: only ID tokens pass."
        : "allowed_audience refuses every Cognito access token, which has no aud claim: 401 \"Claim 'aud' value mismatch\".",
      fix: "Remove allowed_audience and name the app client in allowed_clients.",
    };
  }),
};
