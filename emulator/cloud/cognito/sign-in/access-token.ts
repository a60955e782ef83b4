// emulator/cloud/cognito/sign-in/: the flows of the API by which people sign in, and up.

import { decodeJwt, errors, importJWK, jwtVerify, type JWTPayload } from "jose";

import { SELF_SERVICE_SCOPE } from "../../../../aws/cognito/scopes";
import type { Cognito } from "../cognito";
import { notAuthorized } from "../errors";
import type { UserPool } from "../user-pool";
import type { User } from "../users/users";

/**
 * The user who shows an access token to the API, as its self-service operations take it.
 *
 * @throws AwsError `NotAuthorizedException`, `UserNotFoundException`
 */
export async function userOfAccessToken(cognito: Cognito, token: string): Promise<{ pool: UserPool; user: User }> {
  const pool = cognito.findUserPoolByIssuer(issuerOf(token));
  if (!pool) throw notAuthorized("Invalid Access Token");
  const { user, scopes } = await verifyAccessToken(pool, token);
  if (!scopes.includes(SELF_SERVICE_SCOPE)) throw notAuthorized("Access Token does not have required scopes");
  return { pool, user };
}

/** @throws AwsError `NotAuthorizedException`, `UserNotFoundException` */
export async function verifyAccessToken(
  pool: UserPool,
  token: string,
): Promise<{ user: User; scopes: readonly string[] }> {
  const claims = await verify(pool, token);
  if (claims["token_use"] !== "access" || claims.sub === undefined) throw notAuthorized("Invalid Access Token");
  if (pool.refreshTokens.isRevoked(String(claims["origin_jti"]))) throw notAuthorized("Access Token has been revoked");
  return { user: pool.users.adminGetUser(claims.sub), scopes: String(claims["scope"]).split(" ") };
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

async function verify(pool: UserPool, token: string): Promise<JWTPayload> {
  const key = await importJWK(pool.keys.access.publicJwk, "RS256");
  try {
    const options = { issuer: pool.issuer, algorithms: ["RS256"], currentDate: new Date(pool.clock.now()) };
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw notAuthorized("Access Token has expired");
    if (error instanceof errors.JOSEError) throw notAuthorized("Invalid Access Token");
    throw error;
  }
}
