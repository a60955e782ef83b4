import { generatedName } from "../arguments/generated-name";
import { readPolicy } from "./role-policy";
import { resourceReader } from "./reader";
import type { InlinePolicy } from "./role";

/** A customer managed policy. */
export interface ManagedPolicyDeclaration extends InlinePolicy {
  /** `/` unless configured. */
  readonly path?: string;
}

export interface ManagedPolicyAttributes {
  readonly arn: string;
  readonly policyId: string;
}

/** It counts where it is attached to a role. */
export const managedPolicy = resourceReader({
  type: "aws_iam_policy",
  kind: "managedPolicy",
  onDemand: ["name", "name_prefix", "path", "policy"],
  read: (args): ManagedPolicyDeclaration => ({
    policyName: args.optionalText("name") ?? generatedName(args),
    path: args.optionalText("path"),
    policy: readPolicy(args),
  }),
  assigned: ["id", "arn", "name", "policy_id"],
  attributes: ({ policyName }, { arn, policyId }: ManagedPolicyAttributes) => ({
    id: arn,
    arn,
    name: policyName,
    policy_id: policyId,
  }),
});
