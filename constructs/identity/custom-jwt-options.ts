import type { PrivateEndpoint, PrivateEndpointOverride } from "../network/private-endpoint";
import type { CustomClaim } from "./custom-claim";

/**
 * Which bearer tokens an inbound authorizer accepts. Every list that is given must match; allowedClients,
 * allowedAudience, allowedScopes or customClaims must be given.
 */
export interface CustomJwtOptions {
  /**
   * URL of the issuer's OpenID discovery document; ends in `/.well-known/openid-configuration`. Tokens must be signed
   * with its keys, carry its issuer and not be expired.
   */
  readonly discoveryUrl: string;

  /**
   * Accepted values of the claim `client_id`, at least one when given. Cognito's access tokens have it; those of Auth0,
   * Entra and Okta call it otherwise: use allowedAudience there.
   * @default - every client of the issuer
   */
  readonly allowedClients?: readonly string[];

  /**
   * Accepted values of the claim `aud`, at least one when given. Cognito access tokens carry none, so with them every
   * call would be refused: use allowedClients.
   * @default - every audience
   */
  readonly allowedAudience?: readonly string[];

  /**
   * Accepted scopes (claim `scope`, for Entra `scp`), at least one when given. Needs AWS provider 6.40.
   * @default - every scope
   */
  readonly allowedScopes?: readonly string[];

  /**
   * Further claims that a token must have, all of them. Needs AWS provider 6.40.
   * @default - none
   */
  readonly customClaims?: readonly CustomClaim[];

  /**
   * How AgentCore reaches an issuer that only a VPC knows. Needs AWS provider 6.66.
   * @default - over the internet
   */
  readonly privateEndpoint?: PrivateEndpoint;

  /**
   * Other ways for single domains, such as that of the keys. Needs AWS provider 6.66.
   * @default - the issuer's way
   */
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[];
}
