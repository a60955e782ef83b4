import type { ITerraformDependable } from "cdktf";

/** What a machine needs to fetch tokens of a user pool with the client credentials grant. */
export interface MachineClient {
  /** Sensitive. */
  readonly clientSecret: string;
  /** Full names of the scopes that the client may ask for, `<resource server identifier>/<scope name>`. */
  readonly scopes: readonly string[];
  /**
   * The pool's domain, which issues the tokens, when this program makes it.
   * @default - it exists already
   */
  readonly domain?: ITerraformDependable;
}

/** A Cognito user pool and its app clients: what an inbound authorizer must know to accept their tokens. */
export interface IUserPool {
  /** For example `us-east-1_AbCdEfGhI`. */
  readonly userPoolId: string;
  /** The app client whose tokens count. */
  readonly clientId: string;
  /**
   * All app clients whose tokens count.
   * @default - clientId alone
   */
  readonly clientIds?: readonly string[];
  /** The URL of the pool's OpenID discovery document. */
  readonly discoveryUrl: string;
  /**
   * How the app client fetches tokens for itself.
   * @default - it does not: it signs users in
   */
  readonly machineClient?: MachineClient;
}
