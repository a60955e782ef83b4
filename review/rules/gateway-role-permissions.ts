import { gatewayNeeds, refusedNeeds } from "../roles/gateway-needs";
import type { Rule } from "../rule";

export const gatewayRolePermissions: Rule = {
  id: "gateway-role-permissions",
  severity: "error",
  summary: "A gateway's role may fetch the credentials of its targets, and call them.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html",
  *check(subject) {
    for (const { address, gateway, action, needed, allowedInAnyCase } of refusedNeeds("target")(subject)) {
      if (allowedInAnyCase !== false) continue;
      yield {
        address,
        message: `The role of ${gateway.address} may not ${action} on ${needed.what}: the target fails, or its calls answer "An internal error occurred".`,
        fix: `Allow ${action} on ${needed.exact}.`,
      };
    }
    for (const { gateway, role, answers } of gatewayNeeds(subject)) {
      const allowed = answers.map((answer) => answer.allowed);
      if (allowed.includes(false) || !allowed.includes(undefined)) continue;
      yield {
        address: role.address,
        severity: "info",
        message: `Whether the role of ${gateway.address} may reach its targets is known only at apply: a policy of it is not shown, or has conditions.`,
        fix: "Check its policies by eye, or review the configuration beside the plan.",
      };
    }
  },
};
