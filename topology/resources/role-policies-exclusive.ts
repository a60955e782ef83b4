import type { ResourceReader } from "./reader";

export const rolePoliciesExclusive: ResourceReader<"rolePoliciesExclusive"> = {
  type: "aws_iam_role_policies_exclusive",
  kind: "rolePoliciesExclusive",
  read: (args) => ({ roleName: args.text("role_name"), policyNames: args.texts("policy_names") }),
  assigned: [],
  attributes: () => ({}),
};

export const rolePolicyAttachmentsExclusive: ResourceReader<"rolePolicyAttachmentsExclusive"> = {
  type: "aws_iam_role_policy_attachments_exclusive",
  kind: "rolePolicyAttachmentsExclusive",
  read: (args) => ({ roleName: args.text("role_name"), policyArns: args.texts("policy_arns") }),
  assigned: [],
  attributes: () => ({}),
};
