import { isEmptyList } from "../certainty";
import type { Rule } from "../rule";

export const scopesEmpty: Rule = {
  id: "scopes-empty",
  severity: "warning",
  summary: "A target names the scopes that it asks for.",
  source: "botocore bedrock-agentcore-control 2023-06-05, OAuthCredentialProvider: scopes may be empty",
  *check({ system }) {
    for (const { address, outbound } of system.targets) {
      if (outbound?.type !== "OAUTH" || !isEmptyList(outbound.scopes)) continue;
      yield {
        address,
        message:
          "The target asks for no scope: what its token may do is then up to the authorization server, and Cognito grants everything that the client may have.",
        fix: 'Name the scopes, such as "mcp-server/tools.execute".',
      };
    }
  },
};
