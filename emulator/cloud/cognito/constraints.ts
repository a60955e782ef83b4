import { z } from "zod";
import { GROUP } from "../../../aws/cognito/limits";
import * as names from "../../../aws/cognito/names";
import { integer, judge, name, structure, summarize, text, UNBOUNDED } from "../constraints";
import type { UserDeclaration } from "../../../topology";
import { constraintBroken, typeWrong } from "./errors";
import type { GroupSettings } from "./users/groups";

/** Members of Cognito's requests, as the service model states them: botocore `cognito-idp/2016-04-18`. */

export const POOL_ID = name(names.USER_POOL_ID);
export const POOL_NAME = name(names.USER_POOL_NAME);
export const CLIENT_NAME = POOL_NAME;
export const CLIENT_ID = name(names.USER_POOL_CLIENT_ID);
export const DOMAIN = name(names.DOMAIN_PREFIX);
export const RESOURCE_SERVER_IDENTIFIER = name(names.RESOURCE_SERVER_IDENTIFIER);
export const RESOURCE_SERVER_NAME = name({ ...names.USER_POOL_NAME, maxLength: 256 });
export const RESOURCE_SERVER_SCOPE_NAME = name(names.SCOPE_NAME);
export const SCOPE = name(names.RESOURCE_SERVER_IDENTIFIER);
export const USERNAME = name(names.USERNAME);
export const PASSWORD = name(names.PASSWORD);
export const GROUP_SETTINGS = {
  GroupName: USERNAME,
  Description: text(GROUP.descriptionLength).optional(),
  RoleArn: text(GROUP.roleArnLength.longest, undefined, GROUP.roleArnLength.shortest).optional(),
  Precedence: integer(GROUP.precedence.shortest, GROUP.precedence.longest).optional(),
};
export const CLIENT_SECRET = text(64, names.USER_POOL_CLIENT_ID.pattern, 24).optional();
export const SECRET_HASH = text(128, "[\\w+=/]+", 1).optional();
export const TOKEN = text(UNBOUNDED, "[A-Za-z0-9_=.-]+");
export const PAGINATION_TOKEN = text(131_072, names.WITHOUT_SPACES, 1).optional();
export const SESSION = text(2048, undefined, 20);
/** The keys and values of `AuthParameters` and `ChallengeResponses`. */
export const PARAMETERS = z.record(z.string(), text(131_072));
export const ATTRIBUTES = z.array(
  z.object({ Name: text(32, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+", 1), Value: text(2048).optional() }),
);

export const DECLARED_GROUP = structure(GROUP_SETTINGS);
export const DECLARED_USER = structure({
  Username: USERNAME,
  TemporaryPassword: PASSWORD.optional(),
  UserAttributes: ATTRIBUTES,
});

/** Members whose shape has the trait `sensitive`: a message never repeats their value. */
const SENSITIVE_MEMBERS = new Set([
  "accessToken",
  "clientSecret",
  "previousPassword",
  "proposedPassword",
  "refreshToken",
  "secretHash",
  "token",
  "authParameters",
  "challengeResponses",
  "clientId",
  "password",
  "session",
  "temporaryPassword",
  "username",
  "value",
]);

/**
 * Judges a request against the constraints of its members.
 *
 * @throws AwsError `InvalidParameterException` naming every violation, `SerializationException` for a wrong JSON type.
 */
export function check<Schema extends z.ZodType>(schema: Schema, request: unknown): z.output<Schema> {
  const verdict = judge(schema, request, SENSITIVE_MEMBERS);
  if ("data" in verdict) return verdict.data;
  const { fault } = verdict;
  if ("wrongType" in fault) throw typeWrong(fault.wrongType);
  throw constraintBroken(summarize(fault.violations));
}

/** @throws AwsError as `check` */
export function checkGroup({ groupName, description, roleArn, precedence }: GroupSettings): void {
  const request = { GroupName: groupName, Description: description, RoleArn: roleArn, Precedence: precedence };
  check(DECLARED_GROUP, request);
}

/** @throws AwsError as `check` */
export function checkUser({ username, temporaryPassword, attributes }: UserDeclaration): void {
  const UserAttributes = attributes.map(([Name, Value]) => ({ Name, Value }));
  check(DECLARED_USER, { Username: username, TemporaryPassword: temporaryPassword, UserAttributes });
}
