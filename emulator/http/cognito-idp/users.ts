import type { z } from "zod";

import type { Cognito } from "../../cloud/cognito/cognito";
import { ATTRIBUTES, PAGINATION_TOKEN, PASSWORD, POOL_ID, USERNAME } from "../../cloud/cognito/constraints";
import { parseUserFilter } from "../../cloud/cognito/users/user-filter";
import type { User } from "../../cloud/cognito/users/users";
import { boolean, integer, listOf, oneOf, structure, text } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import { seconds } from "../protocols/times";
import { mfaShape } from "./mfa";
import { signed, type Operations } from "./operation";

const USER = structure({ UserPoolId: POOL_ID, Username: USERNAME });
const NEW_USER = USER.extend({
  UserAttributes: ATTRIBUTES.optional(),
  TemporaryPassword: PASSWORD.optional(),
  MessageAction: oneOf(["RESEND", "SUPPRESS"]).optional(),
  ForceAliasCreation: boolean().optional(),
});
const NEW_PASSWORD = USER.extend({ Password: PASSWORD, Permanent: boolean().optional() });
const LIST = structure({
  UserPoolId: POOL_ID,
  AttributesToGet: listOf(text(32, undefined, 1), 50).optional(),
  Limit: integer(0, 60).optional(),
  PaginationToken: PAGINATION_TOKEN,
  Filter: text(256).optional(),
});

/** An administrator's operations on the users of a pool. */
export function userOperations(cognito: Cognito): Operations {
  const usersOf = (userPoolId: string) => cognito.userPool(userPoolId).users;
  return {
    AdminCreateUser: signed(NEW_USER, (request) => {
      const users = usersOf(request.UserPoolId);
      const newUser = {
        username: request.Username,
        attributes: readAttributes(request.UserAttributes),
        temporaryPassword: request.TemporaryPassword,
        forcesAlias: request.ForceAliasCreation,
      };
      const isResend = request.MessageAction === "RESEND";
      const user = isResend ? users.adminResendInvitation(newUser) : users.adminCreateUser(newUser);
      return { User: userShape(user) };
    }),
    AdminSetUserPassword: signed(NEW_PASSWORD, (request) => {
      usersOf(request.UserPoolId).adminSetUserPassword(request.Username, request.Password, request.Permanent ?? false);
    }),
    AdminGetUser: signed(USER, (request) => {
      const found = usersOf(request.UserPoolId).adminGetUser(request.Username);
      const { Attributes: UserAttributes, ...user } = userShape(found);
      return { ...user, UserAttributes, ...mfaShape(found) };
    }),
    AdminUpdateUserAttributes: signed(USER.extend({ UserAttributes: ATTRIBUTES }), (request) => {
      const attributes = readAttributes(request.UserAttributes);
      usersOf(request.UserPoolId).adminUpdateUserAttributes(request.Username, attributes);
    }),
    AdminDeleteUser: signed(USER, (request) => {
      const { users, groups } = cognito.userPool(request.UserPoolId);
      groups.forget(users.adminDeleteUser(request.Username));
    }),
    AdminEnableUser: signed(USER, (request) => {
      usersOf(request.UserPoolId).setEnabled(request.Username, true);
    }),
    AdminDisableUser: signed(USER, (request) => {
      const { users, refreshTokens } = cognito.userPool(request.UserPoolId);
      refreshTokens.revokeAllOf(users.setEnabled(request.Username, false).username);
    }),
    ListUsers: signed(LIST, (request) => listUsers(cognito, request)),
  };
}

function listUsers(cognito: Cognito, request: z.output<typeof LIST>): object {
  const { Filter: filter, AttributesToGet: wanted } = request;
  const all = cognito.userPool(request.UserPoolId).users.all();
  const found = filter ? all.filter(parseUserFilter(filter)) : all;
  const pageRequest = { maxResults: request.Limit || undefined, nextToken: request.PaginationToken };
  const { items, nextToken } = paginate(found, pageRequest, { most: 60, refusal: "InvalidParameterException" });
  const Users = items.map((user) => {
    const { Attributes, ...rest } = userShape(user);
    return { ...rest, Attributes: wanted ? Attributes.filter(({ Name }) => wanted.includes(Name)) : Attributes };
  });
  return { Users, PaginationToken: nextToken };
}

export function readAttributes(attributes: readonly { Name: string; Value?: string }[] = []): Map<string, string> {
  return new Map(attributes.map(({ Name, Value }) => [Name, Value ?? ""]));
}

export function userShape(user: User) {
  return {
    Username: user.username,
    UserCreateDate: seconds(user.createdAt),
    UserLastModifiedDate: seconds(user.modifiedAt),
    Enabled: user.isEnabled,
    UserStatus: user.status,
    Attributes: attributeShapes(user),
  };
}

export function attributeShapes(user: User): { Name: string; Value: string }[] {
  return [...user.attributes, ["sub", user.sub] as const].map(([Name, Value]) => ({ Name, Value }));
}
