import type { Rule } from "../rule";

export const scopesEmpty: Rule = {
  id: "scopes-empty",
  severity: "error",
  summary: "A target names the scopes that it asks for.",
  source: "botocore bedrock-agentcore 2024-02-28, GetResourceOauth2Token: scopes is required",
  *check({ system }) {
    for (const { address, outbound } of system.targets) {
      if (
        outbound?.type !== "OAUTH" ||
        !(outbound.scopes === undefined || (Array.isArray(outbound.scopes) && outbound.scopes.length === 0))
      )
        continue;
      yield {
        address,
        message:
          "The target asks for no scope: what its token may do is then up to the authorization server, which may refuse it or grant everything.",
        fix: 'Name the scopes, such as "mcp-server/tools.execute".',
      };
    }
  },
};
