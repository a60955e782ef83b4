import type { Iam } from "../../cloud/iam/iam";
import { queryOperation, type QueryOperation } from "../protocols/aws-query";
import { BY_ROLE, PAGE, POLICY_ARN, POLICY_DOCUMENT, POLICY_NAME } from "./constraints";
import { listShape } from "./list-shape";

const POLICY = BY_ROLE.extend({ PolicyName: POLICY_NAME });
const ATTACHMENT = BY_ROLE.extend({ PolicyArn: POLICY_ARN });

/** Which policies a role has: inline ones, and managed ones that are attached. */
export function rolePolicyOperations(iam: Iam): Record<string, QueryOperation> {
  return {
    PutRolePolicy: queryOperation(POLICY.extend({ PolicyDocument: POLICY_DOCUMENT }), (request) => {
      const { RoleName: roleName, PolicyName: policyName, PolicyDocument: policy } = request;
      iam.putRolePolicy({ roleName, policyName, policy });
    }),
    GetRolePolicy: queryOperation(POLICY, ({ RoleName, PolicyName }) => ({
      RoleName,
      PolicyName,
      PolicyDocument: encodeURIComponent(iam.rolePolicy(RoleName, PolicyName).json),
    })),
    ListRolePolicies: queryOperation(BY_ROLE.extend(PAGE), (request) => {
      const names = [...iam.role(request.RoleName).inlinePolicies.keys()];
      return listShape("PolicyNames", names, request, (name) => name);
    }),
    DeleteRolePolicy: queryOperation(POLICY, ({ RoleName, PolicyName }) => iam.deleteRolePolicy(RoleName, PolicyName)),
    AttachRolePolicy: queryOperation(ATTACHMENT, ({ RoleName, PolicyArn }) =>
      iam.attachRolePolicy(RoleName, PolicyArn),
    ),
    DetachRolePolicy: queryOperation(ATTACHMENT, ({ RoleName, PolicyArn }) =>
      iam.detachRolePolicy(RoleName, PolicyArn),
    ),
    ListAttachedRolePolicies: queryOperation(BY_ROLE.extend(PAGE), (request) => {
      const arns = [...iam.role(request.RoleName).attachedPolicies.keys()];
      return listShape("AttachedPolicies", arns, request, (arn) => ({
        PolicyName: arn.split("/").at(-1),
        PolicyArn: arn,
      }));
    }),
  };
}
