import { sole } from "../evidence/certainty";
import type { Rule } from "../rule";

export const userPoolDomainMissing: Rule = {
  id: "user-pool-domain-missing",
  severity: "error",
  summary: "A user pool that a credential provider fetches tokens from has a domain.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
  *check({ system }) {
    const pools = new Set(
      system.credentialProviders.map(
        ({ issuer, client }) => sole(issuer?.userPool ?? []) ?? sole(sole(client)?.userPool ?? []),
      ),
    );
    for (const pool of pools) {
      if (pool === undefined || pool.domains.length > 0) continue;
      yield {
        address: pool.address,
        message:
          'The user pool has no domain, so it has no token endpoint: targets fail with "Error parsing ClientCredentials response".',
        fix: "Add an aws_cognito_user_pool_domain, and let the credential provider wait for it.",
      };
    }
  },
};
