import {
  type Gateway,
  soleReference,
  type System,
  type TextList,
  type UserPool,
  type UserPoolClient,
} from "../../topology";
import { SELF_SERVICE_SCOPE } from "../../aws/cognito/scopes";
import { holds, shown, sole } from "../evidence/certainty";
import type { Rule } from "../rule";
import { canSignIn } from "../evidence/sign-in";

export const selfSignUp: Rule = {
  id: "self-sign-up",
  severity: "warning",
  summary: "Nobody makes a user for himself who then gets a token that a gateway takes.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html",
  *check({ system }) {
    for (const gateway of system.gateways) {
      const pool = sole(gateway.authorizer?.issuer?.userPool ?? []);
      if (pool?.adminCreateUserOnly !== false || !letsUsersIn(gateway, pool, system)) continue;
      yield {
        address: pool.address,
        message: `Everybody can sign up in the user pool whose users may call ${gateway.address}.`,
        fix: "Set admin_create_user_config { allow_admin_create_user_only = true }.",
      };
    }
  },
};

/** Whether some client that the gateway allows gives a user tokens that it takes; also where that cannot be told. */
function letsUsersIn({ authorizer }: Gateway, pool: UserPool, { userPoolClients }: System): boolean {
  const own = userPoolClients.filter((client) => sole(client.userPool)?.address === pool.address);
  const allowed = authorizer?.allowedClients;
  if (allowed === undefined) {
    return own.length === 0 || own.some((client) => givesUsers(client, authorizer?.allowedScopes));
  }
  if (!Array.isArray(allowed)) return true;
  return shown(allowed).some((text) => {
    const id = soleReference(text)?.address ?? text;
    const client = own.find(({ address, instance }) => address === id || instance.arguments.text("id") === id);
    return client === undefined || givesUsers(client, authorizer?.allowedScopes);
  });
}

function givesUsers(client: UserPoolClient, demanded: TextList | undefined): boolean {
  const { oauthEnabled, oauthFlows, scopes, instance } = client;
  const flows = shown(oauthFlows);
  const areUserFlows = !Array.isArray(oauthFlows)
    ? oauthFlows !== undefined
    : flows.some((flow) => flow !== "client_credentials");
  const providers = instance.arguments.optionalTexts("supported_identity_providers");
  const takesOwnUsers = !Array.isArray(providers) || providers.length === 0 || holds(providers, "COGNITO") !== false;
  const byPage = oauthEnabled !== false && areUserFlows && takesOwnUsers && meets(scopes, demanded);
  return byPage || (canSignIn(client) && meets([SELF_SERVICE_SCOPE], demanded));
}

/** Whether one of the scopes is among those that are demanded, as far as both are shown. */
function meets(scopes: TextList | undefined, demanded: TextList | undefined): boolean {
  const list = shown(demanded);
  if (list.length === 0 || !Array.isArray(scopes)) return true;
  return list.some((scope) => holds(scopes, scope) !== false);
}
