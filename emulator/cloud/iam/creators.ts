import type { Attributes, Declaration } from "../../../topology";
import type { Creators } from "../creators";
import type { Iam } from "./iam";

export function iamCreators(iam: Iam) {
  return {
    role: (declaration) => createRole(iam, declaration),
    rolePolicy: (declaration) => iam.putRolePolicy(declaration) ?? {},
    managedPolicy(declaration) {
      const { arn, policyId } = iam.managedPolicies.create(declaration).identity;
      return { arn, policyId };
    },
    rolePolicyAttachment: (declaration) => attachPolicy(iam, declaration),
    policyAttachment: (declaration) => attachPolicy(iam, declaration),
    rolePoliciesExclusive: ({ roleName, policyNames }) => iam.keepRolePolicies(roleName, policyNames) ?? {},
    rolePolicyAttachmentsExclusive: ({ roleName, policyArns }) =>
      iam.replaceAttachedPolicies(roleName, policyArns) ?? {},
  } satisfies Partial<Creators>;
}

function createRole(iam: Iam, declaration: Declaration<"role">): Attributes<"role"> {
  const { arn, roleId } = iam.createRole(declaration);
  const { roleName, inlinePolicies = [], managedPolicyArns = [] } = declaration;
  for (const policy of inlinePolicies) iam.putRolePolicy({ ...policy, roleName });
  for (const policyArn of managedPolicyArns) iam.attachRolePolicy(roleName, policyArn);
  return { arn, roleId };
}

function attachPolicy(
  iam: Iam,
  { policyArn, roleNames }: Declaration<"policyAttachment">,
): Attributes<"policyAttachment"> {
  for (const roleName of roleNames) iam.attachRolePolicy(roleName, policyArn);
  return {};
}
