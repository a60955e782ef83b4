import { jwtAuthorizers } from "../evidence/authorizers";
import { eachOf, type Rule } from "../rule";

export const allowedListEmpty: Rule = {
  id: "allowed-list-empty",
  severity: "error",
  summary: "allowed_clients, allowed_audience and allowed_scopes have an entry where they are given.",
  source: "botocore bedrock-agentcore-control 2023-06-05, CustomJWTAuthorizerConfiguration: at least one entry",
  check: eachOf(jwtAuthorizers, function* ({ authorizer }) {
    const lists = {
      allowed_clients: authorizer.allowedClients,
      allowed_audience: authorizer.allowedAudience,
      allowed_scopes: authorizer.allowedScopes,
    };
    for (const [name, list] of Object.entries(lists)) {
      if (!Array.isArray(list) || list.length > 0) continue;
      yield {
        message: `${name} is an empty list, which the service refuses.`,
        fix: `Name at least one entry in ${name}, or leave it out.`,
      };
    }
  }),
};
