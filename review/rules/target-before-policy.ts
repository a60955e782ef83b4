import type { PolicyDocument } from "../../topology";
import { describeText } from "../../topology";
import { sole } from "../evidence/certainty";
import { policiesNotAwaited, waitingFor } from "../evidence/waiting";
import { eachBlockOf, targets, type Rule } from "../rule";

export const targetBeforePolicy: Rule = {
  id: "target-before-policy",
  severity: "warning",
  summary: "A target waits for the policies that it needs of its gateway's role.",
  source: "https://github.com/aws/aws-cdk/issues/36826",
  check: eachBlockOf(targets, ({ instance, gateway, outbound }, { inventory }) => {
    const role = sole(sole(gateway)?.role ?? []);
    if (role === undefined || outbound === undefined || outbound.type === "NONE") return undefined;
    const early = policiesNotAwaited(role, instance, inventory, isForTargets);
    if (early.length === 0) return undefined;
    return {
      message: `Nothing makes the target wait for ${early.join(" and ")}: AWS connects to a target once, when it is created, and fails it while the role lacks its permissions.`,
      fix: `Add ${waitingFor(early, instance)}, and a pause of some 20 seconds for IAM.`,
    };
  }),
};

/** Whether a policy has something that is needed when a target is created; one that is not shown may have. */
function isForTargets({ statements }: PolicyDocument): boolean {
  const actions = statements?.flatMap((statement) => statement.actions.map(describeText));
  return (
    actions === undefined ||
    actions.some((action) => /^(bedrock-agentcore:(Get|InvokeAgentRuntime|\*)|secretsmanager:|lambda:|\*)/.test(action))
  );
}
