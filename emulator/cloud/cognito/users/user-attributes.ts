import { STANDARD_ATTRIBUTES } from "../../../../aws/cognito/user-attributes";
import { attributeInvalid } from "../errors";

const EMAIL = /^[^\s@]+@[^\s@]+$/;
const PHONE_NUMBER = /^\+[0-9]{1,15}$/;

export function isStandardAttribute(name: string): boolean {
  return STANDARD_ATTRIBUTES.has(name) || name === "sub";
}

/** @throws AwsError `InvalidParameterException` */
export function checkAttributes(attributes: ReadonlyMap<string, string>): void {
  const unknown = [...attributes.keys()].find((name) => !STANDARD_ATTRIBUTES.has(name) && !name.startsWith("custom:"));
  if (unknown !== undefined) {
    throw attributeInvalid(
      `Attributes did not conform to the schema: ${unknown}: Attribute does not exist in the schema.\n`,
    );
  }
  if (!EMAIL.test(attributes.get("email") ?? "some@one")) throw attributeInvalid("Invalid email address format.");
  if (!PHONE_NUMBER.test(attributes.get("phone_number") ?? "+1")) {
    throw attributeInvalid("Invalid phone number format.");
  }
}

/**
 * The attribute that a user name stands for where the pool's user names are e-mail addresses or phone numbers.
 *
 * @returns an empty map where the pool takes plain user names.
 * @throws AwsError `InvalidParameterException`
 */
export function attributesForUsername(
  usernameAttributes: readonly string[],
  username: string,
): ReadonlyMap<string, string> {
  if (usernameAttributes.length === 0) return new Map();
  if (usernameAttributes.includes("email") && EMAIL.test(username)) return new Map([["email", username]]);
  if (usernameAttributes.includes("phone_number") && PHONE_NUMBER.test(username)) {
    return new Map([["phone_number", username]]);
  }
  if (usernameAttributes.length > 1) throw attributeInvalid("Username should be either an email or a phone number.");
  throw attributeInvalid(
    usernameAttributes[0] === "email" ? "Username should be an email." : "Username should be a phone number.",
  );
}

/**
 * What a user can sign in with beside his name, where the pool has aliases: verified contacts, and a preferred name
 * (developer guide, "user-pool-settings-attributes").
 */
export function usableAliases(
  aliasAttributes: readonly string[] = [],
  attributes: ReadonlyMap<string, string>,
): readonly (readonly [name: string, value: string])[] {
  const isUsable = (name: string) => name === "preferred_username" || attributes.get(`${name}_verified`) === "true";
  return aliasAttributes.flatMap((name) => {
    const value = attributes.get(name);
    return value !== undefined && isUsable(name) ? [[name, value] as const] : [];
  });
}

/** @throws AwsError `InvalidParameterException`, in the service's words */
export function refuseAliasAsUsername(aliasAttributes: readonly string[] = [], username: string): void {
  const cannot = (format: string, alias: string) =>
    attributeInvalid(`Username cannot be of ${format} format, since user pool is configured for ${alias} alias.`);
  if (aliasAttributes.includes("email") && EMAIL.test(username)) throw cannot("email", "email");
  if (aliasAttributes.includes("phone_number") && PHONE_NUMBER.test(username)) {
    throw cannot("phone number", "phone number");
  }
}
