import { z } from "zod";
import { AwsError } from "../errors";

/**
 * The constraints of request members, as the service model states them (botocore `cognito-idp/2016-04-18`), and the
 * messages in which Cognito reports a violation.
 */

const NOT_NULL = "Member must not be null";

/** A string member. The model's pattern must match the whole value. */
export function text(max: number, pattern?: string, min = 0) {
  const member = z
    .string({ error: (issue) => (issue.input === undefined ? NOT_NULL : undefined) })
    .min(min, `Member must have length greater than or equal to ${min}`)
    .max(max, `Member must have length less than or equal to ${max}`);
  if (pattern === undefined) return member;
  const whole = new RegExp(`^(?:${pattern})$`, "u");
  return member.regex(whole, `Member must satisfy regular expression pattern: ${pattern}`);
}

/** A string member with an enumeration. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, {
    error: (issue) =>
      issue.input === undefined ? NOT_NULL : `Member must satisfy enum value set: [${values.join(", ")}]`,
  });
}

export function integer(min: number, max: number) {
  return z
    .int({ error: (issue) => (issue.input === undefined ? NOT_NULL : undefined) })
    .min(min, `Member must have value greater than or equal to ${min}`)
    .max(max, `Member must have value less than or equal to ${max}`);
}

export function listOf<Member extends z.ZodType>(member: Member, max: number) {
  return z.array(member).max(max, `Member must have length less than or equal to ${max}`);
}

export const POOL_ID = text(55, "[\\w-]+_[0-9a-zA-Z]+", 1);
export const POOL_NAME = text(128, "[\\w\\s+=,.@-]+", 1);
export const CLIENT_NAME = POOL_NAME;
export const CLIENT_ID = text(128, "[\\w+]+", 1);
export const DOMAIN = text(63, "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$", 1);
export const RESOURCE_SERVER_IDENTIFIER = text(256, "[\\x21\\x23-\\x5B\\x5D-\\x7E]+", 1);
export const RESOURCE_SERVER_NAME = text(256, "[\\w\\s+=,.@-]+", 1);
export const RESOURCE_SERVER_SCOPE_NAME = text(256, "[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+", 1);
export const SCOPE = text(256, "[\\x21\\x23-\\x5B\\x5D-\\x7E]+", 1);
export const USERNAME = text(128, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+", 1);
export const PASSWORD = text(256, "[\\S]+");
export const SESSION = text(2048, undefined, 20);
/** The keys and values of `AuthParameters` and `ChallengeResponses`. */
export const PARAMETERS = z.record(z.string(), text(131_072));
export const ATTRIBUTES = z.array(
  z.object({ Name: text(32, "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+", 1), Value: text(2048).optional() }),
);

/** Members whose shape has the trait `sensitive`: a message never repeats their value. */
const SENSITIVE_MEMBERS = new Set([
  "accessToken",
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
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  const { issues } = result.error;
  const mistyped = issues.find((issue) => issue.code === "invalid_type" && valueAt(request, issue.path) !== undefined);
  if (mistyped) throw wrongType(request, mistyped.path);
  const violations = issues.map((issue) => describeViolation(request, issue));
  throw new AwsError(
    "InvalidParameterException",
    `${violations.length} validation error${violations.length === 1 ? "" : "s"} detected: ${violations.join("; ")}`,
  );
}

function wrongType(request: unknown, path: readonly PropertyKey[]): AwsError {
  const value = valueAt(request, path);
  const type = Array.isArray(value) ? "array" : typeof value;
  return new AwsError("SerializationException", `The value of ${memberName(path)} must not be of type ${type}`);
}

function describeViolation(request: unknown, issue: z.core.$ZodIssue): string {
  const name = memberName(issue.path);
  const value = valueAt(request, issue.path);
  const isSensitive = name.split(".").some((part) => SENSITIVE_MEMBERS.has(part));
  const shown = value === undefined ? " null" : ` '${typeof value === "string" ? value : JSON.stringify(value)}'`;
  return `Value${isSensitive ? "" : shown} at '${name}' failed to satisfy constraint: ${issue.message}`;
}

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], request);
}

/** `["UserAttributes", 0, "Name"]` is `userAttributes.1.member.name` in the messages of AWS. */
function memberName(path: readonly PropertyKey[]): string {
  const parts = path.map((key) =>
    typeof key === "number" ? `${key + 1}.member` : String(key).charAt(0).toLowerCase() + String(key).slice(1),
  );
  return parts.join(".");
}
