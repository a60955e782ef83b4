import { z } from "zod";
import type { UserPoolClientDeclaration } from "../../../topology/model";
import { AwsError } from "../errors";
import { DIGITS, LOWER_CASE } from "../random";
import type { Cognito } from "./cognito";
import { listOf, oneOf } from "../constraints";
import { check, CLIENT_NAME, POOL_ID, SCOPE } from "./constraints";
import { SIGN_IN_SCOPE } from "./tokens";
import type { UserPool } from "./user-pool";

/** An app client of a user pool. */
export interface UserPoolClient extends UserPoolClientDeclaration {
  readonly clientId: string;
  readonly clientSecret?: string;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What a configured 0 means (API reference, CreateUserPoolClient). */
const DEFAULT_REFRESH_TOKEN_VALIDITY = 30 * DAY;

const STANDARD_SCOPES = new Set(["phone", "email", "openid", "profile", SIGN_IN_SCOPE]);

/** What a client may do whose configuration names no flow (API reference, CreateUserPoolClient). */
const DEFAULT_AUTH_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

const REQUEST = z.object({
  userPoolId: POOL_ID,
  clientName: CLIENT_NAME,
  explicitAuthFlows: z.array(
    oneOf([
      "ADMIN_NO_SRP_AUTH",
      "CUSTOM_AUTH_FLOW_ONLY",
      "USER_PASSWORD_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_CUSTOM_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_USER_AUTH",
    ]),
  ),
  allowedOAuthFlows: listOf(oneOf(["code", "implicit", "client_credentials"]), 3),
  allowedOAuthScopes: listOf(SCOPE, 50),
});

/**
 * @throws AwsError `InvalidParameterException`, `InvalidOAuthFlowException`, `ScopeDoesNotExistException`,
 *   `ResourceNotFoundException`
 */
export function createUserPoolClient(cognito: Cognito, declaration: UserPoolClientDeclaration): UserPoolClient {
  check(REQUEST, declaration);
  const pool = cognito.userPool(declaration.userPoolId);
  checkOAuthFlows(declaration);
  checkScopes(pool, declaration);
  const client = {
    ...withDefaults(declaration),
    clientId: pool.random.text(26, DIGITS + LOWER_CASE),
    ...(declaration.generateSecret && { clientSecret: pool.random.text(51, DIGITS + LOWER_CASE) }),
  };
  checkTokenValidity(client);
  pool.clients.set(client.clientId, client);
  return client;
}

function withDefaults(declaration: UserPoolClientDeclaration): UserPoolClientDeclaration {
  const { explicitAuthFlows, refreshTokenValidity } = declaration;
  return {
    ...declaration,
    explicitAuthFlows: explicitAuthFlows.length === 0 ? DEFAULT_AUTH_FLOWS : explicitAuthFlows,
    refreshTokenValidity: refreshTokenValidity === 0 ? DEFAULT_REFRESH_TOKEN_VALIDITY : refreshTokenValidity,
  };
}

/** Whether the client may sign users in with a flow such as `USER_PASSWORD_AUTH`. */
export function allowsAuthFlow({ explicitAuthFlows }: UserPoolClient, flow: string): boolean {
  if (explicitAuthFlows.includes(`ALLOW_${flow}`) || explicitAuthFlows.includes(flow)) return true;
  const hasLegacyNames = explicitAuthFlows.every((name) => !name.startsWith("ALLOW_"));
  return flow === "REFRESH_TOKEN_AUTH" && hasLegacyNames;
}

function checkOAuthFlows(client: UserPoolClientDeclaration): void {
  const { allowedOAuthFlows, allowedOAuthScopes, allowedOAuthFlowsUserPoolClient, generateSecret } = client;
  if (allowedOAuthFlowsUserPoolClient && (allowedOAuthFlows.length === 0 || allowedOAuthScopes.length === 0)) {
    throw invalidFlow(
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  }
  if (!allowedOAuthFlows.includes("client_credentials")) return;
  if (allowedOAuthFlows.length > 1) {
    throw invalidFlow("client_credentials flow can not be selected along with code flow or implicit flow.");
  }
  if (!generateSecret) {
    throw invalidFlow("client_credentials flow can not be selected if client does not have a client secret.");
  }
}

function checkScopes(pool: UserPool, { allowedOAuthScopes }: UserPoolClientDeclaration): void {
  const customScopes = pool.customScopes();
  const unknown = allowedOAuthScopes.find((scope) => !STANDARD_SCOPES.has(scope) && !customScopes.has(scope));
  if (unknown !== undefined) throw new AwsError("ScopeDoesNotExistException", `Invalid scope requested: ${unknown}`);
}

/** Access and ID tokens live 5 minutes to 1 day, refresh tokens 1 hour to 10 years (API reference). */
function checkTokenValidity(client: UserPoolClientDeclaration): void {
  const { accessTokenValidity, idTokenValidity, refreshTokenValidity } = client;
  const isInRange =
    [accessTokenValidity, idTokenValidity].every((seconds) => seconds >= 5 * MINUTE && seconds <= DAY) &&
    refreshTokenValidity >= HOUR &&
    refreshTokenValidity <= 3_650 * DAY &&
    Math.max(accessTokenValidity, idTokenValidity) <= refreshTokenValidity;
  if (!isInRange) throw new AwsError("InvalidParameterException", "Invalid range for token validity.");
}

function invalidFlow(message: string): AwsError {
  return new AwsError("InvalidOAuthFlowException", message);
}
