import { GET_SECRET, gatewayNeeds } from "../roles/gateway-needs";
import type { Report, Rule } from "../rule";

export const gatewayRolePermissions: Rule = {
  id: "gateway-role-permissions",
  severity: "error",
  summary: "A gateway's role may fetch the credentials of its targets, and call them.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html",
  *check(subject) {
    for (const { gateway, role, answers } of gatewayNeeds(subject)) {
      const tokens = answers.filter(({ action, purpose }) => action !== GET_SECRET && purpose === "target");
      for (const { action, needed, allowed, allowedInAnyCase } of tokens) {
        if (allowed !== false || allowedInAnyCase !== false) continue;
        yield {
          address: role.address,
          message: `The role of ${gateway.address} may not ${action} on ${needed.what}: the target fails, or its calls answer "An internal error occurred".`,
          fix: `Allow ${action} on ${needed.exact}.`,
        };
      }
      yield* unreadable(
        role.address,
        gateway.address,
        answers.map(({ allowed }) => allowed),
      );
    }
  },
};

function* unreadable(address: string, gateway: string, answers: readonly (boolean | undefined)[]): Generator<Report> {
  if (answers.includes(false) || !answers.includes(undefined)) return;
  yield {
    address,
    severity: "info",
    message: `Whether the role of ${gateway} may reach its targets is known only at apply: a policy of it is not shown, or has conditions.`,
    fix: "Check its policies by eye, or review the configuration beside the plan.",
  };
}
