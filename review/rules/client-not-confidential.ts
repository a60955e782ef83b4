import type { UserPoolClient } from "../../topology";
import { shown } from "../certainty";
import { machineClient } from "../requested-scopes";
import type { Rule } from "../rule";

export const clientNotConfidential: Rule = {
  id: "client-not-confidential",
  severity: "error",
  summary: "A client that fetches tokens for itself has a secret and the client credentials flow.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
  *check({ system }) {
    const clients = new Set(system.targets.map(machineClient).filter((client) => client !== undefined));
    for (const client of clients) {
      for (const lack of lacksOf(client)) {
        yield {
          address: client.address,
          message: `${lack.what}, but a gateway target fetches tokens with it: the token endpoint answers ${lack.answer}.`,
          fix: lack.fix,
        };
      }
    }
  },
};

function lacksOf({
  generateSecret,
  oauthEnabled,
  oauthFlows,
}: UserPoolClient): { what: string; answer: string; fix: string }[] {
  const flowsKnown = oauthFlows === undefined || Array.isArray(oauthFlows);
  return [
    ...(generateSecret === false
      ? [{ what: "The client has no secret", answer: "invalid_client", fix: "Set generate_secret = true." }]
      : []),
    ...(flowsKnown && !shown(oauthFlows).includes("client_credentials")
      ? [
          {
            what: "The client may not use client_credentials",
            answer: "unauthorized_client",
            fix: 'Set allowed_oauth_flows = ["client_credentials"].',
          },
        ]
      : []),
    ...(oauthEnabled === false
      ? [
          {
            what: "The client's OAuth flows are switched off",
            answer: "unauthorized_client",
            fix: "Set allowed_oauth_flows_user_pool_client = true.",
          },
        ]
      : []),
  ];
}
