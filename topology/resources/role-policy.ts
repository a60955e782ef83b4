import type { Readable, ValueTypes } from "../../targets/readable";
import { generatedName } from "../arguments/generated-name";
import { resourceReader } from "./reader";

/** The document of a policy, whether it is a role's own or is attached. */
export function readPolicy<V extends ValueTypes>(args: Readable<V>): V["text"] {
  return args.json("policy");
}

/** The role that a policy is attached to. */
export function readRoleName<V extends ValueTypes>(args: Readable<V>): V["text"] {
  return args.text("role");
}

export const rolePolicy = resourceReader({
  type: "aws_iam_role_policy",
  kind: "rolePolicy",
  read: (args) => ({
    policyName: args.optionalText("name") ?? generatedName(args),
    roleName: readRoleName(args),
    policy: readPolicy(args),
  }),
  assigned: ["id", "name"],
  attributes: ({ policyName, roleName }) => ({ id: `${roleName}:${policyName}`, name: policyName }),
});

export type RolePolicyDeclaration = ReturnType<typeof rolePolicy.read>;
