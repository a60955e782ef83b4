import { readName } from "./generated-name";
import { readPolicy } from "./policy";
import { resourceReader } from "./reader";

export const rolePolicy = resourceReader({
  type: "aws_iam_role_policy",
  kind: "rolePolicy",
  read: (args) => ({
    policyName: readName(args),
    roleName: args.text("role"),
    policy: readPolicy(args, "policy"),
  }),
  assigned: ["id", "name"],
  attributes: ({ policyName, roleName }) => ({ id: `${roleName}:${policyName}`, name: policyName }),
});

export type RolePolicyDeclaration = ReturnType<typeof rolePolicy.read>;
