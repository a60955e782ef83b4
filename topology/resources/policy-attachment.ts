import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";
import { readRoleName } from "./role-policy";

export function readRoleAttachment<V extends ValueTypes>(args: Readable<V>) {
  return { policyArn: args.text("policy_arn"), roleName: readRoleName(args) };
}

export function readAttachment<V extends ValueTypes>(args: Readable<V>) {
  return { policyArn: args.text("policy_arn"), roleNames: args.optionalTexts("roles") };
}

export const rolePolicyAttachment = resourceReader({
  type: "aws_iam_role_policy_attachment",
  kind: "rolePolicyAttachment",
  read(args) {
    const { policyArn, roleName } = readRoleAttachment(args);
    return { policyArn, roleNames: [roleName] };
  },
  assigned: ["id"],
  attributes: ({ policyArn, roleNames }) => ({ id: `${roleNames.join()}/${policyArn}` }),
});

/** Users and groups, to which it may attach the policy too, call no AWS API of the emulator. */
export const policyAttachment = resourceReader({
  type: "aws_iam_policy_attachment",
  kind: "policyAttachment",
  read(args) {
    const { policyArn, roleNames = [] } = readAttachment(args);
    return { policyArn, roleNames };
  },
  assigned: [],
  attributes: () => ({}),
});
