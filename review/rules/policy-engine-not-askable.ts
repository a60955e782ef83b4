import { refusedNeeds } from "../roles/gateway-needs";
import { eachOf, type Rule } from "../rule";

export const policyEngineNotAskable: Rule = {
  id: "policy-engine-not-askable",
  severity: "error",
  summary: "A gateway's role may ask the policy engine of the gateway.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html",
  check: eachOf(refusedNeeds("policy engine"), ({ gateway, action, needed }) => ({
    message: `The role of ${gateway.address} may not ${action} on ${needed.what}: the gateway cannot have the policy engine, or each call fails.`,
    fix: `Allow ${action} on ${needed.exact}.`,
  })),
};
