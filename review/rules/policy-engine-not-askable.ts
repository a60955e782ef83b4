import { refusedNeeds } from "../roles/gateway-needs";
import type { Rule } from "../rule";

export const policyEngineNotAskable: Rule = {
  id: "policy-engine-not-askable",
  severity: "error",
  summary: "A gateway's role may ask the policy engine of the gateway.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html",
  *check(subject) {
    for (const { gateway, role, action, needed } of refusedNeeds(subject, "policy engine")) {
      yield {
        address: role.address,
        message: `The role of ${gateway.address} may not ${action} on ${needed.what}: the gateway cannot have the policy engine, or each call fails.`,
        fix: `Allow ${action} on ${needed.exact}.`,
      };
    }
  },
};
