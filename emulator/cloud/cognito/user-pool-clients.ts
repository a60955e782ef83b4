import { defaultSeconds } from "../../../aws/cognito/validity";
import { z } from "zod";
import { MAX_CLIENT_SCOPES } from "../../../aws/cognito/limits";
import { redirectFault } from "../../../aws/cognito/redirects";
import { validityFault } from "../../../aws/cognito/validity";
import { AUTH_FLOWS, OAUTH_FLOWS } from "../../../aws/cognito/flows";
import { STANDARD_SCOPES } from "../../../aws/cognito/scopes";
import type { UserPoolClientDeclaration } from "../../../topology";
import { listOf, oneOf } from "../constraints";
import { DIGITS, LOWER_CASE } from "../random";
import { timesNow } from "../times";
import { CLIENT_NAME, POOL_ID, SCOPE } from "./constraints";
import {
  authFlowsMixed,
  clientCredentialsBesideOthers,
  clientCredentialsWithoutSecret,
  oauthIncomplete,
  redirectDefaultUnknown,
  redirectUrl,
  rotationWithRefreshFlow,
  scopeUnknown,
  tokenValidity,
} from "./errors";
import type { UserPool } from "./user-pool";
import type { UserPoolClient, UserPoolClientSettings } from "./user-pool-client";

/** What a configured 0 means, in seconds (API reference, CreateUserPoolClient). */
const DEFAULT_REFRESH_TOKEN_VALIDITY = defaultSeconds("refresh_token");

/** What a client may do whose configuration names no flow (API reference, CreateUserPoolClient). */
const DEFAULT_AUTH_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

export const REQUEST = z.object({
  userPoolId: POOL_ID,
  clientName: CLIENT_NAME,
  explicitAuthFlows: z.array(oneOf(AUTH_FLOWS)),
  allowedOAuthFlows: listOf(oneOf(OAUTH_FLOWS), 3),
  allowedOAuthScopes: listOf(SCOPE, MAX_CLIENT_SCOPES),
});

/** @throws AwsError `InvalidParameterException`, `InvalidOAuthFlowException`, `ScopeDoesNotExistException` */
export function createUserPoolClient(pool: UserPool, settings: UserPoolClientSettings): UserPoolClient {
  const client: UserPoolClient = {
    ...validate(pool, settings),
    clientId: pool.random.text(26, DIGITS + LOWER_CASE),
    ...(settings.generateSecret && { clientSecret: pool.random.text(51, DIGITS + LOWER_CASE) }),
    ...timesNow(pool.clock),
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
  const changed: UserPoolClient = { ...updated, ...kept, updatedAt: pool.clock.now() };
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
  const { explicitAuthFlows, refreshTokenValidity, refreshTokenRotation } = declaration;
  // With rotation the flow is refused where it is asked for, and no default either.
  const defaults = DEFAULT_AUTH_FLOWS.filter((flow) => !refreshTokenRotation || flow !== "ALLOW_REFRESH_TOKEN_AUTH");
  return {
    ...declaration,
    explicitAuthFlows: explicitAuthFlows.length === 0 ? defaults : explicitAuthFlows,
    refreshTokenValidity: refreshTokenValidity === 0 ? DEFAULT_REFRESH_TOKEN_VALIDITY : refreshTokenValidity,
  };
}

function checkAuthFlows({ explicitAuthFlows }: UserPoolClientDeclaration): void {
  const legacy = explicitAuthFlows.filter((flow) => !flow.startsWith("ALLOW_"));
  if (legacy.length === 0 || legacy.length === explicitAuthFlows.length) return;
  throw authFlowsMixed(legacy);
}

function checkOAuthFlows(client: UserPoolClientDeclaration): void {
  const { allowedOAuthFlows, allowedOAuthScopes, allowedOAuthFlowsUserPoolClient, generateSecret } = client;
  if (allowedOAuthFlowsUserPoolClient && (allowedOAuthFlows.length === 0 || allowedOAuthScopes.length === 0)) {
    throw oauthIncomplete();
  }
  if (!allowedOAuthFlows.includes("client_credentials")) return;
  if (allowedOAuthFlows.length > 1) throw clientCredentialsBesideOthers();
  if (!generateSecret) throw clientCredentialsWithoutSecret();
}

function checkScopes(pool: UserPool, { allowedOAuthScopes }: UserPoolClientDeclaration): void {
  const customScopes = pool.customScopes();
  const unknown = allowedOAuthScopes.find((scope) => !STANDARD_SCOPES.includes(scope) && !customScopes.has(scope));
  if (unknown !== undefined) throw scopeUnknown(unknown);
}

/** API reference, CreateUserPoolClient; the first sentence is the service's, the others are our own. */
function checkRedirects({ callbackUrls = [], logoutUrls = [], defaultRedirectUri }: UserPoolClientDeclaration): void {
  for (const url of [...callbackUrls, ...logoutUrls]) {
    const fault = redirectFault(url);
    if (fault !== undefined) throw redirectUrl(url, fault);
  }
  if (defaultRedirectUri !== undefined && !callbackUrls.includes(defaultRedirectUri)) {
    throw redirectDefaultUnknown(defaultRedirectUri);
  }
}

/** Developer guide, "amazon-cognito-user-pools-using-the-refresh-token"; the sentence is our own. */
function checkRotation({ refreshTokenRotation, explicitAuthFlows }: UserPoolClientDeclaration): void {
  if (refreshTokenRotation && explicitAuthFlows.includes("ALLOW_REFRESH_TOKEN_AUTH")) {
    throw rotationWithRefreshFlow();
  }
}

/** Access and ID tokens live 5 minutes to 1 day, refresh tokens 1 hour to 10 years (API reference). */
function checkTokenValidity(client: UserPoolClientDeclaration): void {
  const { accessTokenValidity, idTokenValidity, refreshTokenValidity } = client;
  const tokens = { access: accessTokenValidity, id: idTokenValidity, refresh: refreshTokenValidity };
  if (validityFault(tokens) !== undefined) throw tokenValidity();
}
