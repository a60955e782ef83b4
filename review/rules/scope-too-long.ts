import { TARGET_SCOPES } from "../../aws/agentcore/limits";
import { shown } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const scopeTooLong: Rule = {
  id: "scope-too-long",
  severity: "error",
  summary: `A target's scopes have at most ${TARGET_SCOPES.length} characters each and are at most ${TARGET_SCOPES.count}.`,
  source: "botocore bedrock-agentcore-control 2023-06-05, OAuthCredentialProvider: scopes",
  check: eachOf(targets, function* ({ outbound }) {
    const scopes = outbound?.type === "OAUTH" ? shown(outbound.scopes) : [];
    for (const scope of scopes) {
      if (typeof scope !== "string" || scope.length <= TARGET_SCOPES.length) continue;
      yield {
        message: `The scope "${scope}" has ${scope.length} characters, and a target takes ${TARGET_SCOPES.length}, fewer than Cognito.`,
        fix: "Shorten the resource server's identifier or the scope's name.",
      };
    }
    if (scopes.length > TARGET_SCOPES.count) {
      yield {
        message: `The target asks for ${scopes.length} scopes, and the service takes ${TARGET_SCOPES.count}.`,
        fix: "Ask for fewer scopes.",
      };
    }
  }),
};
