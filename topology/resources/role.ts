import type { Readable, ValueTypes } from "../../targets/readable";
import { generatedName } from "../arguments/generated-name";
import { resourceReader } from "./reader";

export function readRole<V extends ValueTypes>(args: Readable<V>) {
  return {
    name: args.optionalText("name"),
    assumeRolePolicy: args.json("assume_role_policy"),
    inlinePolicies: args
      .blocks("inline_policy")
      // One without a policy stands for "none" (Terraform's documentation of `aws_iam_role`).
      .filter((block) => block.optionalText("policy") !== undefined)
      .map((block) => ({ policyName: block.text("name"), policy: block.json("policy") })),
    managedPolicyArns: args.optionalTexts("managed_policy_arns"),
  };
}

export interface RoleDeclaration {
  readonly roleName: string;
  /** @default / */
  readonly path?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
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
  read(args): RoleDeclaration {
    const { name, managedPolicyArns = [], ...policies } = readRole(args);
    const path = args.optionalText("path");
    const maxSessionDuration = args.optionalNumber("max_session_duration");
    return { roleName: name ?? generatedName(args), path, maxSessionDuration, managedPolicyArns, ...policies };
  },
  assigned: ["id", "name", "arn", "unique_id"],
  attributes: ({ roleName }, { arn, roleId }: RoleAttributes) => ({
    id: roleName,
    name: roleName,
    arn,
    unique_id: roleId,
  }),
});
