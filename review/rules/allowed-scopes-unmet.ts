import { describeText } from "../../topology";
import { certainly, holds, shown } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const allowedScopesUnmet: Rule = {
  id: "allowed-scopes-unmet",
  severity: "error",
  summary: "A target asks for a scope that its runtime's authorizer demands.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const asked = outbound?.type === "OAUTH" ? outbound.scopes : undefined;
    if (asked === undefined || !Array.isArray(asked) || asked.length === 0) return undefined;
    const refusing = certainly(runtime, ({ authorizer }) => {
      const scopes = shown(authorizer?.allowedScopes);
      return scopes.length > 0 && scopes.every((scope) => holds(asked, scope) === false);
    });
    if (refusing === undefined) return undefined;
    const demanded = shown(refusing.authorizer?.allowedScopes);
    return {
      message: `The runtime demands one of the scopes ${demanded.map(describeText).join(", ")}, and the target asks for none of them: 401.`,
      fix: "Ask for the demanded scope, or take it from the authorizer's allowed_scopes.",
    };
  }),
};
