import { admit } from "../sign-in/admission";
import { passwordHasBlanks } from "../errors";
import { offeredFactors } from "../pool-mfa";
import { askForSecondFactor } from "../sign-in/second-factor";
import { findUser, incorrectPassword, type Admission } from "../sign-in/sign-in";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";

/**
 * Takes what a user typed into the sign-in page.
 *
 * @throws AwsError whose message the page shows
 */
export function proveIdentity(pool: UserPool, client: UserPoolClient, username: string, password: string): Admission {
  const user = findUser(pool, client, username);
  if (!pool.users.hasPassword(user, password)) throw incorrectPassword();
  return admit(pool, client, user);
}

/** @throws AwsError whose message the page shows */
export function replaceTemporaryPassword(
  pool: UserPool,
  client: UserPoolClient,
  { session, username }: { readonly session: string; readonly username: string },
  password: string,
): Admission {
  const { clientId } = client;
  pool.authSessions.verify(session, { clientId, username, challengeName: "NEW_PASSWORD_REQUIRED" });
  if (/\s/.test(password)) throw passwordHasBlanks();
  const user = pool.users.completeNewPassword(pool.users.adminGetUser(username), password, new Map());
  pool.authSessions.close(session);
  return askForSecondFactor(pool, client, user);
}

/** What an authenticator app is told, as text and as a key URI: https://github.com/google/google-authenticator/wiki/Key-Uri-Format. */
export interface SoftwareTokenSetUp {
  /** In base32. */
  readonly secret: string;
  readonly uri: string;
}

/** @returns undefined where the pool has no authenticator apps; the same for each page of one sign-in otherwise */
export function setUpSoftwareToken(pool: UserPool, username: string): SoftwareTokenSetUp | undefined {
  if (!offeredFactors(pool.mfa).includes("SOFTWARE_TOKEN_MFA")) return undefined;
  const user = pool.users.adminGetUser(username);
  const secret = pool.softwareTokens.unprovedSecret(user) ?? pool.softwareTokens.associate(user);
  const issuer = encodeURIComponent(pool.declaration.poolName);
  const account = encodeURIComponent(username);
  return { secret, uri: `otpauth://totp/${issuer}:${account}?secret=${secret}&issuer=${issuer}` };
}

/** @throws AwsError whose message the page shows */
export function proveSoftwareTokenSetUp(pool: UserPool, username: string, code: string): void {
  const user = pool.users.adminGetUser(username);
  pool.users.setTotpSecret(user, pool.softwareTokens.verify(user, code));
}
