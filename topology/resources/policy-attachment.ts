import { resourceReader } from "./reader";

export const rolePolicyAttachment = resourceReader({
  type: "aws_iam_role_policy_attachment",
  kind: "rolePolicyAttachment",
  read: (args) => ({ policyArn: args.text("policy_arn"), roleNames: [args.text("role")] }),
  assigned: ["id"],
  attributes: ({ policyArn, roleNames }) => ({ id: `${roleNames.join()}/${policyArn}` }),
});

/** Users and groups, to which it may attach the policy too, call no AWS API of the emulator. */
export const policyAttachment = resourceReader({
  type: "aws_iam_policy_attachment",
  kind: "policyAttachment",
  read: (args) => ({ policyArn: args.text("policy_arn"), roleNames: args.texts("roles") }),
  assigned: [],
  attributes: () => ({}),
});
