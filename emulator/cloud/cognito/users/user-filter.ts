import { invalidParameter } from "../errors";
import type { User } from "./users";

/** What `ListUsers` can filter by (API reference, ListUsers). */
const SEARCHABLE: ReadonlyMap<string, (user: User) => string | undefined> = new Map([
  ["username", (user: User) => user.username],
  ["sub", (user: User) => user.sub],
  ["status", (user: User) => (user.isEnabled ? "Enabled" : "Disabled")],
  ["cognito:user_status", (user: User) => user.status],
]);
const SEARCHABLE_ATTRIBUTES = ["email", "phone_number", "name", "given_name", "family_name", "preferred_username"];

/**
 * A filter such as `email ^= "test"`: equality, or how the value begins.
 *
 * @throws AwsError `InvalidParameterException`
 */
export function parseUserFilter(filter: string): (user: User) => boolean {
  const [, name = "", operator, wanted = ""] = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  const valueOf = SEARCHABLE.get(name) ?? attributeReader(name);
  if (operator === undefined || !valueOf) throw invalidParameter("Invalid search attribute or filter.");
  const value = wanted.replace(/\\(.)/g, "$1");
  return (user) => {
    const actual = valueOf(user);
    return operator === "=" ? actual === value : (actual?.startsWith(value) ?? false);
  };
}

function attributeReader(name: string): ((user: User) => string | undefined) | undefined {
  return SEARCHABLE_ATTRIBUTES.includes(name) ? (user) => user.attributes.get(name) : undefined;
}
