import { epochSeconds, type Clock } from "../clock";
import type { ResourceServerDeclaration, UserPoolDeclaration } from "../../../topology/model";
import { DIGITS, LOWER_CASE, UPPER_CASE, type Random } from "../random";
import { AuthSessions } from "./auth-sessions";
import { PoolKeys } from "./keys";
import { RefreshTokens } from "./refresh-tokens";
import type { UserPoolClient } from "./user-pool-client";
import { Users } from "./users";

export interface CognitoAccount {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** A user pool with everything it holds. */
export class UserPool {
  readonly id: string;
  readonly declaration: UserPoolDeclaration;
  readonly arn: string;
  /** The issuer of its tokens: always AWS's own URL, wherever the emulator is reached. */
  readonly issuer: string;
  /** The prefix of its domain, once it has one. */
  domain?: string;
  readonly resourceServers = new Map<string, ResourceServerDeclaration>();
  readonly clients = new Map<string, UserPoolClient>();
  readonly users: Users;
  readonly authSessions: AuthSessions;
  readonly refreshTokens: RefreshTokens;
  readonly keys: PoolKeys;
  readonly random: Random;
  readonly clock: Clock;

  constructor(account: CognitoAccount, declaration: UserPoolDeclaration, onUsersChanged?: () => void) {
    this.clock = account.clock;
    this.declaration = declaration;
    this.random = account.random.fork(declaration.poolName);
    this.id = `${account.region}_${this.random.text(9, DIGITS + LOWER_CASE + UPPER_CASE)}`;
    this.arn = `arn:aws:cognito-idp:${account.region}:${account.accountId}:userpool/${this.id}`;
    this.issuer = `https://cognito-idp.${account.region}.amazonaws.com/${this.id}`;
    this.users = new Users(declaration, this.clock, this.random, onUsersChanged);
    this.authSessions = new AuthSessions(this.clock, this.random);
    this.refreshTokens = new RefreshTokens(this.clock, this.random);
    this.keys = new PoolKeys(this.random);
  }

  now(): number {
    return epochSeconds(this.clock);
  }

  /** Every scope that the pool's resource servers define, as `<identifier>/<name>`. */
  customScopes(): Set<string> {
    const servers = [...this.resourceServers.values()];
    return new Set(
      servers.flatMap(({ identifier, scopes }) => scopes.map(({ scopeName }) => `${identifier}/${scopeName}`)),
    );
  }
}
