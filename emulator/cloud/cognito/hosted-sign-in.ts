import { AwsError } from "../errors";
import { findUser, incorrectPassword, mustReplacePassword } from "./sign-in";
import type { UserPool } from "./user-pool";
import type { UserPoolClient } from "./user-pool-client";
import type { User } from "./users";

const CHALLENGE = "NEW_PASSWORD_REQUIRED";

/** What comes of a name and a password: a user, or the demand for a new password. */
export type HostedStep = { readonly user: User } | { readonly session: string; readonly username: string };

/**
 * Takes what a user typed into the sign-in page.
 *
 * @throws AwsError whose message the page shows
 */
export function proveIdentity(pool: UserPool, client: UserPoolClient, username: string, password: string): HostedStep {
  const user = findUser(pool, client, username);
  if (!user || user.password !== password) throw incorrectPassword();
  if (!mustReplacePassword(pool, user)) return { user };
  return {
    session: pool.authSessions.open(client, user.username, CHALLENGE),
    username: user.username,
  };
}

/** @throws AwsError whose message the page shows */
export function replaceTemporaryPassword(
  pool: UserPool,
  { clientId }: UserPoolClient,
  { session, username }: { readonly session: string; readonly username: string },
  password: string,
): User {
  pool.authSessions.verify(session, { clientId, username, challengeName: CHALLENGE });
  if (/\s/.test(password)) throw new AwsError("InvalidPasswordException", "A password has no blanks.");
  const user = pool.users.completeNewPassword(pool.users.adminGetUser(username), password, new Map());
  pool.authSessions.close(session);
  return user;
}
