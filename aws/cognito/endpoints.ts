// aws/cognito/: what Amazon Cognito takes and gives: names, limits, passwords, scopes, tokens.
import { apiHost, apiHostPattern } from "../hosts";

/** Cognito's name in hosts, ARNs and signatures. */
export const SERVICE = "cognito-idp";

/** The issuer of a pool's tokens, wherever they are fetched. */
export function issuerUrl(region: string, userPoolId: string): string {
  return `https://${apiHost(SERVICE, region)}/${userPoolId}`;
}

/** In patterns: what `issuerUrl` makes, before the pool. Its group is the region. @param region - what it may be */
export function issuerHostPattern(region?: string): string {
  return apiHostPattern(SERVICE, region);
}

/** Below the issuer: the keys of a pool's tokens. */
export const JWKS_PATH = "/.well-known/jwks.json";

/** The domain prefix that Cognito's console proposes: the pool's id in lower case, without its line. */
export function defaultDomain(userPoolId: string): string {
  return userPoolId.replace("_", "").toLowerCase();
}

/** Where the pool of a domain prefix issues tokens. */
export function domainHost(domain: string, region: string): string {
  return `${domain}.auth.${region}.amazoncognito.com`;
}

/** In patterns: what `domainHost` makes. Its group is the domain prefix. */
export const DOMAIN_HOST_PATTERN = "([a-z0-9-]+)\\.auth\\.[a-z0-9-]+\\.amazoncognito\\.com";

/** Below the domain of a pool: developer guide, "cognito-userpools-server-contract-reference". */
export const AUTHORIZE_PATH = "/oauth2/authorize";
export const TOKEN_PATH = "/oauth2/token";
export const REVOKE_PATH = "/oauth2/revoke";
export const USER_INFO_PATH = "/oauth2/userInfo";
