import { createHash } from "node:crypto";

import { SignJWT, type JWTPayload } from "jose";
import { SELF_SERVICE_SCOPE } from "../../../aws/cognito/scopes";
import type { SigningKey } from "./keys";
import type { UserSession } from "./sessions/refresh-tokens";
import { opens } from "./scopes";
import type { UserPoolClient } from "./user-pool-client";
import type { UserPool } from "./user-pool";
import type { User } from "./users/users";

const BOOLEAN_ATTRIBUTES = new Set(["email_verified", "phone_number_verified"]);

export function startSession(
  pool: UserPool,
  user: User,
  hosted: Pick<UserSession, "grant"> & { readonly authTime?: number } = {},
): UserSession {
  return {
    username: user.username,
    sub: user.sub,
    authTime: pool.now(),
    originJti: pool.tokenRandom.uuid(),
    eventId: pool.tokenRandom.uuid(),
    ...hosted,
  };
}

/**
 * The access token of a user. Of one who signed in over the API it has only the scope for self-service, whatever scopes
 * the client may use. The claim `version` comes with the token endpoint alone.
 */
export async function userAccessToken(pool: UserPool, client: UserPoolClient, user: User, session: UserSession) {
  return sign(pool.keys.access, {
    sub: user.sub,
    ...groupClaims(pool, user),
    iss: pool.issuer,
    ...(session.grant && { version: 2 }),
    ...(session.grant?.resource !== undefined && { aud: session.grant.resource }),
    client_id: client.clientId,
    origin_jti: session.originJti,
    event_id: session.eventId,
    token_use: "access",
    scope: session.grant?.scopes.join(" ") ?? SELF_SERVICE_SCOPE,
    auth_time: session.authTime,
    ...lifetime(pool, client.accessTokenValidity),
    jti: pool.tokenRandom.uuid(),
    username: user.username,
  });
}

/**
 * @param accessToken the one that it is issued with
 * @param issuer @default - the pool's own
 */
export async function idToken(
  pool: UserPool,
  client: UserPoolClient,
  user: User,
  session: UserSession,
  { accessToken, issuer = pool.issuer }: { readonly accessToken: string; readonly issuer?: string | undefined },
) {
  const { grant } = session;
  return sign(pool.keys.id, {
    ...(grant && { at_hash: halfHash(accessToken) }),
    sub: user.sub,
    ...groupClaims(pool, user),
    ...attributeClaims(user, grant?.scopes),
    iss: issuer,
    ...(grant?.nonce !== undefined && { nonce: grant.nonce }),
    "cognito:username": user.username,
    origin_jti: session.originJti,
    aud: client.clientId,
    event_id: session.eventId,
    token_use: "id",
    auth_time: session.authTime,
    ...lifetime(pool, client.idTokenValidity),
    jti: pool.tokenRandom.uuid(),
  });
}

/** The access token of a client that speaks for itself: no user, and the client id is the subject. */
export async function machineAccessToken(pool: UserPool, client: UserPoolClient, scopes: readonly string[]) {
  return sign(pool.keys.access, {
    sub: client.clientId,
    token_use: "access",
    scope: scopes.join(" "),
    auth_time: pool.now(),
    iss: pool.issuer,
    ...lifetime(pool, client.accessTokenValidity),
    version: 2,
    jti: pool.tokenRandom.uuid(),
    client_id: client.clientId,
  });
}

function lifetime(pool: UserPool, validity: number) {
  const iat = pool.now();
  return { exp: iat + validity, iat };
}

function groupClaims(pool: UserPool, user: User): JWTPayload {
  const names = pool.groups.of(user).map(({ groupName }) => groupName);
  return names.length === 0 ? {} : { "cognito:groups": names };
}

/** @param scopes that say which; all of them without */
function attributeClaims(user: User, scopes: readonly string[] = ["openid"]): JWTPayload {
  const claims = [...user.attributes]
    .filter(([name]) => opens(scopes, name))
    .map(([name, value]) => [name, BOOLEAN_ATTRIBUTES.has(name) ? value === "true" : value]);
  return Object.fromEntries(claims) as JWTPayload;
}

/** `at_hash`: OpenID Connect Core 1.0, section 3.1.3.6. */
function halfHash(accessToken: string): string {
  return createHash("sha256").update(accessToken).digest().subarray(0, 16).toString("base64url");
}

/** Cognito's header has these two members and no `typ`. */
function sign({ kid, privateKey }: SigningKey, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid, alg: "RS256" }).sign(privateKey);
}
