// aws/cognito/: what Amazon Cognito takes and gives: names, limits, passwords, scopes, tokens.
import { apiHost } from "../hosts";

/** Cognito's name in hosts, ARNs and signatures. */
export const SERVICE = "cognito-idp";

/** The issuer of a pool's tokens, wherever they are fetched. */
export function issuerUrl(region: string, userPoolId: string): string {
  return `https://${apiHost(SERVICE, region)}/${userPoolId}`;
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
