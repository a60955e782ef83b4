import type { HopRecorder } from "../../trace/hop-record";
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

/** What the token endpoint tells of its decisions. */
export type Checks = Pick<HopRecorder, "check">;

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
export async function grantToken(pool: UserPool, request: TokenRequest, hop: Checks): Promise<TokenResponse> {
  const { grantType } = request;
  const evidence = { expected: "client_credentials", actual: grantType ?? "none" };
  if (!hop.check("grant_type", grantType === "client_credentials", evidence)) {
    throw new OAuthError(grantType === undefined ? "invalid_request" : "unsupported_grant_type");
  }
  const client = authenticate(pool, request, hop);
  const enabled = {
    expected: "OAuth enabled for the client",
    actual: client.allowedOAuthFlowsUserPoolClient ? "enabled" : "disabled",
  };
  if (!hop.check("OAuth flows", client.allowedOAuthFlowsUserPoolClient, enabled)) throw new OAuthError("invalid_grant");
  const flows = { expected: "client_credentials", actual: client.allowedOAuthFlows.join(" ") || "none" };
  if (!hop.check("client_credentials flow", client.allowedOAuthFlows.includes("client_credentials"), flows)) {
    throw new OAuthError("unauthorized_client");
  }
  return {
    access_token: await machineAccessToken(pool, client, grantedScopes(client, request.scope, hop)),
    expires_in: client.accessTokenValidity,
    token_type: "Bearer",
  };
}

function authenticate(pool: UserPool, { clientId, clientSecret }: TokenRequest, hop: Checks): UserPoolClient {
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

/** The developer guide says that scopes which are not allowed are ignored; callers report a refusal, believed here. */
function grantedScopes(client: UserPoolClient, requested: string | undefined, hop: Checks): readonly string[] {
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
