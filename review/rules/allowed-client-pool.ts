import { jwtAuthorizers } from "../evidence/authorizers";
import { shown, sole } from "../evidence/certainty";
import { clientNamed, clientsOf } from "../evidence/clients";
import type { Rule } from "../rule";

export const allowedClientPool: Rule = {
  id: "allowed-client-pool",
  severity: "error",
  summary: "The clients that an authorizer allows are those of its issuer.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  *check(subject) {
    const clients = clientsOf(subject.system);
    for (const { address, authorizer } of jwtAuthorizers(subject)) {
      const issuer = sole(authorizer.issuer?.userPool ?? []);
      for (const allowed of shown(authorizer.allowedClients)) {
        const client = clientNamed(allowed, clients);
        const pool = client && sole(client.userPool);
        if (client === undefined || issuer === undefined || pool === undefined || pool.address === issuer.address) {
          continue;
        }
        yield {
          address,
          message: `${client.address} gets its tokens from ${pool.address}, and the authorizer takes those of ${issuer.address} only: nobody gets in with it.`,
          fix: "Allow a client of the issuer's user pool, or name the other pool's discovery URL.",
        };
      }
    }
  },
};
