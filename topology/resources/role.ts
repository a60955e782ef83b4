import type { Arguments } from "../arguments/arguments";
import { readName } from "./generated-name";
import { readPolicy } from "./policy";
import { resourceReader } from "./reader";

/** A block without a policy stands for "none" (Terraform's documentation of `aws_iam_role`). */
function readInlinePolicies(args: Arguments): InlinePolicy[] {
  return args
    .blocks("inline_policy")
    .filter((block) => block.optionalText("policy") !== undefined)
    .map((block) => ({ policyName: block.text("name"), policy: readPolicy(block, "policy") }));
}

export interface RoleDeclaration {
  readonly roleName: string;
  /** The trust policy, a JSON document. */
  readonly assumeRolePolicy: string;
  readonly inlinePolicies?: readonly InlinePolicy[];
  readonly managedPolicyArns?: readonly string[];
}

export interface InlinePolicy {
  readonly policyName: string;
  /** A JSON document. */
  readonly policy: string;
}

export interface RoleAttributes {
  readonly arn: string;
  readonly roleId: string;
}

export const role = resourceReader({
  type: "aws_iam_role",
  kind: "role",
  read: (args): RoleDeclaration => ({
    roleName: readName(args),
    assumeRolePolicy: readPolicy(args, "assume_role_policy"),
    inlinePolicies: readInlinePolicies(args),
    managedPolicyArns: args.texts("managed_policy_arns"),
  }),
  assigned: ["id", "name", "arn", "unique_id"],
  attributes: ({ roleName }, { arn, roleId }: RoleAttributes) => ({
    id: roleName,
    name: roleName,
    arn,
    unique_id: roleId,
  }),
});
