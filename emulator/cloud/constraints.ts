import { z } from "zod";

import type { NameRule } from "../../aws/name-rule";
import type { Constraints } from "../../topology";
import { AwsError, type AwsErrorCode } from "./errors";

/** The kinds of constraint that AWS service models put on members, in the words in which services report violations. */

/** The length of a member whose model names none. */
export const UNBOUNDED = Infinity;

const NOT_NULL = "Member must not be null";

/** A string member. The model's pattern must match the whole value. */
export function text(max: number, pattern?: string, min = 0) {
  const member = withLength(z.string(), max, min);
  if (pattern === undefined) return member;
  const whole = new RegExp(`^(?:${pattern})$`, "u");
  return member.regex(whole, `Member must satisfy regular expression pattern: ${pattern}`);
}

/** A string member that is a name. */
export function name({ pattern, minLength = 1, maxLength }: NameRule) {
  return text(maxLength, pattern, minLength);
}

/** A string member with an enumeration. */
export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, { error: `Member must satisfy enum value set: [${values.join(", ")}]` });
}

export function integer(min: number, max: number) {
  return within(z.int(), min, max);
}

export function number(min: number, max: number) {
  return within(z.number(), min, max);
}

function within(member: z.ZodNumber, min: number, max: number): z.ZodNumber {
  return member
    .min(min, `Member must have value greater than or equal to ${min}`)
    .max(max, `Member must have value less than or equal to ${max}`);
}

export function boolean() {
  return z.boolean();
}

export function listOf<Member extends z.ZodType>(member: Member, max: number, min = 0) {
  return withLength(z.array(member), max, min);
}

/** Zod's own checks of it are made of whatever has a length, and fail where nothing can be compared with that. */
function withLength<Member extends z.ZodType<{ readonly length: number }>>(member: Member, max: number, min: number) {
  return member
    .refine(({ length }) => length >= min, `Member must have length greater than or equal to ${min}`)
    .refine(({ length }) => length <= max, `Member must have length less than or equal to ${max}`);
}

export function mapOf<Key extends z.core.$ZodRecordKey, Value extends z.ZodType>(key: Key, value: Value, max: number) {
  const map = z
    .record(key, value)
    .refine((map) => Object.keys(map).length <= max, `Member must have length less than or equal to ${max}`);
  return z.preprocess(refusePrototype, map);
}

/** A record would leave out what has this name without a word. */
function refusePrototype(map: unknown, context: z.core.$RefinementCtx): unknown {
  if (typeof map === "object" && map !== null && Object.hasOwn(map, "__proto__")) {
    context.addIssue("The emulator does not take a member called __proto__");
  }
  return map;
}

export function structure<Members extends z.ZodRawShape>(members: Members) {
  return z.object(members);
}

/** A member of the model that would change what the service does, and that the emulator does not imitate. */
export const NOT_EMULATED = z.never({ error: "The emulator does not offer this member" }).optional();

/** For those who know the members and not how they are checked. */
export const CONSTRAINTS: Constraints<z.ZodType> = {
  text,
  name,
  oneOf,
  integer,
  structure,
  list: (member, max = UNBOUNDED) => listOf(member, max),
  map: (key, value, max) => mapOf(key as z.ZodString, value, max),
  optional: (member, value) => (value === undefined ? member.optional() : member.default(value)),
  schema: z.looseObject({ type: oneOf(["string", "number", "object", "array", "boolean", "integer"]) }),
  notEmulated: NOT_EMULATED,
};

/** One constraint that a request breaks. */
export interface Violation {
  /** The member as messages name it, for example `userAttributes.1.member.name`. */
  readonly member: string;
  readonly message: string;
}

/** What is wrong with a request: a member of another JSON type, or broken constraints. */
export type Fault = { readonly wrongType: string } | { readonly violations: readonly Violation[] };

/**
 * Judges a request against the constraints of its members.
 *
 * @param sensitiveMembers their values are never repeated in a message
 */
export function judge<Schema extends z.ZodType>(
  schema: Schema,
  request: unknown,
  sensitiveMembers: ReadonlySet<string>,
): { readonly data: z.output<Schema> } | { readonly fault: Fault } {
  const result = schema.safeParse(request);
  if (result.success) return { data: result.data };
  const { issues } = result.error;
  const isMistyped = (issue: z.core.$ZodIssue) =>
    issue.code === "invalid_type" && issue.expected !== "never" && valueAt(request, issue.path) !== undefined;
  const mistyped = issues.find(isMistyped);
  if (mistyped) return { fault: { wrongType: describeWrongType(request, mistyped.path) } };
  return { fault: { violations: issues.map((issue) => describeViolation(request, issue, sensitiveMembers)) } };
}

/**
 * Judges a request for a service that has one error for every violation.
 *
 * @throws AwsError with the code; SerializationException for a member of the wrong JSON type
 */
export function enforce<Schema extends z.ZodType>(
  schema: Schema,
  request: unknown,
  code: AwsErrorCode,
): z.output<Schema> {
  const verdict = judge(schema, request, new Set());
  if ("data" in verdict) return verdict.data;
  const { fault } = verdict;
  if ("wrongType" in fault) throw new AwsError("SerializationException", fault.wrongType);
  throw new AwsError(code, summarize(fault.violations));
}

/** `2 validation errors detected: …; …`, the sentence of services that report every violation. */
export function summarize(violations: readonly Violation[]): string {
  const errors = violations.length === 1 ? "1 validation error" : `${violations.length} validation errors`;
  return `${errors} detected: ${violations.map(({ message }) => message).join("; ")}`;
}

function describeWrongType(request: unknown, path: readonly PropertyKey[]): string {
  const value = valueAt(request, path);
  return `The value of ${memberName(path)} must not be of type ${Array.isArray(value) ? "array" : typeof value}`;
}

function describeViolation(
  request: unknown,
  issue: z.core.$ZodIssue,
  sensitiveMembers: ReadonlySet<string>,
): Violation {
  const member = memberName(issue.path);
  const value = valueAt(request, issue.path);
  const isSensitive = member.split(".").some((part) => sensitiveMembers.has(part));
  const constraint = value === undefined ? NOT_NULL : issue.message;
  const shown = value === undefined ? " null" : ` '${typeof value === "string" ? value : JSON.stringify(value)}'`;
  const message = `Value${isSensitive ? "" : shown} at '${member}' failed to satisfy constraint: ${constraint}`;
  return { member, message };
}

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], request);
}

function memberName(path: readonly PropertyKey[]): string {
  const parts = path.map((key) =>
    typeof key === "number" ? `${key + 1}.member` : String(key).charAt(0).toLowerCase() + String(key).slice(1),
  );
  return parts.join(".");
}
