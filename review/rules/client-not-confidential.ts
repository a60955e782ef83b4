import type { UserPoolClient } from "../../topology";
import { shown } from "../evidence/certainty";
import { machineClient } from "../evidence/requested-scopes";
import { eachOf, type Fault, type Rule, type Subject } from "../rule";

export const clientNotConfidential: Rule = {
  id: "client-not-confidential",
  severity: "error",
  summary: "A client that fetches tokens for itself has a secret and the client credentials flow.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
  check: eachOf(machineClients, function* ({ generateSecret, oauthEnabled, oauthFlows }) {
    if (generateSecret === false) {
      yield lack("The client has no secret", "invalid_client", "Set generate_secret = true.");
    }
    const flowsKnown = oauthFlows === undefined || Array.isArray(oauthFlows);
    if (flowsKnown && !shown(oauthFlows).includes("client_credentials")) {
      const fix = 'Set allowed_oauth_flows = ["client_credentials"].';
      yield lack("The client may not use client_credentials", "unauthorized_client", fix);
    }
    if (oauthEnabled === false) {
      const fix = "Set allowed_oauth_flows_user_pool_client = true.";
      yield lack("The client's OAuth flows are switched off", "unauthorized_client", fix);
    }
  }),
};

function machineClients({ system }: Subject): UserPoolClient[] {
  return [...new Set(system.targets.map(machineClient).filter((client) => client !== undefined))];
}

function lack(what: string, answer: string, fix: string): Fault {
  const message = `${what}, but a gateway target fetches tokens with it: the token endpoint answers ${answer}.`;
  return { message, fix };
}
