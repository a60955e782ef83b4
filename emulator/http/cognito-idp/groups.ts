import type { z } from "zod";

import type { Cognito } from "../../cloud/cognito/cognito";
import { PAGINATION_TOKEN, POOL_ID, USERNAME } from "../../cloud/cognito/constraints";
import type { Group, GroupSettings } from "../../cloud/cognito/groups";
import { integer, structure, text } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import { seconds } from "../protocols/times";
import { signed, type Operations } from "./operation";
import { userShape } from "./users";

const POOL = structure({ UserPoolId: POOL_ID });
const GROUP = POOL.extend({ GroupName: USERNAME });
const NEW_GROUP = GROUP.extend({
  Description: text(2048).optional(),
  RoleArn: text(2048, undefined, 20).optional(),
  Precedence: integer(0, 2 ** 31 - 1).optional(),
});
const MEMBER = GROUP.extend({ Username: USERNAME });
const PAGE = { Limit: integer(0, 60).optional(), NextToken: PAGINATION_TOKEN };

/** Groups and who is in them. */
export function groupOperations(cognito: Cognito): Operations {
  const groupsOf = (userPoolId: string) => cognito.userPool(userPoolId).groups;
  return {
    CreateGroup: signed(NEW_GROUP, (request) => ({
      Group: groupShape(request.UserPoolId, groupsOf(request.UserPoolId).create(readSettings(request))),
    })),
    UpdateGroup: signed(NEW_GROUP, (request) => ({
      Group: groupShape(request.UserPoolId, groupsOf(request.UserPoolId).update(readSettings(request))),
    })),
    GetGroup: signed(GROUP, ({ UserPoolId, GroupName }) => ({
      Group: groupShape(UserPoolId, groupsOf(UserPoolId).get(GroupName)),
    })),
    ListGroups: signed(POOL.extend(PAGE), (request) => listGroups(groupsOf(request.UserPoolId).all(), request)),
    DeleteGroup: signed(GROUP, ({ UserPoolId, GroupName }) => groupsOf(UserPoolId).delete(GroupName)),
    AdminAddUserToGroup: signed(MEMBER, ({ UserPoolId, GroupName, Username }) => {
      const { users, groups } = cognito.userPool(UserPoolId);
      groups.add(GroupName, users.adminGetUser(Username));
    }),
    AdminRemoveUserFromGroup: signed(MEMBER, ({ UserPoolId, GroupName, Username }) => {
      const { users, groups } = cognito.userPool(UserPoolId);
      groups.remove(GroupName, users.adminGetUser(Username));
    }),
    AdminListGroupsForUser: signed(POOL.extend({ ...PAGE, Username: USERNAME }), (request) => {
      const { users, groups } = cognito.userPool(request.UserPoolId);
      return listGroups(groups.of(users.adminGetUser(request.Username)), request);
    }),
    ListUsersInGroup: signed(GROUP.extend(PAGE), (request) => {
      const { users, groups } = cognito.userPool(request.UserPoolId);
      const { members } = groups.get(request.GroupName);
      const { items, nextToken } = pageOf(
        users.all().filter(({ sub }) => members.has(sub)),
        request,
      );
      return { Users: items.map(userShape), NextToken: nextToken };
    }),
  };
}

function readSettings({ GroupName, Description, RoleArn, Precedence }: z.output<typeof NEW_GROUP>): GroupSettings {
  return { groupName: GroupName, description: Description, roleArn: RoleArn, precedence: Precedence };
}

interface ListRequest {
  readonly UserPoolId: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

function listGroups(groups: readonly Group[], request: ListRequest): object {
  const { items, nextToken } = pageOf(groups, request);
  return { Groups: items.map((group) => groupShape(request.UserPoolId, group)), NextToken: nextToken };
}

function pageOf<Item>(all: readonly Item[], { Limit, NextToken }: ListRequest) {
  const limits = { most: 60, refusal: "InvalidParameterException" } as const;
  return paginate(all, { maxResults: Limit || undefined, nextToken: NextToken }, limits);
}

function groupShape(userPoolId: string, group: Group): object {
  return {
    GroupName: group.groupName,
    UserPoolId: userPoolId,
    Description: group.description,
    RoleArn: group.roleArn,
    Precedence: group.precedence,
    CreationDate: seconds(group.createdAt),
    LastModifiedDate: seconds(group.modifiedAt),
  };
}
