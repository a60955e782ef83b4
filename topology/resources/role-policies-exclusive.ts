import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

export const rolePoliciesExclusive = resourceReader({
  type: "aws_iam_role_policies_exclusive",
  kind: "rolePoliciesExclusive",
  read: (args) => ({ roleName: args.text("role_name"), policyNames: args.texts("policy_names") }),
  assigned: [],
  attributes: () => ({}),
});

export function readExclusiveAttachments<V extends ValueTypes>(args: Readable<V>) {
  return { roleName: args.text("role_name"), policyArns: args.optionalTexts("policy_arns") };
}

export const rolePolicyAttachmentsExclusive = resourceReader({
  type: "aws_iam_role_policy_attachments_exclusive",
  kind: "rolePolicyAttachmentsExclusive",
  read: (args) => ({ roleName: args.text("role_name"), policyArns: args.texts("policy_arns") }),
  assigned: [],
  attributes: () => ({}),
});
