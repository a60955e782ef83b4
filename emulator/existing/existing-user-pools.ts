import { defaultSeconds } from "../../aws/cognito/validity";
import { defaultDomain, DOMAIN_HOST_PATTERN, issuerHostPattern, issuerUrl } from "../../aws/cognito/endpoints";
import { DEFAULT_PASSWORD_POLICY } from "../../aws/cognito/password-policy";
import { SELF_SERVICE_SCOPE, STANDARD_SCOPES } from "../../aws/cognito/scopes";
import type { CustomJwtAuthorizer, OAuth2CredentialProviderDeclaration } from "../../topology";
import type { Cognito } from "../cloud/cognito/cognito";
import type { UserPool } from "../cloud/cognito/user-pool";
import { AUTH_FLOWS } from "../../aws/cognito/flows";
import type { UserPoolClient } from "../cloud/cognito/user-pool-client";
import { timesNow } from "../cloud/times";
import type { Existing } from "./existing";

/** `https://cognito-idp.REGION.amazonaws.com/POOL`, with what follows it in a discovery URL. */
const ISSUER = new RegExp(`^https://${issuerHostPattern()}/(\\1_[0-9a-zA-Z]+)(/|$)`);
const DOMAIN_URL = new RegExp(`^https://${DOMAIN_HOST_PATTERN}/`);

/** Where the examples of the commands come back to after a sign-in in the browser. */
const CALLBACK_URL = "http://localhost:8976/callback";

const LIFETIMES = {
  accessTokenValidity: defaultSeconds("access_token"),
  idTokenValidity: defaultSeconds("id_token"),
  refreshTokenValidity: defaultSeconds("refresh_token"),
};

/** User pools that exist outside of the stack, with the clients and scopes that the stack names. */
export class ExistingUserPools {
  /** Those that were made here: no other is changed. */
  private readonly pools = new Set<UserPool>();

  constructor(
    private readonly cognito: Cognito,
    private readonly existing: Existing,
  ) {}

  /** @returns the pool, where it was made here */
  pool(userPoolId: string): UserPool | undefined {
    const found = this.cognito.userPools().find(({ id }) => id === userPoolId);
    if (found) return this.pools.has(found) ? found : undefined;
    if (!ISSUER.test(issuerUrl(userPoolId.split("_")[0] ?? "", userPoolId))) return undefined;
    const pool = this.cognito.adoptUserPool(userPoolId, {
      poolName: userPoolId,
      passwordPolicy: DEFAULT_PASSWORD_POLICY,
      usernameAttributes: [],
      autoVerifiedAttributes: [],
      allowAdminCreateUserOnly: false,
    });
    pool.domain = defaultDomain(userPoolId);
    this.pools.add(pool);
    this.existing.notice(
      `The user pool ${userPoolId} is none of the stack's: it is taken for one that exists, without users.`,
    );
    return pool;
  }

  /** The pool behind an issuer or its discovery URL, where it was made here. */
  poolOfUrl(url: string | undefined): UserPool | undefined {
    const [, , userPoolId] = ISSUER.exec(url ?? "") ?? [];
    return userPoolId === undefined ? undefined : this.pool(userPoolId);
  }

  /** Whom a gateway lets in signs in as a user. */
  usersOf({ discoveryUrl, allowedClients = [] }: CustomJwtAuthorizer): void {
    const pool = this.poolOfUrl(discoveryUrl);
    for (const clientId of pool ? allowedClients : []) {
      if (!pool || pool.clients.has(clientId)) continue;
      this.put(pool, clientId, {
        explicitAuthFlows: AUTH_FLOWS.filter((flow) => flow.startsWith("ALLOW_")),
        allowedOAuthFlows: ["code"],
        allowedOAuthScopes: STANDARD_SCOPES.filter((scope) => scope !== SELF_SERVICE_SCOPE),
        callbackUrls: [CALLBACK_URL],
      });
      this.existing.notice(`The client ${clientId} of ${pool.id} is taken for one that signs users in.`);
    }
  }

  /** A credential provider speaks for itself, with the client's own secret. */
  machineOf(provider: OAuth2CredentialProviderDeclaration): void {
    const { discoveryUrl, authorizationServerMetadata: metadata, clientId, clientSecret } = provider;
    const pool = this.poolOfUrl(discoveryUrl ?? metadata?.issuer);
    if (!pool) return;
    const [, domain] = DOMAIN_URL.exec(metadata?.tokenEndpoint ?? "") ?? [];
    pool.domain = domain ?? pool.domain;
    if (pool.clients.get(clientId)?.clientSecret !== undefined) return;
    this.put(pool, clientId, { clientSecret, allowedOAuthFlows: ["client_credentials"] });
    this.existing.notice(`The client ${clientId} of ${pool.id} is taken for one that has the given secret.`);
  }

  /** What a target asks for, the client may have. */
  scopesOf(provider: OAuth2CredentialProviderDeclaration, scopes: readonly string[]): void {
    const pool = this.poolOfUrl(provider.discoveryUrl ?? provider.authorizationServerMetadata?.issuer);
    const client = pool?.clients.get(provider.clientId);
    if (!pool || !client) return;
    this.defineScopes(pool, scopes);
    const allowedOAuthScopes = [...new Set([...client.allowedOAuthScopes, ...scopes])];
    pool.clients.set(client.clientId, { ...client, allowedOAuthScopes });
  }

  /** The scopes that a client of the stack has of a pool that is not: of resource servers that exist, too. */
  scopesOfPool(userPoolId: string, scopes: readonly string[]): void {
    const pool = this.pool(userPoolId);
    if (pool) this.defineScopes(pool, scopes);
  }

  /** The stack declares the resource server after all. */
  withoutResourceServer(userPoolId: string, identifier: string): void {
    this.pool(userPoolId)?.resourceServers.delete(identifier);
  }

  /** The stack declares a domain after all. */
  withoutDomain(userPoolId: string): void {
    const pool = this.pool(userPoolId);
    if (pool) pool.domain = undefined;
  }

  private defineScopes(pool: UserPool, scopes: readonly string[]): void {
    const known = pool.customScopes();
    for (const scope of scopes.filter((each) => !known.has(each) && !STANDARD_SCOPES.includes(each))) {
      const [, identifier, scopeName] = /^(.+)\/([^/]+)$/.exec(scope) ?? [];
      if (identifier === undefined || scopeName === undefined) continue;
      const earlier = pool.resourceServers.get(identifier)?.scopes ?? [];
      const added = [...earlier, { scopeName, scopeDescription: scopeName }];
      pool.resourceServers.set(identifier, { userPoolId: pool.id, identifier, name: identifier, scopes: added });
    }
  }

  private put(pool: UserPool, clientId: string, settings: Partial<UserPoolClient>): void {
    pool.clients.set(clientId, {
      userPoolId: pool.id,
      clientId,
      clientName: clientId,
      generateSecret: settings.clientSecret !== undefined,
      explicitAuthFlows: [],
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: [],
      allowedOAuthScopes: [],
      ...LIFETIMES,
      ...timesNow(pool.clock),
      ...settings,
    });
  }
}
