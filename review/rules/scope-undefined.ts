import { STANDARD_SCOPES } from "../../aws/cognito/scopes";
import { describeText, type Text, type UserPool } from "../../topology";
import { holds, shown, sole } from "../evidence/certainty";
import { requestedScopes } from "../evidence/requested-scopes";
import type { Report, Rule } from "../rule";

export const scopeUndefined: Rule = {
  id: "scope-undefined",
  severity: "error",
  summary: "Every scope that is asked for or allowed is defined by a resource server of the user pool.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html",
  *check(subject) {
    for (const { address, client, scope } of requestedScopes(subject)) {
      const pool = sole(client.userPool);
      if (pool !== undefined && isUndefined(pool, scope)) {
        yield report(address, scope, pool, "the token request fails");
      }
    }
    for (const client of subject.system.userPoolClients) {
      const pool = sole(client.userPool);
      for (const scope of shown(client.scopes)) {
        if (pool !== undefined && isUndefined(pool, scope)) {
          yield report(client.address, scope, pool, "Cognito refuses the client");
        }
      }
    }
  },
};

function isUndefined({ resourceServers }: UserPool, scope: Text): boolean {
  if (resourceServers.some(({ isOpen }) => isOpen) || holds(STANDARD_SCOPES, scope) !== false) return false;
  return resourceServers.every(({ scopes }) => holds(scopes, scope) === false);
}

function report(
  address: string,
  scope: Text,
  { address: pool, resourceServers }: UserPool,
  consequence: string,
): Report {
  const defined = resourceServers.flatMap(({ scopes }) => scopes.filter((text) => typeof text === "string"));
  return {
    address,
    message: `No resource server of ${pool} defines the scope "${describeText(scope)}": ${consequence}.`,
    fix:
      defined.length > 0
        ? `Use one of ${defined.join(", ")}, or define the scope.`
        : "Define the scope with an aws_cognito_resource_server.",
  };
}
