import { userOfAccessToken } from "./access-token";
import { invalidSession } from "../sessions/auth-sessions";
import type { Cognito } from "../cognito";
import { invalidParameter, softwareTokensOff } from "../errors";
import { offeredFactors } from "../pool-mfa";
import type { UserPool } from "../user-pool";
import type { User } from "../users/users";

/** Who sets up an authenticator app: a user who is signed in, or one whose sign-in waits for it. Exactly one of the two. */
export interface SetUpBy {
  readonly accessToken?: string | undefined;
  readonly session?: string | undefined;
}

/** The challenge by which a sign-in waits. */
const CHALLENGE = "MFA_SETUP";

/**
 * @returns the secret in base32, and the session that replaces the one shown
 * @throws AwsError `NotAuthorizedException`, `SoftwareTokenMFANotFoundException`, `InvalidParameterException`
 */
export async function associateSoftwareToken(
  cognito: Cognito,
  by: SetUpBy,
): Promise<{ readonly secret: string; readonly session: string | undefined }> {
  const { pool, user, renew } = await findUserInSetUp(cognito, by);
  return { secret: pool.softwareTokens.associate(user), session: renew() };
}

/**
 * The user shows a code of the app, which counts from then on.
 *
 * @returns the session that replaces the one shown
 * @throws AwsError `EnableSoftwareTokenMFAException`, `ExpiredCodeException`, `NotAuthorizedException`,
 *   `SoftwareTokenMFANotFoundException`, `InvalidParameterException`
 */
export async function verifySoftwareToken(
  cognito: Cognito,
  by: SetUpBy,
  code: string,
): Promise<{ readonly session: string | undefined }> {
  const { pool, user, renew } = await findUserInSetUp(cognito, by);
  pool.users.setTotpSecret(user, pool.softwareTokens.verify(user, code));
  return { session: renew() };
}

interface UserInSetUp {
  readonly pool: UserPool;
  readonly user: User;
  readonly renew: () => string | undefined;
}

async function findUserInSetUp(cognito: Cognito, { accessToken, session }: SetUpBy): Promise<UserInSetUp> {
  if ((accessToken === undefined) === (session === undefined)) {
    throw invalidParameter("Either AccessToken or Session is required.");
  }
  const found =
    session === undefined
      ? { ...(await userOfAccessToken(cognito, accessToken ?? "")), renew: () => undefined }
      : userOfSession(cognito, session);
  if (!offeredFactors(found.pool.mfa).includes("SOFTWARE_TOKEN_MFA")) {
    throw softwareTokensOff();
  }
  return found;
}

function userOfSession(cognito: Cognito, session: string): UserInSetUp {
  const pool = cognito.userPools().find(({ authSessions }) => authSessions.has(session));
  if (!pool) throw invalidSession(".");
  const { clientId, username } = pool.authSessions.find(session, CHALLENGE);
  const user = pool.users.adminGetUser(username);
  return {
    pool,
    user,
    renew: () => {
      pool.authSessions.close(session);
      return pool.authSessions.open(pool.clients.get(clientId) ?? { clientId }, user.username, CHALLENGE);
    },
  };
}
