import { policiesIn, policyHead } from "../evidence/policies";
import { eachOf, type Rule } from "../rule";

const SCOPE = [/^principal(?!\w)/, /^action(?!\w)/, /^resource(?!\w)/];

export const policyTextInvalid: Rule = {
  id: "policy-text-invalid",
  severity: "error",
  summary: "A policy begins with permit or forbid, and says about which principal, action and resource.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-understanding-cedar.html",
  check: eachOf(policiesIn, ({ statement }) => {
    if (statement === undefined) return undefined;
    const head = policyHead(statement);
    if (head === "open") return undefined;
    const { scope = [] } = head ?? {};
    if (scope.length === SCOPE.length && SCOPE.every((part, index) => part.test(scope[index] ?? ""))) return undefined;
    return {
      message: "The policy does not begin like a statement of Cedar: the service refuses it.",
      fix: "Begin with permit (principal, action, resource) or forbid (principal, action, resource), each with what it is to be.",
    };
  }),
};
