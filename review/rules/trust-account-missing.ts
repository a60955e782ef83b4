import { describeText } from "../../topology";
import type { Rule } from "../rule";
import { agentCoreStatements, conditionValues, trustedRoles } from "../roles/trust";

export const trustAccountMissing: Rule = {
  id: "trust-account-missing",
  severity: "warning",
  summary: "A trust policy lets AgentCore assume the role for the own account only.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/cross-service-confused-deputy-prevention.html",
  *check(subject) {
    const seen = new Set<string>();
    for (const { address, role } of trustedRoles(subject)) {
      const statements = agentCoreStatements(role) ?? [];
      const isBound = statements.every(
        (statement) =>
          conditionValues(statement, "aws:SourceAccount").length > 0 ||
          conditionValues(statement, "aws:SourceArn").some(({ values }) =>
            values.every((value) => !/^[^:]*:[^:]*:[^:]*:[^:]*:\*/.test(describeText(value))),
          ),
      );
      if (isBound || seen.has(address)) continue;
      seen.add(address);
      yield {
        address,
        message:
          "The trust policy has no condition on the account: AgentCore would assume the role for a resource of somebody else, too.",
        fix: 'Add Condition { StringEquals = { "aws:SourceAccount" = <account id> } } and an ArnLike on aws:SourceArn.',
      };
    }
  },
};
