import { describeText } from "../../topology";
import { holds } from "../evidence/certainty";
import { requestedScopes } from "../evidence/requested-scopes";
import { eachOf, type Rule } from "../rule";

export const scopeNotAllowed: Rule = {
  id: "scope-not-allowed",
  severity: "error",
  summary: "A target asks only for scopes that its client may have.",
  source: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
  check: eachOf(requestedScopes, ({ client, scope }) => {
    if (client.scopes === undefined || holds(client.scopes, scope) !== false) return undefined;
    return {
      message: `The target asks for the scope "${describeText(scope)}", which ${client.address} may not have: the token endpoint answers invalid_scope.`,
      fix: "Add the scope to the client's allowed_oauth_scopes, or take it from the target.",
    };
  }),
};
