// emulator/cloud/cognito/: user pools: users, clients, tokens, sign-in.

import { z } from "zod";
import { PASSWORD_LENGTH, RESOURCE_SERVER_SCOPES, TEMPORARY_PASSWORD_DAYS } from "../../../aws/cognito/limits";
import { reservedWordIn } from "../../../aws/cognito/names";
import { CONTACTS } from "../../../aws/cognito/user-attributes";
import type {
  ResourceServerDeclaration,
  UserPoolAttributes,
  UserPoolClientAttributes,
  UserPoolDomainDeclaration,
} from "../../../topology";
import { integer, listOf, oneOf, text } from "../constraints";
import {
  check,
  DOMAIN,
  POOL_ID,
  POOL_NAME,
  RESOURCE_SERVER_IDENTIFIER,
  RESOURCE_SERVER_NAME,
  RESOURCE_SERVER_SCOPE_NAME,
} from "./constraints";
import {
  domainReservedWord,
  domainSecond,
  domainTaken,
  invalidParameter,
  notFound,
  resourceServerTaken,
  userPoolUnknown,
} from "./errors";
import { UserPool, type CognitoAccount, type PoolEvents, type UserPoolSettings } from "./user-pool";
import type { UserPoolClient, UserPoolClientSettings } from "./user-pool-client";
import { createUserPoolClient, REQUEST, updateUserPoolClient } from "./user-pool-clients";

export const USER_POOL = z.object({
  poolName: POOL_NAME,
  passwordPolicy: z.object({
    minimumLength: integer(PASSWORD_LENGTH.shortest, PASSWORD_LENGTH.longest),
    temporaryPasswordValidityDays: integer(0, TEMPORARY_PASSWORD_DAYS.longest),
  }),
  usernameAttributes: z.array(oneOf(CONTACTS)),
});
export const USER_POOL_DOMAIN = z.object({ domain: DOMAIN, userPoolId: POOL_ID });
export const RESOURCE_SERVER = z.object({
  userPoolId: POOL_ID,
  identifier: RESOURCE_SERVER_IDENTIFIER,
  name: RESOURCE_SERVER_NAME,
  scopes: listOf(
    z.object({
      scopeName: RESOURCE_SERVER_SCOPE_NAME,
      scopeDescription: text(RESOURCE_SERVER_SCOPES.descriptionLength, undefined, 1),
    }),
    RESOURCE_SERVER_SCOPES.count,
  ),
});

/** Amazon Cognito user pools of one account and region. */
export class Cognito {
  readonly region: string;
  /** Called after a user, or who is in a group, has changed. */
  onUsersChanged?: () => void;
  private readonly events: PoolEvents;
  private readonly pools = new Map<string, UserPool>();

  /** @param deliver takes what AWS would send to users by mail or as a text message. @default - it is dropped */
  constructor(
    private readonly account: CognitoAccount,
    deliver: (message: string) => void = () => undefined,
  ) {
    this.region = account.region;
    this.events = { onUsersChanged: () => this.onUsersChanged?.(), deliver };
  }

  createUserPool(settings: UserPoolSettings): UserPoolAttributes {
    check(USER_POOL, settings);
    const pool = new UserPool(this.account, settings, this.events);
    this.pools.set(pool.id, pool);
    this.noteTriggers(settings);
    return { userPoolId: pool.id, arn: pool.arn };
  }

  /** A pool that exists already under this id, of this region or another. */
  adoptUserPool(userPoolId: string, settings: UserPoolSettings): UserPool {
    const pool = new UserPool(this.account, settings, this.events, userPoolId);
    this.pools.set(pool.id, pool);
    return pool;
  }

  /** Replaces the configuration. @throws AwsError `InvalidParameterException`, `ResourceNotFoundException` */
  updateUserPool(userPoolId: string, settings: UserPoolSettings): void {
    check(USER_POOL, settings);
    const pool = this.userPool(userPoolId);
    pool.declaration = settings;
    pool.updatedAt = pool.clock.now();
    this.noteTriggers(settings);
  }

  /** @throws AwsError `InvalidParameterException` for a pool with a domain or a protected one */
  deleteUserPool(userPoolId: string): void {
    const { declaration, domain } = this.userPool(userPoolId);
    if (declaration.isDeletionProtected) {
      const remedy = "Deletion protection must be inactivated first.";
      throw invalidParameter(`The user pool cannot be deleted because deletion protection is activated. ${remedy}`);
    }
    if (domain !== undefined) {
      throw invalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.");
    }
    this.pools.delete(userPoolId);
  }

