import { AwsError } from "../errors";
import type { Cognito } from "./cognito";
import { verifySecretHash } from "./secret-hash";
import { idToken, startSession, userAccessToken, type UserSession } from "./tokens";
import type { UserPool } from "./user-pool";
import { allowsAuthFlow, type UserPoolClient } from "./user-pool-client";
import type { User } from "./users";

export interface InitiateAuthRequest {
  readonly authFlow: string;
  /** Given by AdminInitiateAuth alone. */
  readonly userPoolId?: string;
  readonly clientId: string;
  readonly authParameters: Parameters;
}

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
  readonly name: "NEW_PASSWORD_REQUIRED" | "SELECT_CHALLENGE";
  readonly session: string;
  /** What `SELECT_CHALLENGE` lets the user choose from. */
  readonly available?: readonly string[];
  readonly parameters: Parameters;
}

export type Parameters = Readonly<Record<string, string>>;
type AuthFlow = (pool: UserPool, client: UserPoolClient, parameters: Parameters) => Promise<AuthResponse>;

const FLOWS: Readonly<Record<string, AuthFlow>> = {
  USER_PASSWORD_AUTH: signInWithPassword,
  ADMIN_USER_PASSWORD_AUTH: signInWithPassword,
  USER_AUTH: signInByChoice,
  REFRESH_TOKEN_AUTH: refresh,
};
/** Two names of the same flow. */
const FLOW_ALIASES: Readonly<Record<string, string>> = {
  REFRESH_TOKEN: "REFRESH_TOKEN_AUTH",
  ADMIN_NO_SRP_AUTH: "ADMIN_USER_PASSWORD_AUTH",
};
/** It needs AWS credentials and therefore belongs to AdminInitiateAuth. */
const ADMIN_FLOW = "ADMIN_USER_PASSWORD_AUTH";

/**
 * Begins the sign-in of a user.
 *
 * @throws AwsError `NotAuthorizedException`, `UserNotFoundException`, `InvalidParameterException`,
 *   `ResourceNotFoundException`, `UnsupportedOperationException`
 */
export async function initiateAuth(cognito: Cognito, request: InitiateAuthRequest): Promise<AuthResponse> {
  const { userPoolId, clientId } = request;
  const { pool, client } = cognito.userPoolClient(clientId, userPoolId);
  const flowName = FLOW_ALIASES[request.authFlow] ?? request.authFlow;
  if (flowName === ADMIN_FLOW && userPoolId === undefined)
    throw invalidParameter("Initiate Auth method not supported.");
  if (!allowsAuthFlow(client, flowName)) {
    const what = flowName === ADMIN_FLOW ? "Auth flow" : `${flowName} flow`;
    throw invalidParameter(`${what} not enabled for this client`);
  }
  const flow = FLOWS[flowName];
  if (!flow) {
    const offered = Object.keys(FLOWS).filter((name) => name !== ADMIN_FLOW);
    const message = `The emulator does not offer ${flowName}: use ${offered.join(" or ")}.`;
    throw new AwsError("UnsupportedOperationException", message);
  }
  return flow(pool, client, request.authParameters);
}

/** Choice-based sign-in (developer guide, authentication-flows-selection-sdk), with the password as the only choice. */
async function signInByChoice(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  if (parameters.PREFERRED_CHALLENGE === "PASSWORD") return signInWithPassword(pool, client, parameters);
  const username = required(parameters, "USERNAME");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  // A client that hides which users there are is given the choice for any name.
  findUser(pool, client, username);
  const session = pool.authSessions.open(client.clientId, username, "SELECT_CHALLENGE");
  return { challenge: { name: "SELECT_CHALLENGE", session, parameters: {}, available: ["PASSWORD"] } };
}

/** @throws AwsError `NotAuthorizedException`, `UserNotFoundException`, `UserNotConfirmedException` */
export async function signInWithPassword(
  pool: UserPool,
  client: UserPoolClient,
  parameters: Parameters,
): Promise<AuthResponse> {
  const username = required(parameters, "USERNAME");
  const password = required(parameters, "PASSWORD");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  const user = findUser(pool, client, username);
  if (!user || user.password !== password) throw incorrect();
  if (!user.isEnabled) throw new AwsError("NotAuthorizedException", "User is disabled.");
  if (user.status === "UNCONFIRMED") throw new AwsError("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "CONFIRMED") return { result: await signIn(pool, client, user) };
  if (pool.clock.now() >= (user.passwordExpiresAt ?? Infinity)) {
    throw new AwsError(
      "NotAuthorizedException",
      "Temporary password has expired and must be reset by an administrator.",
    );
  }
  return { challenge: askForNewPassword(pool, client, user) };
}

/** @throws AwsError `UserNotFoundException` unless the client hides which users there are */
function findUser(pool: UserPool, client: UserPoolClient, username: string): User | undefined {
  try {
    return pool.users.adminGetUser(username);
  } catch (error) {
    if (client.preventUserExistenceErrors && error instanceof AwsError) return undefined;
    throw error;
  }
}

function incorrect(): AwsError {
  return new AwsError("NotAuthorizedException", "Incorrect username or password.");
}

async function refresh(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  const session = pool.refreshTokens.redeem(required(parameters, "REFRESH_TOKEN"), client.clientId);
  verifySecretHash(client, session.username, parameters.SECRET_HASH);
  return { result: await refreshTokens(pool, client, session) };
}

/** New tokens of a sign-in that goes on. @throws AwsError `NotAuthorizedException` for a disabled user */
export async function refreshTokens(
  pool: UserPool,
  client: UserPoolClient,
  session: UserSession,
): Promise<AuthenticationResult> {
  const user = pool.users.adminGetUser(session.username);
  if (!user.isEnabled) throw new AwsError("NotAuthorizedException", "User is disabled.");
  return issueTokens(pool, client, user, session);
}

/** The tokens of a user who has just proved who he is. */
export async function signIn(pool: UserPool, client: UserPoolClient, user: User): Promise<AuthenticationResult> {
  const session = startSession(pool, user);
  const tokens = await issueTokens(pool, client, user, session);
  return { ...tokens, refreshToken: pool.refreshTokens.issue(client.clientId, session, client.refreshTokenValidity) };
}

async function issueTokens(pool: UserPool, client: UserPoolClient, user: User, session: UserSession) {
  return {
    accessToken: await userAccessToken(pool, client, user, session),
    idToken: await idToken(pool, client, user, session),
    expiresIn: client.accessTokenValidity,
  };
}

function askForNewPassword(pool: UserPool, client: UserPoolClient, user: User): AuthChallenge {
  return {
    name: "NEW_PASSWORD_REQUIRED",
    session: pool.authSessions.open(client.clientId, user.username, "NEW_PASSWORD_REQUIRED"),
    parameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: "[]",
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}

/** @throws AwsError `InvalidParameterException` */
export function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
