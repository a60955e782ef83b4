import { Unknown, type UserPoolClient } from "../../topology";
import { shown } from "../evidence/certainty";
import { clientNamed, clientsOf } from "../evidence/clients";
import { eachOf, type Rule, type Subject } from "../rule";
import { canSignIn } from "../evidence/sign-in";

export const inboundClientWithoutSignIn: Rule = {
  id: "inbound-client-without-sign-in",
  severity: "error",
  summary: "Somebody can get a token of a client that a gateway allows.",
  source:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
  check: eachOf(inboundClients, (client, { inventory }) => {
    if (canSignIn(client) || canUseOAuth(client)) return undefined;
    const promised = inventory.outputs.find(
      ({ value }) => value instanceof Unknown && value.references.some(({ address }) => address === client.address),
    );
    return {
      message: `The gateway lets only this client's tokens in${promised === undefined ? "" : ` and ${promised.address} gives it to callers`}, but no flow of the client issues any.`,
      fix: 'Add "ALLOW_USER_PASSWORD_AUTH" or "ALLOW_USER_SRP_AUTH" to explicit_auth_flows, or give it an OAuth flow.',
    };
  }),
};

function inboundClients({ system }: Subject): UserPoolClient[] {
  const clients = clientsOf(system);
  const allowed = system.gateways.flatMap(({ authorizer }) => shown(authorizer?.allowedClients));
  const named = new Set(allowed.map((text) => clientNamed(text, clients)));
  return system.userPoolClients.filter((client) => named.has(client));
}

function canUseOAuth({ oauthEnabled, oauthFlows }: UserPoolClient): boolean {
  if (oauthEnabled === false) return false;
  return !Array.isArray(oauthFlows) || oauthFlows.length > 0;
}