  /** Gives the pool its token endpoint, `https://<domain>.auth.<region>.amazoncognito.com/oauth2/token`. */
  createUserPoolDomain(declaration: UserPoolDomainDeclaration, custom?: UserPool["customDomain"]): void {
    const { domain, userPoolId } = custom ? declaration : check(USER_POOL_DOMAIN, declaration);
    const reserved = custom ? undefined : reservedWordIn(domain);
    if (reserved) throw domainReservedWord(reserved);
    const pool = this.userPool(userPoolId);
    if (pool.domain !== undefined) throw domainSecond();
    const isTaken = this.userPools().some((other) => other.domain === domain);
    if (isTaken) throw domainTaken();
    pool.domain = domain;
    pool.customDomain = custom;
  }

  /** @throws AwsError `InvalidParameterException`, `ResourceNotFoundException` */
  deleteUserPoolDomain(declaration: UserPoolDomainDeclaration): void {
    const { domain, userPoolId } = declaration;
    const pool = this.userPool(userPoolId);
    if (pool.domain !== domain) throw invalidParameter("No such domain or user pool exists.");
    pool.domain = undefined;
    pool.customDomain = undefined;
  }

  createResourceServer(declaration: ResourceServerDeclaration): void {
    check(RESOURCE_SERVER, declaration);
    const { userPoolId, identifier } = declaration;
    const { resourceServers } = this.userPool(userPoolId);
    const isTaken = resourceServers.has(identifier);
    if (isTaken) throw resourceServerTaken(identifier, userPoolId);
    resourceServers.set(identifier, declaration);
  }

  /** @throws AwsError `InvalidParameterException`, `ResourceNotFoundException` */
  updateResourceServer(declaration: ResourceServerDeclaration): void {
    check(RESOURCE_SERVER, declaration);
    const { userPoolId, identifier } = this.resourceServer(declaration.userPoolId, declaration.identifier);
    this.userPool(userPoolId).resourceServers.set(identifier, declaration);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  deleteResourceServer(userPoolId: string, identifier: string): void {
    this.resourceServer(userPoolId, identifier);
    this.userPool(userPoolId).resourceServers.delete(identifier);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  resourceServer(userPoolId: string, identifier: string): ResourceServerDeclaration {
    const server = this.userPool(userPoolId).resourceServers.get(identifier);
    if (!server) throw notFound(`Resource server ${identifier} does not exist.`);
    return server;
  }

  /**
   * @throws AwsError `InvalidParameterException`, `InvalidOAuthFlowException`, `ScopeDoesNotExistException`,
   *   `ResourceNotFoundException`
   */
  createUserPoolClient(settings: UserPoolClientSettings): UserPoolClientAttributes {
    check(REQUEST, settings);
    const { clientId, clientSecret } = createUserPoolClient(this.userPool(settings.userPoolId), settings);
    return { clientId, ...(clientSecret !== undefined && { clientSecret }) };
  }

  /** Replaces the configuration; whether there is a secret stays as it is. @throws AwsError as `createUserPoolClient` */
  updateUserPoolClient(clientId: string, settings: Omit<UserPoolClientSettings, "generateSecret">): UserPoolClient {
    check(REQUEST, settings);
    const { pool, client } = this.userPoolClient(clientId, settings.userPoolId);
    return updateUserPoolClient(pool, client, settings);
  }

  /** In order of creation. */
  userPools(): readonly UserPool[] {
    return [...this.pools.values()];
  }

  /** @throws AwsError `ResourceNotFoundException` */
  userPool(userPoolId: string): UserPool {
    const pool = this.pools.get(userPoolId);
    if (!pool) throw userPoolUnknown(userPoolId);
    return pool;
  }

  /**
   * @param userPoolId the pool that it has to be of; the operations of users name none
   * @throws AwsError `ResourceNotFoundException`
   */
  userPoolClient(clientId: string, userPoolId?: string): { pool: UserPool; client: UserPoolClient } {
    const pools = userPoolId === undefined ? this.userPools() : [this.userPool(userPoolId)];
    for (const pool of pools) {
      const client = pool.clients.get(clientId);
      if (client) return { pool, client };
    }
    throw notFound(`User pool client ${clientId} does not exist.`);
  }

  findUserPoolByIssuer(issuer: string | undefined): UserPool | undefined {
    return this.userPools().find((pool) => pool.issuer === issuer);
  }

  /** The pool behind the host of its domain. */
  userPoolOfHost(host: string): UserPool | undefined {
    return this.userPools().find((pool) => pool.host === host);
  }

  private noteTriggers({ poolName, inert }: UserPoolSettings): void {
    const triggers = Object.keys((inert?.["LambdaConfig"] as object | undefined) ?? {});
    if (triggers.length === 0) return;
    this.events.deliver(`The triggers of the user pool ${poolName} are kept, and not run: ${triggers.join(", ")}.`);
  }
}
