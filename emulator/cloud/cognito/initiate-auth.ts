import { AwsError } from "../errors";
import type { Cognito } from "./cognito";
import { verifySecretHash } from "./secret-hash";
import { idToken, startSession, userAccessToken, type UserSession } from "./tokens";
import type { UserPool } from "./user-pool";
import { allowsAuthFlow, type UserPoolClient } from "./user-pool-client";
import type { User } from "./users";

export interface InitiateAuthRequest {
  readonly authFlow: string;
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
  readonly name: "NEW_PASSWORD_REQUIRED";
  readonly session: string;
  readonly parameters: Parameters;
}

export type Parameters = Readonly<Record<string, string>>;
type AuthFlow = (pool: UserPool, client: UserPoolClient, parameters: Parameters) => Promise<AuthResponse>;

const FLOWS: Readonly<Record<string, AuthFlow>> = {
  USER_PASSWORD_AUTH: signInWithPassword,
  REFRESH_TOKEN_AUTH: refresh,
};
/** Two names of the same flow. */
const FLOW_ALIASES: Readonly<Record<string, string>> = { REFRESH_TOKEN: "REFRESH_TOKEN_AUTH" };
/** They need AWS credentials and therefore belong to AdminInitiateAuth. */
const ADMIN_FLOWS = ["ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"];

/**
 * Begins the sign-in of a user.
 *
 * @throws AwsError `NotAuthorizedException`, `UserNotFoundException`, `InvalidParameterException`,
 *   `ResourceNotFoundException`, `UnsupportedOperationException`
 */
export async function initiateAuth(cognito: Cognito, request: InitiateAuthRequest): Promise<AuthResponse> {
  const { pool, client } = cognito.userPoolClient(request.clientId);
  const flowName = FLOW_ALIASES[request.authFlow] ?? request.authFlow;
  if (ADMIN_FLOWS.includes(flowName)) throw invalidParameter("Initiate Auth method not supported.");
  if (!allowsAuthFlow(client, flowName)) throw invalidParameter(`${flowName} flow not enabled for this client`);
  const flow = FLOWS[flowName];
  if (!flow) {
    const offered = Object.keys(FLOWS).join(" or ");
    throw new AwsError("UnsupportedOperationException", `The emulator does not offer ${flowName}: use ${offered}.`);
  }
  return flow(pool, client, request.authParameters);
}

async function signInWithPassword(
  pool: UserPool,
  client: UserPoolClient,
  parameters: Parameters,
): Promise<AuthResponse> {
  const username = required(parameters, "USERNAME");
  const password = required(parameters, "PASSWORD");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  const user = pool.users.adminGetUser(username);
  if (user.password !== password) throw new AwsError("NotAuthorizedException", "Incorrect username or password.");
  if (user.status === "CONFIRMED") return { result: await signIn(pool, client, user) };
  if (pool.clock.now() >= (user.passwordExpiresAt ?? Infinity)) {
    throw new AwsError(
      "NotAuthorizedException",
      "Temporary password has expired and must be reset by an administrator.",
    );
  }
  return { challenge: askForNewPassword(pool, client, user) };
}

async function refresh(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  const session = pool.refreshTokens.redeem(required(parameters, "REFRESH_TOKEN"), client.clientId);
  verifySecretHash(client, session.username, parameters.SECRET_HASH);
  return { result: await issueTokens(pool, client, pool.users.adminGetUser(session.username), session) };
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
