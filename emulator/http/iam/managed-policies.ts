import { oneOf, structure, text } from "../../cloud/constraints";
import type { Iam } from "../../cloud/iam/iam";
import type { ManagedPolicy, PolicyVersion } from "../../cloud/iam/managed-policies";
import { queryOperation, type QueryOperation } from "../protocols/aws-query";
import { readShape, shapeOf } from "../protocols/member-names";
import type { XmlValue } from "../protocols/xml";
import { addTags, readTagList, removeTags, tagKeys, tagList, tagShapes } from "../protocols/tag-list";
import { isoTime } from "../protocols/times";
import { BY_POLICY, DESCRIPTION, FORM_BOOLEAN, PAGE, PATH, POLICY_DOCUMENT, POLICY_NAME } from "./constraints";
import { listShape } from "./list-shape";

const VERSION = BY_POLICY.extend({ VersionId: text(64, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?") });
const NEW_POLICY = structure({
  PolicyName: POLICY_NAME,
  Path: PATH,
  PolicyDocument: POLICY_DOCUMENT,
  Description: DESCRIPTION,
  Tags: tagList().optional(),
});
const LIST = structure({ ...PAGE, Scope: oneOf(["All", "AWS", "Local"]).optional(), PathPrefix: PATH });

/** Customer managed policies with their versions, and who has them. */
export function managedPolicyOperations(iam: Iam): Record<string, QueryOperation> {
  const { managedPolicies } = iam;
  return {
    ...versionOperations(iam),
    CreatePolicy: queryOperation(NEW_POLICY, ({ PolicyDocument: policy, Tags, ...identity }) => {
      const created = managedPolicies.create({ ...readShape(identity), policy, tags: readTagList(Tags) });
      return { Policy: policyShape(iam, created) };
    }),
    GetPolicy: queryOperation(BY_POLICY, ({ PolicyArn }) => ({
      Policy: policyShape(iam, managedPolicies.get(PolicyArn)),
    })),
    ListPolicies: queryOperation(LIST, (request) => {
      const { PathPrefix = "/", Scope = "All" } = request;
      const all = Scope === "AWS" ? [] : managedPolicies.all();
      const found = all.filter(({ identity }) => identity.path.startsWith(PathPrefix));
      return listShape("Policies", found, request, (policy) => policyShape(iam, policy));
    }),
    ListEntitiesForPolicy: queryOperation(BY_POLICY.extend(PAGE), (request) => {
      const roles = iam.all().filter(({ attachedPolicies }) => attachedPolicies.has(request.PolicyArn));
      const shape = listShape("PolicyRoles", roles, request, ({ roleName, roleId }) => shapeOf({ roleName, roleId }));
      return { PolicyGroups: [], PolicyUsers: [], ...shape };
    }),
    DeletePolicy: queryOperation(BY_POLICY, ({ PolicyArn }) => iam.deletePolicy(PolicyArn)),
    TagPolicy: queryOperation(BY_POLICY.extend({ Tags: tagList() }), ({ PolicyArn, Tags }) =>
      addTags(managedPolicies.get(PolicyArn), readTagList(Tags)),
    ),
    UntagPolicy: queryOperation(BY_POLICY.extend({ TagKeys: tagKeys() }), ({ PolicyArn, TagKeys }) =>
      removeTags(managedPolicies.get(PolicyArn), TagKeys),
    ),
    ListPolicyTags: queryOperation(BY_POLICY.extend(PAGE), (request) =>
      listShape("Tags", tagShapes(managedPolicies.get(request.PolicyArn).tags), request, (tag) => tag),
    ),
  };
}

function versionOperations({ managedPolicies, now }: Iam): Record<string, QueryOperation> {
  return {
    CreatePolicyVersion: queryOperation(
      BY_POLICY.extend({ PolicyDocument: POLICY_DOCUMENT, SetAsDefault: FORM_BOOLEAN.optional() }),
      ({ PolicyArn, PolicyDocument, SetAsDefault = false }) => {
        const policy = managedPolicies.get(PolicyArn);
        return { PolicyVersion: versionShape(policy, policy.createVersion(PolicyDocument, now(), SetAsDefault)) };
      },
    ),
    GetPolicyVersion: queryOperation(VERSION, ({ PolicyArn, VersionId }) => {
      const policy = managedPolicies.get(PolicyArn);
      const version = policy.version(VersionId);
      return { PolicyVersion: { Document: encodeURIComponent(version.json), ...versionShape(policy, version) } };
    }),
    ListPolicyVersions: queryOperation(BY_POLICY.extend(PAGE), (request) => {
      const policy = managedPolicies.get(request.PolicyArn);
      return listShape("Versions", policy.versions, request, (version) => versionShape(policy, version));
    }),
    SetDefaultPolicyVersion: queryOperation(VERSION, ({ PolicyArn, VersionId }) =>
      managedPolicies.get(PolicyArn).setDefaultVersion(VersionId),
    ),
    DeletePolicyVersion: queryOperation(VERSION, ({ PolicyArn, VersionId }) =>
      managedPolicies.get(PolicyArn).deleteVersion(VersionId),
    ),
  };
}

function versionShape({ defaultVersionId }: ManagedPolicy, { versionId, createdAt }: PolicyVersion) {
  return { VersionId: versionId, IsDefaultVersion: versionId === defaultVersionId, CreateDate: isoTime(createdAt) };
}

function policyShape(iam: Iam, { identity, defaultVersionId, tags, createdAt, updatedAt }: ManagedPolicy): XmlValue {
  const { policyName, policyId, arn, path, description } = identity;
  return {
    ...shapeOf({ policyName, policyId, arn, path, description, defaultVersionId }),
    AttachmentCount: iam.all().filter(({ attachedPolicies }) => attachedPolicies.has(arn)).length,
    PermissionsBoundaryUsageCount: iam.all().filter(({ boundary }) => boundary?.arn === arn).length,
    IsAttachable: true,
    CreateDate: isoTime(createdAt),
    UpdateDate: isoTime(updatedAt),
    Tags: Object.keys(tags).length > 0 ? tagShapes(tags) : undefined,
  };
}
