import { policiesIn, policyHead } from "../policies";
import type { Rule } from "../rule";

const SCOPE = [/^principal(?!\w)/, /^action(?!\w)/, /^resource(?!\w)/];

export const policyTextInvalid: Rule = {
  id: "policy-text-invalid",
  severity: "error",
  summary: "A policy begins with permit or forbid, and says about which principal, action and resource.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-understanding-cedar.html",
  *check({ inventory }) {
    for (const { address, statement } of policiesIn(inventory)) {
      if (statement === undefined) continue;
      const head = policyHead(statement);
      if (head === "open") continue;
      const { scope = [] } = head ?? {};
      if (scope.length === SCOPE.length && SCOPE.every((part, index) => part.test(scope[index] ?? ""))) continue;
      yield {
        address,
        message: "The policy does not begin like a statement of Cedar: the service refuses it.",
        fix: "Begin with permit (principal, action, resource) or forbid (principal, action, resource), each with what it is to be.",
      };
    }
  },
};
