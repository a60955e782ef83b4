import { challengeOf } from "../../../pkce";
import type { CheckName } from "../../../trace/fixes";
import { AwsError } from "../../errors";
import { OAuthError, type Checks } from "./oauth-error";
import type { Grant } from "../sessions/refresh-tokens";
import { refreshTokens, signIn, type AuthenticationResult, type TokenOptions } from "../sign-in/sign-in";
import { machineAccessToken, startSession } from "../tokens";
import type { UserPool } from "../user-pool";
import type { UserPoolClient } from "../user-pool-client";

/** How a client shows who it is, in a header or in the form. */
export interface ClientCredentials {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface TokenRequest extends ClientCredentials {
  readonly grantType?: string | undefined;
  /** Separated by spaces; every scope that the client may have when left out. */
  readonly scope?: string | undefined;
  readonly code?: string | undefined;
  readonly redirectUri?: string | undefined;
  readonly codeVerifier?: string | undefined;
  readonly refreshToken?: string | undefined;
}

export interface TokenResponse {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: "Bearer";
}

type GrantType = (
  pool: UserPool,
  client: UserPoolClient,
  request: TokenRequest,
  hop: Checks<"token endpoint">,
  options: TokenOptions,
) => Promise<TokenResponse>;

const GRANT_TYPES: Readonly<Record<string, GrantType>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  client_credentials: grantToClient,
};

/**
 * Exchanges an authorization code, a refresh token or a client's own credentials for tokens.
 *
 * @throws OAuthError
 */
export async function grantToken(
  pool: UserPool,
  request: TokenRequest,
  hop: Checks<"token endpoint">,
  options: TokenOptions = {},
): Promise<TokenResponse> {
  const { grantType } = request;
  const grant = Object.hasOwn(GRANT_TYPES, grantType ?? "") ? GRANT_TYPES[grantType ?? ""] : undefined;
  const evidence = { expected: Object.keys(GRANT_TYPES).join(", "), actual: grantType ?? "none" };
  if (!hop.check("grant_type", grant !== undefined, evidence) || !grant) {
    throw new OAuthError(grantType === undefined ? "invalid_request" : "unsupported_grant_type");
  }
  const client = authenticateClient(pool, request, hop);
  const enabled = {
    expected: "OAuth enabled for the client",
    actual: client.allowedOAuthFlowsUserPoolClient ? "enabled" : "disabled",
  };
  if (grant !== refresh && !hop.check("OAuth flows", client.allowedOAuthFlowsUserPoolClient, enabled)) {
    throw new OAuthError("invalid_grant");
  }
  return grant(pool, client, request, hop, options);
}

/** @throws OAuthError */
export function authenticateClient(
  pool: UserPool,
  { clientId, clientSecret }: ClientCredentials,
  hop: Checks<"token endpoint" | "revocation endpoint">,
): UserPoolClient {
  const client = pool.clients.get(clientId ?? "");
  const expected = `a client of ${pool.id}`;
  if (!hop.check("client", client !== undefined, { expected, actual: clientId ?? "none" }) || !client) {
    throw new OAuthError(clientId === undefined ? "invalid_request" : "invalid_client");
  }
  const isOwn = client.clientSecret === clientSecret;
  const presented = clientSecret === undefined ? "none" : "another secret";
  if (
    !hop.check("client secret", isOwn, { expected: "the client's own", actual: isOwn ? "the client's own" : presented })
  ) {
    throw new OAuthError("invalid_client");
  }
  return client;
}

/** A client gets an access token for itself. */
async function grantToClient(
  pool: UserPool,
  client: UserPoolClient,
  request: TokenRequest,
  hop: Checks<"token endpoint">,
): Promise<TokenResponse> {
  demandFlow(client, "client_credentials", hop);
  return {
    access_token: await machineAccessToken(pool, client, grantedScopes(client, request.scope, hop)),
    expires_in: client.accessTokenValidity,
    token_type: "Bearer",
  };
}

/** A URL of this machine as it is on AWS; whether it is the authorization's is looked at besides. */
function onAws(url: string | undefined): string | undefined {
  return url?.replace(/^http:\/\/[^/]+\/([^/]+\.[^/]+\/)/, "https://$1");
}

