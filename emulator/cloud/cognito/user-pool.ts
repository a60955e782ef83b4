import { domainHost, issuerUrl } from "../../../aws/cognito/endpoints";
import { epochSeconds, type Clock } from "../../clock";
import type { ResourceServerDeclaration, UserPoolDeclaration } from "../../../topology";
import { DIGITS, LOWER_CASE, UPPER_CASE, Random } from "../random";
import { AuthorizationCodes } from "./sessions/authorization-codes";
import { AuthSessions } from "./sessions/auth-sessions";
import { ConfirmationCodes } from "./users/confirmation-codes";
import { Groups } from "./users/groups";
import { HostedSessions } from "./sessions/hosted-sessions";
import { IdentityProviders } from "./identity-providers";
import { PoolKeys } from "./keys";
import { declaredMfa, type PoolMfa } from "./pool-mfa";
import { RefreshTokens } from "./sessions/refresh-tokens";
import { SoftwareTokens } from "./users/software-tokens";
import { SrpHandshakes } from "./srp/srp-handshakes";
import type { UserPoolClient } from "./user-pool-client";
import { Users } from "./users/users";

export interface CognitoAccount {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** What the service keeps of a pool beside the declaration. */
export interface UserPoolSettings extends UserPoolDeclaration {
  /** Members of the API that have no effect here, given back as they came. */
  readonly inert?: Readonly<Record<string, unknown>>;
  readonly isDeletionProtected?: boolean;
  /** Attributes by which users sign in, too, once they are verified. @default - none */
  readonly aliasAttributes?: readonly string[] | undefined;
}

/** What a pool tells its account. */
export interface PoolEvents {
  readonly onUsersChanged: () => void;
  /** Takes what AWS would send to users by mail or as a text message. */
  readonly deliver: (message: string) => void;
}

/** A user pool with everything it holds. */
export class UserPool {
  readonly id: string;
  readonly region: string;
  declaration: UserPoolSettings;
  readonly arn: string;
  /** The issuer of its tokens: always AWS's own URL, wherever the emulator is reached. */
  readonly issuer: string;
  mfa: PoolMfa;
  /** The prefix of its domain, or the whole of a custom one, once it has one. */
  domain?: string;
  /** Where the domain is one of the user's own. */
  customDomain?: { readonly certificateArn: string };
  /** Passkeys, in the API's words. Kept without effect. */
  webAuthn?: object;
  /** Of its pages: 1 are the classic ones. Kept without effect. */
  loginVersion = 1;
  readonly resourceServers = new Map<string, ResourceServerDeclaration>();
  readonly clients = new Map<string, UserPoolClient>();
  readonly identityProviders: IdentityProviders;
  /** How the hosted pages look, by client, in the API's words. */
  readonly appearances = new Map<string, Readonly<Record<string, unknown>>>();
  /** What threat protection does, by client, in the API's words. */
  readonly risks = new Map<string, object>();
  readonly users: Users;
  readonly groups: Groups;
  readonly confirmationCodes: ConfirmationCodes;
  readonly authSessions: AuthSessions;
  readonly srpHandshakes: SrpHandshakes;
  readonly softwareTokens: SoftwareTokens;
  readonly refreshTokens: RefreshTokens;
  readonly authorizationCodes: AuthorizationCodes;
  readonly hostedSessions: HostedSessions;
  readonly keys: PoolKeys;
  readonly deliver: PoolEvents["deliver"];
  readonly random: Random;
  /** Of tokens, sessions and users: they outlive the emulator, and no later start from the same seed may make them again. */
  readonly tokenRandom = new Random();
  readonly clock: Clock;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  updatedAt: number;

  /** @param id of a pool that exists already, and tells its region. @default - a new one */
  constructor(
    account: CognitoAccount,
    declaration: UserPoolSettings,
    { onUsersChanged, deliver }: PoolEvents,
    id?: string,
  ) {
    this.clock = account.clock;
    this.createdAt = this.clock.now();
    this.updatedAt = this.createdAt;
    this.declaration = declaration;
    this.deliver = deliver;
    this.mfa = declaration.mfa ? declaredMfa(declaration.mfa) : { MfaConfiguration: "OFF" };
    this.random = account.random.fork(declaration.poolName);
    this.id = id ?? `${account.region}_${this.random.text(9, DIGITS + LOWER_CASE + UPPER_CASE)}`;
    const [region = account.region] = this.id.split("_");
    this.region = region;
    this.arn = `arn:aws:cognito-idp:${region}:${account.accountId}:userpool/${this.id}`;
    this.issuer = issuerUrl(region, this.id);
    this.users = new Users(this, this.clock, this.tokenRandom, onUsersChanged);
    this.groups = new Groups(this.clock, onUsersChanged);
    this.identityProviders = new IdentityProviders(this.clock);
    this.confirmationCodes = new ConfirmationCodes(this.clock, this.random);
    this.authSessions = new AuthSessions(this.clock, this.tokenRandom);
    this.srpHandshakes = new SrpHandshakes(this.clock);
    this.softwareTokens = new SoftwareTokens(this.clock, this.tokenRandom);
    this.refreshTokens = new RefreshTokens(this.clock, this.tokenRandom);
    this.authorizationCodes = new AuthorizationCodes(this.clock, this.tokenRandom);
    this.hostedSessions = new HostedSessions(this.clock, this.tokenRandom);
    this.keys = new PoolKeys(account.random.fork(this.id));
  }

  /** The part of its id after the underscore: that by which passwords are salted. */
  get shortName(): string {
    return this.id.slice(this.id.indexOf("_") + 1);
  }

  now(): number {
    return epochSeconds(this.clock);
  }

  /** The host of its domain, such as `my-pool.auth.us-east-1.amazoncognito.com`; without a domain there is none. */
  get host(): string | undefined {
    if (this.domain === undefined || this.customDomain) return this.domain;
    return domainHost(this.domain, this.region);
  }

  /** Every scope that the pool's resource servers define, as `<identifier>/<name>`. */
  customScopes(): Set<string> {
    const servers = [...this.resourceServers.values()];
    return new Set(
      servers.flatMap(({ identifier, scopes }) => scopes.map(({ scopeName }) => `${identifier}/${scopeName}`)),
    );
  }
}
