/**
 * Which bearer tokens an inbound authorizer accepts. Every list that is given must match; at least one must be given.
 */
export interface CustomJwtOptions {
  /**
   * URL of the issuer's OpenID discovery document; ends in `/.well-known/openid-configuration`. Tokens must be signed
   * with its keys, carry its issuer and not be expired.
   */
  readonly discoveryUrl: string;

  /**
   * Accepted values of the claim `client_id`, at least one when given.
   * @default - every client of the issuer; then allowedAudience is required
   */
  readonly allowedClients?: readonly string[];

  /**
   * Accepted values of the claim `aud`, at least one when given. Cognito access tokens carry none, so with them every
   * call would be refused: use allowedClients.
   * @default - every audience; then allowedClients is required
   */
  readonly allowedAudience?: readonly string[];
}
