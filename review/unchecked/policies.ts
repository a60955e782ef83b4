import { policiesIn, policyHead } from "../evidence/policies";
import type { Subject } from "../rule";
import { HIDDEN_TEXT } from "./reasons";
import type { Unchecked } from "./unchecked";

/** Policies of which the heads alone, or nothing, are read. */
export function uncheckedPolicies(subject: Subject): Unchecked[] {
  return policiesIn(subject).flatMap(({ address, statement }) => {
    const head = statement === undefined ? "open" : policyHead(statement);
    if (head === "open") return [{ address, what: "what the policy permits or forbids", reason: HIDDEN_TEXT }];
    return head?.hasConditions === true
      ? [{ address, what: "when the policy applies", reason: "conditions of Cedar are not evaluated" }]
      : [];
  });
}
