import type { MfaFactor } from "../../../../aws/cognito/mfa";
import { AwsError } from "../../errors";
import { invalidParameter, notAuthorized } from "../errors";
import type { UserSession } from "../sessions/refresh-tokens";
import { idToken, startSession, userAccessToken } from "../tokens";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";
import type { User } from "../users/users";

/** What the ways to sign in have in common. */

/** Exactly one of the two. */
export type AuthResponse = { readonly result: AuthenticationResult } | { readonly challenge: AuthChallenge };

export interface AuthenticationResult {
  readonly accessToken: string;
  readonly idToken: string;
  /** Left out by a refresh. */
  readonly refreshToken?: string;
  /** Seconds until the access token expires. */
  readonly expiresIn: number;
}

export interface AuthChallenge {
  readonly name:
    | "NEW_PASSWORD_REQUIRED"
    | "SELECT_CHALLENGE"
    | "PASSWORD_VERIFIER"
    | "SELECT_MFA_TYPE"
    | "MFA_SETUP"
    | MfaFactor;
  /** Left out where the parameters say all. */
  readonly session?: string;
  /** What `SELECT_CHALLENGE` lets the user choose from. */
  readonly available?: readonly string[];
  readonly parameters: Parameters;
}

/** What comes of a proof: a user who is let in, or what he is asked next. */
export type Admission = { readonly user: User } | { readonly challenge: AuthChallenge };

export type Parameters = Readonly<Record<string, string>>;

/** @throws AwsError `UserNotFoundException` unless the client hides which users there are */
export function findUser(pool: UserPool, client: UserPoolClient, username: string): User | undefined {
  try {
    return pool.users.adminGetUser(username);
  } catch (error) {
    if (client.preventUserExistenceErrors && error instanceof AwsError) return undefined;
    throw error;
  }
}

export function incorrectPassword(): AwsError {
  return notAuthorized("Incorrect username or password.");
}

/** What tokens of a sign-in have to say beside what the sign-in itself does. */
export interface TokenOptions {
  /** Of the ID token. @default - the pool's own */
  readonly issuer?: string | undefined;
}

/**
 * New tokens of a sign-in that goes on; where the client rotates them, with the refresh token that replaces the one shown.
 *
 * @throws AwsError `NotAuthorizedException`, `RefreshTokenReuseException`, `UserNotFoundException`
 */
export async function refreshTokens(
  pool: UserPool,
  client: UserPoolClient,
  refreshToken: string,
  options: TokenOptions = {},
): Promise<AuthenticationResult & { readonly session: UserSession }> {
  const session = pool.refreshTokens.redeem(refreshToken, client.clientId);
  const user = pool.users.adminGetUser(session.sub);
  if (!user.isEnabled) throw notAuthorized("User is disabled.");
  const tokens = await issueTokens(pool, client, user, session, options);
  const { refreshTokenRotation: rotation } = client;
  if (!rotation) return { ...tokens, session };
  return {
    ...tokens,
    session,
    refreshToken: pool.refreshTokens.replace(refreshToken, rotation.retryGracePeriodSeconds),
  };
}

/** The tokens of a user who has just proved who he is. */
export async function signIn(
  pool: UserPool,
  client: UserPoolClient,
  user: User,
  session = startSession(pool, user),
  options: TokenOptions = {},
): Promise<AuthenticationResult> {
  const tokens = await issueTokens(pool, client, user, session, options);
  return { ...tokens, refreshToken: pool.refreshTokens.issue(client.clientId, session, client.refreshTokenValidity) };
}

async function issueTokens(
  pool: UserPool,
  client: UserPoolClient,
  user: User,
  session: UserSession,
  { issuer }: TokenOptions,
) {
  const accessToken = await userAccessToken(pool, client, user, session);
  return {
    accessToken,
    idToken: await idToken(pool, client, user, session, { issuer, accessToken }),
    expiresIn: client.accessTokenValidity,
  };
}

/** @throws AwsError `InvalidParameterException` */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
