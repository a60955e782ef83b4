import { structure, text } from "../../cloud/constraints";
import { boundaryUnknown } from "../../cloud/iam/errors";
import type { Iam, Role } from "../../cloud/iam/iam";
import { queryOperation, type QueryOperation } from "../protocols/aws-query";
import { readShape, shapeOf } from "../protocols/member-names";
import type { XmlValue } from "../protocols/xml";
import { addTags, readTagList, removeTags, tagKeys, tagList, tagShapes } from "../protocols/tag-list";
import { isoTime } from "../protocols/times";
import { BY_ROLE, DESCRIPTION, formInteger, PAGE, PATH, POLICY_ARN, POLICY_DOCUMENT } from "./constraints";
import { listShape } from "./list-shape";

const SESSION_SECONDS = formInteger(3_600, 43_200);
const NEW_ROLE = BY_ROLE.extend({
  Path: PATH,
  AssumeRolePolicyDocument: POLICY_DOCUMENT,
  Description: DESCRIPTION,
  MaxSessionDuration: SESSION_SECONDS,
  PermissionsBoundary: POLICY_ARN.optional(),
  Tags: tagList().optional(),
});

/** Roles themselves, with their tags and boundaries. */
export function roleOperations(iam: Iam): Record<string, QueryOperation> {
  return {
    CreateRole: queryOperation(NEW_ROLE, (request) => {
      const { AssumeRolePolicyDocument: assumeRolePolicy, Tags, ...settings } = request;
      const role = iam.createRole({ ...readShape(settings), assumeRolePolicy, tags: readTagList(Tags) });
      return { Role: roleShape(role) };
    }),
    GetRole: queryOperation(BY_ROLE, ({ RoleName }) => ({ Role: roleShape(iam.role(RoleName)) })),
    ListRoles: queryOperation(structure({ ...PAGE, PathPrefix: text(512, undefined, 1).optional() }), (request) => {
      const { PathPrefix = "/" } = request;
      const found = iam.all().filter(({ path }) => path.startsWith(PathPrefix));
      return listShape("Roles", found, request, roleShape);
    }),
    UpdateRole: queryOperation(
      BY_ROLE.extend({ Description: DESCRIPTION, MaxSessionDuration: SESSION_SECONDS }),
      ({ RoleName, Description, MaxSessionDuration }) => {
        const role = iam.role(RoleName);
        role.description = Description ?? role.description;
        role.maxSessionDuration = MaxSessionDuration ?? role.maxSessionDuration;
      },
    ),
    UpdateRoleDescription: queryOperation(BY_ROLE.extend({ Description: text(1_000) }), (request) => {
      const role = iam.role(request.RoleName);
      role.description = request.Description;
      return { Role: roleShape(role) };
    }),
    UpdateAssumeRolePolicy: queryOperation(BY_ROLE.extend({ PolicyDocument: POLICY_DOCUMENT }), (request) =>
      iam.updateAssumeRolePolicy(request.RoleName, request.PolicyDocument),
    ),
    PutRolePermissionsBoundary: queryOperation(BY_ROLE.extend({ PermissionsBoundary: POLICY_ARN }), (request) =>
      iam.putRolePermissionsBoundary(request.RoleName, request.PermissionsBoundary),
    ),
    DeleteRolePermissionsBoundary: queryOperation(BY_ROLE, ({ RoleName }) => {
      const role = iam.role(RoleName);
      if (!role.boundary) throw boundaryUnknown(RoleName);
      role.boundary = undefined;
    }),
    DeleteRole: queryOperation(BY_ROLE, ({ RoleName }) => iam.deleteRole(RoleName)),
    TagRole: queryOperation(BY_ROLE.extend({ Tags: tagList() }), ({ RoleName, Tags }) =>
      addTags(iam.role(RoleName), readTagList(Tags)),
    ),
    UntagRole: queryOperation(BY_ROLE.extend({ TagKeys: tagKeys() }), ({ RoleName, TagKeys }) =>
      removeTags(iam.role(RoleName), TagKeys),
    ),
    ListRoleTags: queryOperation(BY_ROLE.extend(PAGE), (request) =>
      listShape("Tags", tagShapes(iam.role(request.RoleName).tags), request, (tag) => tag),
    ),
    // Instance profiles are for EC2; none is emulated.
    ListInstanceProfilesForRole: queryOperation(BY_ROLE.extend(PAGE), (request) => {
      iam.role(request.RoleName);
      return listShape("InstanceProfiles", [], request, (profile) => profile);
    }),
  };
}

/** IAM gives policies percent-encoded (RFC 3986). */
function roleShape(role: Role): { readonly [name: string]: XmlValue } {
  const { path, roleName, roleId, arn, description, maxSessionDuration, boundary } = role;
  return {
    ...shapeOf({ path, roleName, roleId, arn, description, maxSessionDuration }),
    CreateDate: isoTime(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy.json),
    PermissionsBoundary: boundary && {
      PermissionsBoundaryType: "Policy",
      PermissionsBoundaryArn: boundary.arn,
    },
    Tags: Object.keys(role.tags).length > 0 ? tagShapes(role.tags) : undefined,
  };
}