/** An app fetches the tokens of a user who has signed in at the hosted pages. */
async function redeemCode(
  pool: UserPool,
  client: UserPoolClient,
  { code, redirectUri, codeVerifier }: TokenRequest,
  hop: Checks<"token endpoint">,
  options: TokenOptions,
): Promise<TokenResponse> {
  demandFlow(client, "code", hop);
  demand(hop, "code", code !== undefined, "a code of the authorize endpoint", "none", "invalid_request");
  demand(hop, "redirect_uri", redirectUri !== undefined, "that of the authorization", "none", "invalid_request");
  const { callbackUrls = [] } = client;
  const isRegistered = [redirectUri, onAws(redirectUri)].some((url) => callbackUrls.includes(url ?? ""));
  demand(hop, "redirect_uri", isRegistered, "one of callback_urls", redirectUri, "unauthorized_client");
  const authorized = pool.authorizationCodes.redeem(code ?? "", client.clientId);
  demand(
    hop,
    "code",
    authorized !== undefined,
    "an unused code of this client, at most 5 minutes old",
    "another",
    "invalid_grant",
  );
  if (!authorized) throw new OAuthError("invalid_grant");
  const { request, authTime } = authorized;
  demand(hop, "redirect_uri", request.redirectUri === redirectUri, request.redirectUri, redirectUri, "invalid_grant");
  const isVerified = request.codeChallenge === undefined || request.codeChallenge === challengeOf(codeVerifier ?? "");
  const shown = codeVerifier === undefined ? "none" : "another";
  demand(hop, "code_verifier", isVerified, "the one that code_challenge was made of", shown, "invalid_grant");
  // Seen in the field (anthropics/claude-code#90190): the hosted pages issue such a code, and no token for it.
  demand(hop, "scope of the code", request.scopes !== undefined, "one or more", "none", "invalid_grant");
  const user = pool.users.find(authorized.user.sub);
  demand(hop, "user", user?.isEnabled ?? false, "a user who may sign in", "one deleted or disabled", "invalid_grant");
  if (!user) throw new OAuthError("invalid_grant");
  const { nonce, resource, scopes = [] } = request;
  const grant: Grant = { scopes, nonce, resource };
  return tokenResponse(await signIn(pool, client, user, startSession(pool, user, { grant, authTime }), options), grant);
}

async function refresh(
  pool: UserPool,
  client: UserPoolClient,
  { refreshToken }: TokenRequest,
  hop: Checks<"token endpoint">,
  options: TokenOptions,
): Promise<TokenResponse> {
  demand(hop, "refresh_token", refreshToken !== undefined, "a refresh token", "none", "invalid_request");
  try {
    const { session, ...tokens } = await refreshTokens(pool, client, refreshToken ?? "", options);
    return tokenResponse(tokens, session.grant);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    hop.check("refresh_token", false, { expected: "a refresh token of this client", actual: error.message });
    throw new OAuthError("invalid_grant");
  }
}

/** Without the scope `openid` there is no ID token. */
function tokenResponse(tokens: AuthenticationResult, grant?: Grant): TokenResponse {
  const isOpenId = grant?.scopes.includes("openid") ?? true;
  return {
    ...(isOpenId && { id_token: tokens.idToken }),
    access_token: tokens.accessToken,
    ...(tokens.refreshToken !== undefined && { refresh_token: tokens.refreshToken }),
    expires_in: tokens.expiresIn,
    token_type: "Bearer",
  };
}

function demandFlow(
  { allowedOAuthFlows }: UserPoolClient,
  flow: "code" | "client_credentials",
  hop: Checks<"token endpoint">,
): void {
  const actual = allowedOAuthFlows.join(" ") || "none";
  demand(hop, `${flow} flow`, allowedOAuthFlows.includes(flow), flow, actual, "unauthorized_client");
}

/** @param actual what there is where the check fails. @throws OAuthError */
function demand(
  hop: Checks<"token endpoint">,
  check: CheckName<"token endpoint">,
  passed: boolean,
  expected: string,
  actual: string | undefined,
  code: OAuthError["code"],
): void {
  if (!hop.check(check, passed, passed ? {} : { expected, actual: actual ?? "none" })) throw new OAuthError(code);
}

/** The developer guide says that scopes which are not allowed are ignored; callers report a refusal, believed here. */
function grantedScopes(
  client: UserPoolClient,
  requested: string | undefined,
  hop: Checks<"token endpoint">,
): readonly string[] {
  const { allowedOAuthScopes } = client;
  const scopes = [...new Set(requested?.split(" ").filter((scope) => scope !== ""))];
  const areAllowed = scopes.every((scope) => allowedOAuthScopes.includes(scope));
  const evidence = {
    expected: allowedOAuthScopes.join(" "),
    actual: scopes.join(" ") || "all that the client may have",
  };
  if (!hop.check("scope", areAllowed, evidence)) throw new OAuthError("invalid_scope");
  return scopes.length === 0 ? allowedOAuthScopes : scopes;
}
