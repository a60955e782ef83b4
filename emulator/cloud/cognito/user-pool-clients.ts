import { z } from "zod";
import { MAX_CLIENT_SCOPES, REDIRECT_HOST_WITHOUT_TLS } from "../../../aws/cognito/limits";
import { STANDARD_SCOPES } from "../../../aws/cognito/scopes";
import type { UserPoolClientDeclaration } from "../../../topology/model";
import { listOf, oneOf } from "../constraints";
import { AwsError } from "../errors";
import { DIGITS, LOWER_CASE } from "../random";
import { check, CLIENT_NAME, POOL_ID, SCOPE } from "./constraints";
import type { UserPool } from "./user-pool";
import type { UserPoolClient, UserPoolClientSettings } from "./user-pool-client";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What a configured 0 means (API reference, CreateUserPoolClient). */
const DEFAULT_REFRESH_TOKEN_VALIDITY = 30 * DAY;

/** What a client may do whose configuration names no flow (API reference, CreateUserPoolClient). */
const DEFAULT_AUTH_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

export const AUTH_FLOWS = [
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_AUTH_FLOW_ONLY",
  "USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_AUTH",
] as const;
export const OAUTH_FLOWS = ["code", "implicit", "client_credentials"] as const;

const REQUEST = z.object({
  userPoolId: POOL_ID,
  clientName: CLIENT_NAME,
  explicitAuthFlows: z.array(oneOf(AUTH_FLOWS)),
  allowedOAuthFlows: listOf(oneOf(OAUTH_FLOWS), 3),
  allowedOAuthScopes: listOf(SCOPE, MAX_CLIENT_SCOPES),
});

/** @throws AwsError `InvalidParameterException` */
export function checkUserPoolClient(settings: Omit<UserPoolClientSettings, "generateSecret">): void {
  check(REQUEST, settings);
}

/** @throws AwsError `InvalidParameterException`, `InvalidOAuthFlowException`, `ScopeDoesNotExistException` */
export function createUserPoolClient(pool: UserPool, settings: UserPoolClientSettings): UserPoolClient {
  const now = pool.clock.now();
  const client: UserPoolClient = {
    ...validate(pool, settings),
    clientId: pool.random.text(26, DIGITS + LOWER_CASE),
    ...(settings.generateSecret && { clientSecret: pool.random.text(51, DIGITS + LOWER_CASE) }),
    createdAt: now,
    modifiedAt: now,
  };
  pool.clients.set(client.clientId, client);
  return client;
}

/** Replaces the configuration; whether there is a secret stays as it is. @throws AwsError as `createUserPoolClient` */
export function updateUserPoolClient(
  pool: UserPool,
  { clientId, generateSecret, clientSecret, createdAt }: UserPoolClient,
  settings: Omit<UserPoolClientSettings, "generateSecret">,
): UserPoolClient {
  const updated = validate(pool, { ...settings, generateSecret });
  const kept = { clientId, createdAt, ...(clientSecret !== undefined && { clientSecret }) };
  const changed: UserPoolClient = { ...updated, ...kept, modifiedAt: pool.clock.now() };
  pool.clients.set(clientId, changed);
  return changed;
}

function validate(pool: UserPool, settings: UserPoolClientSettings): UserPoolClientSettings {
  checkAuthFlows(settings);
  checkOAuthFlows(settings);
  checkScopes(pool, settings);
  checkRedirects(settings);
  checkRotation(settings);
  const complete = withDefaults(settings);
  checkTokenValidity(complete);
  return complete;
}

function withDefaults(declaration: UserPoolClientSettings): UserPoolClientSettings {
  const { explicitAuthFlows, refreshTokenValidity } = declaration;
  return {
    ...declaration,
    explicitAuthFlows: explicitAuthFlows.length === 0 ? DEFAULT_AUTH_FLOWS : explicitAuthFlows,
    refreshTokenValidity: refreshTokenValidity === 0 ? DEFAULT_REFRESH_TOKEN_VALIDITY : refreshTokenValidity,
  };
}

/** The service model says that a client cannot have both; the sentence is our own. */
function checkAuthFlows({ explicitAuthFlows }: UserPoolClientDeclaration): void {
  const legacy = explicitAuthFlows.filter((flow) => !flow.startsWith("ALLOW_"));
  if (legacy.length === 0 || legacy.length === explicitAuthFlows.length) return;
  const message = `ExplicitAuthFlows cannot have ${legacy.join(", ")} beside values that begin with ALLOW_.`;
  throw invalidParameter(message);
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
  const unknown = allowedOAuthScopes.find((scope) => !STANDARD_SCOPES.includes(scope) && !customScopes.has(scope));
  if (unknown !== undefined) throw new AwsError("ScopeDoesNotExistException", `Invalid scope requested: ${unknown}`);
}

/** API reference, CreateUserPoolClient; the first sentence is the service's, the others are our own. */
function checkRedirects({ callbackUrls = [], logoutUrls = [], defaultRedirectUri }: UserPoolClientDeclaration): void {
  for (const url of [...callbackUrls, ...logoutUrls]) {
    const location = URL.canParse(url) ? new URL(url) : undefined;
    if (!location) throw invalidParameter(`${url} is no absolute URL.`);
    if (location.protocol === "http:" && location.hostname !== REDIRECT_HOST_WITHOUT_TLS)
      throw invalidParameter(`${url} cannot use the HTTP protocol.`);
    if (url.includes("#")) throw invalidParameter(`${url} cannot have a fragment.`);
  }
  if (defaultRedirectUri !== undefined && !callbackUrls.includes(defaultRedirectUri))
    throw invalidParameter(`The default redirect URI ${defaultRedirectUri} is not among the callback URLs.`);
}

/** Developer guide, "amazon-cognito-user-pools-using-the-refresh-token"; the sentence is our own. */
function checkRotation({ refreshTokenRotation, explicitAuthFlows }: UserPoolClientDeclaration): void {
  if (refreshTokenRotation && explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH"))
    throw invalidParameter("Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.");
}

/** Access and ID tokens live 5 minutes to 1 day, refresh tokens 1 hour to 10 years (API reference). */
function checkTokenValidity(client: UserPoolClientDeclaration): void {
  const { accessTokenValidity, idTokenValidity, refreshTokenValidity } = client;
  const isInRange =
    [accessTokenValidity, idTokenValidity].every((seconds) => seconds >= 5 * MINUTE && seconds <= DAY) &&
    refreshTokenValidity >= HOUR &&
    refreshTokenValidity <= 3_650 * DAY &&
    Math.max(accessTokenValidity, idTokenValidity) <= refreshTokenValidity;
  if (!isInRange) throw invalidParameter("Invalid range for token validity.");
}

function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

function invalidFlow(message: string): AwsError {
  return new AwsError("InvalidOAuthFlowException", message);
}
