import { machineAccessToken } from "./tokens";
import type { UserPool } from "./user-pool";
import type { UserPoolClient } from "./user-pool-client";

/** RFC 6749 section 5.2, as far as the Cognito developer guide (token-endpoint) and reports from the field have it. */
export type OAuthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type";

/** A refusal of the token endpoint. Cognito says no more than the code. */
export class OAuthError extends Error {
  /** Cognito answers 400 even where RFC 6749 has 401. */
  readonly status = 400;

  constructor(readonly code: OAuthErrorCode) {
    super(code);
    this.name = "OAuthError";
  }
}

export interface TokenRequest {
  readonly grantType?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Separated by spaces; every scope that the client may have when left out. */
  readonly scope?: string;
}

export interface TokenResponse {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: "Bearer";
}

/**
 * The client credentials grant: a client gets an access token for itself.
 *
 * @throws OAuthError
 */
export async function grantToken(pool: UserPool, request: TokenRequest): Promise<TokenResponse> {
  if (request.grantType === undefined || request.clientId === undefined) throw new OAuthError("invalid_request");
  if (request.grantType !== "client_credentials") throw new OAuthError("unsupported_grant_type");
  const client = authenticate(pool, request.clientId, request.clientSecret);
  if (!client.allowedOAuthFlowsUserPoolClient) throw new OAuthError("invalid_grant");
  if (!client.allowedOAuthFlows.includes("client_credentials")) throw new OAuthError("unauthorized_client");
  return {
    access_token: await machineAccessToken(pool, client, grantedScopes(client, request.scope)),
    expires_in: client.accessTokenValidity,
    token_type: "Bearer",
  };
}

function authenticate(pool: UserPool, clientId: string, clientSecret: string | undefined): UserPoolClient {
  const client = pool.clients.get(clientId);
  if (!client || client.clientSecret !== clientSecret) throw new OAuthError("invalid_client");
  return client;
}

/** The developer guide says that scopes which are not allowed are ignored; callers report a refusal, believed here. */
function grantedScopes(client: UserPoolClient, requested: string | undefined): readonly string[] {
  const scopes = [...new Set(requested?.split(" ").filter((scope) => scope !== ""))];
  if (scopes.length === 0) return client.allowedOAuthScopes;
  if (!scopes.every((scope) => client.allowedOAuthScopes.includes(scope))) throw new OAuthError("invalid_scope");
  return scopes;
}
