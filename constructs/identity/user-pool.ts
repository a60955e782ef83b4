/** A Cognito user pool and one of its app clients: what an inbound authorizer must know to accept their tokens. */
export interface IUserPool {
  /** For example `us-east-1_AbCdEfGhI`. */
  readonly userPoolId: string;
  /** The app client whose tokens count. */
  readonly clientId: string;
  /** The URL of the pool's OpenID discovery document. */
  readonly discoveryUrl: string;
}
