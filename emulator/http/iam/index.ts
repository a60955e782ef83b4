import { z } from "zod";

import { globalHost } from "../../../aws/hosts";
import * as names from "../../../aws/iam/names";
import { integer, name, NOT_EMULATED, structure, text } from "../../cloud/constraints";
import { AwsError } from "../../cloud/errors";
import type { Iam, Role } from "../../cloud/iam/iam";
import type { ManagedPolicy } from "../../cloud/iam/managed-policies";
import { paginate } from "../../cloud/pagination";
import { queryOperation, type QueryOperation, type XmlValue } from "../aws-query";
import { queryService } from "../aws-service";

/** IAM is global: its requests are signed for this region. */
const REGION = "us-east-1";

/** Constraints: botocore `iam/2010-05-08`. */
const ROLE_NAME = name(names.ROLE_NAME);
const POLICY_NAME = name(names.POLICY_NAME);
const POLICY_DOCUMENT = text(131_072, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", 1);
const formInteger = (min: number, max: number) => z.preprocess((value) => Number(value), integer(min, max)).optional();
const PAGE = { Marker: text(320, undefined, 1).optional(), MaxItems: formInteger(1, 1_000) };
const POLICY_ARN = text(2_048, undefined, 20);
const PATH = text(512, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", 1).optional();
const BY_NAME = structure({ RoleName: ROLE_NAME });
const POLICY = BY_NAME.extend({ PolicyName: POLICY_NAME });
const ATTACHMENT = BY_NAME.extend({ PolicyArn: POLICY_ARN });
const BY_ARN = structure({ PolicyArn: POLICY_ARN });
const NEW_ROLE = BY_NAME.extend({
  Path: PATH,
  AssumeRolePolicyDocument: POLICY_DOCUMENT,
  Description: text(1_000).optional(),
  MaxSessionDuration: formInteger(3_600, 43_200),
  PermissionsBoundary: NOT_EMULATED,
});

/** AWS IAM, `https://iam.amazonaws.com/`: roles, their policies, and managed policies. */
export const iam = queryService({
  signingName: "iam",
  host: () => globalHost("iam"),
  region: REGION,
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: ({ iam }) => ({ ...roleOperations(iam), ...rolePolicyOperations(iam), ...managedPolicyOperations(iam) }),
});

function roleOperations(iam: Iam): Record<string, QueryOperation> {
  return {
    CreateRole: queryOperation(NEW_ROLE, (request) => {
      const { RoleName: roleName, AssumeRolePolicyDocument: assumeRolePolicy, Path: path } = request;
      const { Description: description, MaxSessionDuration: maxSessionDuration } = request;
      return { Role: roleShape(iam.createRole({ roleName, assumeRolePolicy, path, description, maxSessionDuration })) };
    }),
    GetRole: queryOperation(BY_NAME, ({ RoleName }) => ({ Role: roleShape(iam.role(RoleName)) })),
    ListRoles: queryOperation(structure({ ...PAGE, PathPrefix: text(512, undefined, 1).optional() }), (request) => {
      const { PathPrefix = "/" } = request;
      const found = iam.all().filter(({ settings }) => (settings.path ?? "/").startsWith(PathPrefix));
      return listShape("Roles", found, request, roleShape);
    }),
    UpdateAssumeRolePolicy: queryOperation(BY_NAME.extend({ PolicyDocument: POLICY_DOCUMENT }), (request) => {
      iam.updateAssumeRolePolicy(request.RoleName, request.PolicyDocument);
      return {};
    }),
    DeleteRole: queryOperation(BY_NAME, ({ RoleName }) => {
      iam.deleteRole(RoleName);
      return {};
    }),
  };
}

function rolePolicyOperations(iam: Iam): Record<string, QueryOperation> {
  return {
    PutRolePolicy: queryOperation(POLICY.extend({ PolicyDocument: POLICY_DOCUMENT }), (request) => {
      const { RoleName: roleName, PolicyName: policyName, PolicyDocument: policy } = request;
      iam.putRolePolicy({ roleName, policyName, policy });
      return {};
    }),
    GetRolePolicy: queryOperation(POLICY, ({ RoleName, PolicyName }) => ({
      RoleName,
      PolicyName,
      PolicyDocument: encodeURIComponent(iam.rolePolicy(RoleName, PolicyName).json),
    })),
    ListRolePolicies: queryOperation(BY_NAME.extend(PAGE), (request) => {
      const names = [...iam.role(request.RoleName).inlinePolicies.keys()];
      return listShape("PolicyNames", names, request, (name) => name);
    }),
    DeleteRolePolicy: queryOperation(POLICY, ({ RoleName, PolicyName }) => {
      iam.deleteRolePolicy(RoleName, PolicyName);
      return {};
    }),
  };
}

function managedPolicyOperations(iam: Iam): Record<string, QueryOperation> {
  const { managedPolicies } = iam;
  return {
    CreatePolicy: queryOperation(
      structure({
        PolicyName: POLICY_NAME,
        Path: PATH,
        PolicyDocument: POLICY_DOCUMENT,
        Description: text(1_000).optional(),
      }),
      ({ PolicyName: policyName, Path: path, PolicyDocument: policy }) => ({
        Policy: managedPolicyShape(iam, managedPolicies.create({ policyName, path, policy })),
      }),
    ),
    GetPolicy: queryOperation(BY_ARN, ({ PolicyArn }) => ({
      Policy: managedPolicyShape(iam, managedPolicies.get(PolicyArn)),
    })),
    GetPolicyVersion: queryOperation(
      BY_ARN.extend({ VersionId: text(64, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?") }),
      (request) => {
        const { json, createdAt } = managedPolicies.get(request.PolicyArn);
        if (request.VersionId !== ONLY_VERSION) throw noVersion(request.PolicyArn, request.VersionId);
        return { PolicyVersion: { Document: encodeURIComponent(json), ...versionShape(createdAt) } };
      },
    ),
    ListPolicyVersions: queryOperation(BY_ARN.extend(PAGE), ({ PolicyArn }) => ({
      Versions: [versionShape(managedPolicies.get(PolicyArn).createdAt)],
      IsTruncated: false,
    })),
    DeletePolicy: queryOperation(BY_ARN, ({ PolicyArn }) => {
      iam.deletePolicy(PolicyArn);
      return {};
    }),
    AttachRolePolicy: queryOperation(ATTACHMENT, ({ RoleName, PolicyArn }) => {
      iam.attachRolePolicy(RoleName, PolicyArn);
      return {};
    }),
    DetachRolePolicy: queryOperation(ATTACHMENT, ({ RoleName, PolicyArn }) => {
      iam.detachRolePolicy(RoleName, PolicyArn);
      return {};
    }),
    ListAttachedRolePolicies: queryOperation(BY_NAME.extend(PAGE), (request) => {
      const arns = [...iam.role(request.RoleName).attachedPolicies.keys()];
      return listShape("AttachedPolicies", arns, request, (arn) => ({
        PolicyName: arn.split("/").at(-1),
        PolicyArn: arn,
      }));
    }),
  };
}

/** Versions of a policy are not emulated: it keeps its first. */
const ONLY_VERSION = "v1";

function versionShape(createdAt: number) {
  return { VersionId: ONLY_VERSION, IsDefaultVersion: true, CreateDate: new Date(createdAt).toISOString() };
}

function noVersion(arn: string, version: string): AwsError {
  return new AwsError("NoSuchEntity", `Policy ${arn} version ${version} does not exist or is not attachable.`);
}

function managedPolicyShape(iam: Iam, { policyName, policyId, arn, path, createdAt }: ManagedPolicy): XmlValue {
  const date = new Date(createdAt).toISOString();
  return {
    PolicyName: policyName,
    PolicyId: policyId,
    Arn: arn,
    Path: path,
    DefaultVersionId: ONLY_VERSION,
    AttachmentCount: iam.all().filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: date,
    UpdateDate: date,
  };
}

function listShape<Item>(
  member: string,
  all: readonly Item[],
  { Marker: nextToken, MaxItems: maxResults }: { Marker?: string; MaxItems?: number },
  shape: (item: Item) => XmlValue,
): XmlValue {
  const page = paginate(all, { nextToken, maxResults }, { most: 100, refusal: "ValidationError" });
  return { [member]: page.items.map(shape), IsTruncated: page.nextToken !== undefined, Marker: page.nextToken };
}

/** IAM gives policies percent-encoded (RFC 3986). */
function roleShape({ settings, arn, roleId, trustPolicy, createdAt }: Role): XmlValue {
  return {
    Path: settings.path ?? "/",
    RoleName: settings.roleName,
    RoleId: roleId,
    Arn: arn,
    CreateDate: new Date(createdAt).toISOString(),
    AssumeRolePolicyDocument: encodeURIComponent(trustPolicy.json),
    Description: settings.description,
    MaxSessionDuration: settings.maxSessionDuration ?? 3_600,
  };
}
