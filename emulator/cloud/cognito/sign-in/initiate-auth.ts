import { admit, respond } from "./admission";
import type { Cognito } from "../cognito";
import { flowNotOffered, invalidParameter } from "../errors";
import { verifySecretHash } from "./secret-hash";
import { findUser, incorrectPassword, refreshTokens, required, type AuthResponse, type Parameters } from "./sign-in";
import { beginSrp } from "./srp-sign-in";
import type { UserPool } from "../user-pool";
import { allowsAuthFlow, type UserPoolClient } from "../user-pool-client";

export interface InitiateAuthRequest {
  readonly authFlow: string;
  /** Given by AdminInitiateAuth alone. */
  readonly userPoolId?: string;
  readonly clientId: string;
  readonly authParameters: Parameters;
}

type AuthFlow = (pool: UserPool, client: UserPoolClient, parameters: Parameters) => Promise<AuthResponse>;

const FLOWS: Readonly<Record<string, AuthFlow>> = {
  USER_PASSWORD_AUTH: signInWithPassword,
  USER_SRP_AUTH: beginSrp,
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
  if (flowName === ADMIN_FLOW && userPoolId === undefined) {
    throw invalidParameter("Initiate Auth method not supported.");
  }
  if (!allowsAuthFlow(client, flowName)) {
    const what = flowName === ADMIN_FLOW ? "Auth flow" : `${flowName} flow`;
    throw invalidParameter(`${what} not enabled for this client`);
  }
  const flow = FLOWS[flowName];
  if (!flow) {
    const offered = Object.keys(FLOWS).filter((name) => name !== ADMIN_FLOW);
    throw flowNotOffered(flowName, offered);
  }
  return flow(pool, client, request.authParameters);
}

/** What choice-based sign-in lets a user choose from: the password, told or proved. */
export const CHOICES: ReadonlyMap<string, AuthFlow> = new Map([
  ["PASSWORD", signInWithPassword],
  ["PASSWORD_SRP", beginSrp],
]);

/** Choice-based sign-in: developer guide, "authentication-flows-selection-sdk". */
async function signInByChoice(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  const preferred = CHOICES.get(parameters.PREFERRED_CHALLENGE ?? "");
  if (preferred) return preferred(pool, client, parameters);
  const username = required(parameters, "USERNAME");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  // A client that hides which users there are is given the choice for any name.
  findUser(pool, client, username);
  const session = pool.authSessions.open(client, username, "SELECT_CHALLENGE");
  return { challenge: { name: "SELECT_CHALLENGE", session, parameters: {}, available: [...CHOICES.keys()] } };
}

/** @throws AwsError `NotAuthorizedException`, `UserNotFoundException`, `UserNotConfirmedException` */
async function signInWithPassword(
  pool: UserPool,
  client: UserPoolClient,
  parameters: Parameters,
): Promise<AuthResponse> {
  const username = required(parameters, "USERNAME");
  const password = required(parameters, "PASSWORD");
  verifySecretHash(client, username, parameters.SECRET_HASH);
  const user = findUser(pool, client, username);
  if (!pool.users.hasPassword(user, password)) throw incorrectPassword();
  return respond(pool, client, admit(pool, client, user));
}

async function refresh(pool: UserPool, client: UserPoolClient, parameters: Parameters): Promise<AuthResponse> {
  const token = required(parameters, "REFRESH_TOKEN");
  verifySecretHash(client, pool.refreshTokens.redeem(token, client.clientId).username, parameters.SECRET_HASH);
  return { result: await refreshTokens(pool, client, token) };
}
