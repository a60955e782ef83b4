import { SignJWT, type JWTPayload } from "jose";
import { SELF_SERVICE_SCOPE } from "../../../aws/cognito/scopes";
import type { SigningKey } from "./keys";
import type { UserSession } from "./refresh-tokens";
import type { UserPoolClient } from "./user-pool-client";
import type { UserPool } from "./user-pool";
import type { User } from "./users";

const BOOLEAN_ATTRIBUTES = new Set(["email_verified", "phone_number_verified"]);

export function startSession(pool: UserPool, user: User): UserSession {
  return {
    username: user.username,
    sub: user.sub,
    authTime: pool.now(),
    originJti: pool.tokenRandom.uuid(),
    eventId: pool.tokenRandom.uuid(),
  };
}

/**
 * The access token of a user who signed in over the API: whatever scopes the client may use, it has only the one for
 * self-service. The claim `version` comes with the token endpoint alone.
 */
export async function userAccessToken(pool: UserPool, client: UserPoolClient, user: User, session: UserSession) {
  return sign(await pool.keys.access(), {
    sub: user.sub,
    ...groupClaims(pool, user),
    iss: pool.issuer,
    client_id: client.clientId,
    origin_jti: session.originJti,
    event_id: session.eventId,
    token_use: "access",
    scope: SELF_SERVICE_SCOPE,
    auth_time: session.authTime,
    ...lifetime(pool, client.accessTokenValidity),
    jti: pool.tokenRandom.uuid(),
    username: user.username,
  });
}

export async function idToken(pool: UserPool, client: UserPoolClient, user: User, session: UserSession) {
  return sign(await pool.keys.id(), {
    sub: user.sub,
    ...groupClaims(pool, user),
    ...attributeClaims(user),
    iss: pool.issuer,
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
  return sign(await pool.keys.access(), {
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

function attributeClaims(user: User): JWTPayload {
  const claims = [...user.attributes].map(([name, value]) => [
    name,
    BOOLEAN_ATTRIBUTES.has(name) ? value === "true" : value,
  ]);
  return Object.fromEntries(claims) as JWTPayload;
}

/** Cognito's header has these two members and no `typ`. */
function sign({ kid, privateKey }: SigningKey, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid, alg: "RS256" }).sign(privateKey);
}
