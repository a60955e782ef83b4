import type { z } from "zod";

import type { Cognito } from "../../cloud/cognito/cognito";
import { GROUP_SETTINGS, PAGINATION_TOKEN, POOL_ID, USERNAME } from "../../cloud/cognito/constraints";
import type { Group } from "../../cloud/cognito/users/groups";
import { integer, structure } from "../../cloud/constraints";
import { readShape, shapeOf } from "../protocols/member-names";
import { signed, type Operations } from "./operation";
import { datesOf, pageOf } from "./shapes";
import { userShape } from "./users";

const POOL = structure({ UserPoolId: POOL_ID });
const GROUP = POOL.extend({ GroupName: USERNAME });
const NEW_GROUP = GROUP.extend(GROUP_SETTINGS);
const MEMBER = GROUP.extend({ Username: USERNAME });
const PAGE = { Limit: integer(0, 60).optional(), NextToken: PAGINATION_TOKEN };
const LIST = POOL.extend(PAGE);

/** Groups and who is in them. */
export function groupOperations(cognito: Cognito): Operations {
  const groupsOf = (userPoolId: string) => cognito.userPool(userPoolId).groups;
  return {
    CreateGroup: signed(NEW_GROUP, ({ UserPoolId, ...settings }) => ({
      Group: groupShape(UserPoolId, groupsOf(UserPoolId).create(readShape(settings))),
    })),
    UpdateGroup: signed(NEW_GROUP, ({ UserPoolId, ...settings }) => ({
      Group: groupShape(UserPoolId, groupsOf(UserPoolId).update(readShape(settings))),
    })),
    GetGroup: signed(GROUP, ({ UserPoolId, GroupName }) => ({
      Group: groupShape(UserPoolId, groupsOf(UserPoolId).get(GroupName)),
    })),
    ListGroups: signed(LIST, (request) => listGroups(groupsOf(request.UserPoolId).all(), request)),
    DeleteGroup: signed(GROUP, ({ UserPoolId, GroupName }) => groupsOf(UserPoolId).delete(GroupName)),
    AdminAddUserToGroup: signed(MEMBER, ({ UserPoolId, GroupName, Username }) => {
      const { users, groups } = cognito.userPool(UserPoolId);
      groups.add(GroupName, users.adminGetUser(Username));
    }),
    AdminRemoveUserFromGroup: signed(MEMBER, ({ UserPoolId, GroupName, Username }) => {
      const { users, groups } = cognito.userPool(UserPoolId);
      groups.remove(GroupName, users.adminGetUser(Username));
    }),
    AdminListGroupsForUser: signed(LIST.extend({ Username: USERNAME }), (request) => {
      const { users, groups } = cognito.userPool(request.UserPoolId);
      return listGroups(groups.of(users.adminGetUser(request.Username)), request);
    }),
    ListUsersInGroup: signed(GROUP.extend(PAGE), (request) => {
      const { users, groups } = cognito.userPool(request.UserPoolId);
      const { members } = groups.get(request.GroupName);
      const found = users.all().filter(({ sub }) => members.has(sub));
      return pageOf("Users", found, { ...request, MaxResults: request.Limit }, userShape);
    }),
  };
}

function listGroups(groups: readonly Group[], request: z.output<typeof LIST>): object {
  const shape = (group: Group) => groupShape(request.UserPoolId, group);
  return pageOf("Groups", groups, { ...request, MaxResults: request.Limit }, shape);
}

function groupShape(UserPoolId: string, group: Group): object {
  const { groupName, description, roleArn, precedence } = group;
  return { UserPoolId, ...shapeOf({ groupName, description, roleArn, precedence }), ...datesOf(group) };
}
