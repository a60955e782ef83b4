import { isEmptyList } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const scopesEmpty: Rule = {
  id: "scopes-empty",
  severity: "warning",
  summary: "A target names the scopes that it asks for.",
  source: "botocore bedrock-agentcore-control 2023-06-05, OAuthCredentialProvider: scopes may be empty",
  check: eachOf(targets, ({ outbound }) => {
    if (outbound?.type !== "OAUTH" || !isEmptyList(outbound.scopes)) return undefined;
    return {
      message:
        "The target asks for no scope: what its token may do is then up to the authorization server, and Cognito grants everything that the client may have.",
      fix: 'Name the scopes, such as "mcp-server/tools.execute".',
    };
  }),
};
