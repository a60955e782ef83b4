import type { UserPool } from "../../cloud/cognito/user-pool";
import { AwsError } from "../../cloud/errors";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../../cloud/random";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One of each kind of character that a password policy can demand. */
const EVERY_KIND = "aA1!";

/** Makes the page's own user, or gives the one that it has made before a new password. */
export function makeConsoleUser(pool: UserPool): Credentials {
  const { usernameAttributes, passwordPolicy } = pool.declaration;
  const username = usernameFor(usernameAttributes);
  const length = Math.max(16, passwordPolicy.minimumLength) - EVERY_KIND.length;
  const password = pool.random.text(length, DIGITS + LOWER_CASE + UPPER_CASE) + EVERY_KIND;
  try {
    pool.users.adminCreateUser({ username, attributes: new Map() });
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "UsernameExistsException")) throw error;
  }
  pool.users.adminSetUserPassword(username, password, true);
  return { username, password };
}

function usernameFor(usernameAttributes: readonly string[]): string {
  if (usernameAttributes.includes("email")) return "console-user@example.com";
  return usernameAttributes.includes("phone_number") ? "+15555550100" : "console-user";
}
