import { z } from "zod";
import type {
  ResourceServerDeclaration,
  UserPoolClientAttributes,
  UserPoolClientDeclaration,
  UserPoolAttributes,
  UserPoolDeclaration,
  UserPoolDomainDeclaration,
} from "../../../topology/model";
import { AwsError } from "../errors";
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
import { UserPool, type CognitoAccount } from "./user-pool";
import { createUserPoolClient, type UserPoolClient } from "./user-pool-client";

const USER_POOL = z.object({
  poolName: POOL_NAME,
  passwordPolicy: z.object({ minimumLength: integer(6, 99), temporaryPasswordValidityDays: integer(0, 365) }),
  usernameAttributes: z.array(oneOf(["phone_number", "email"])),
});
const USER_POOL_DOMAIN = z.object({ domain: DOMAIN, userPoolId: POOL_ID });
const RESOURCE_SERVER = z.object({
  userPoolId: POOL_ID,
  identifier: RESOURCE_SERVER_IDENTIFIER,
  name: RESOURCE_SERVER_NAME,
  scopes: listOf(z.object({ scopeName: RESOURCE_SERVER_SCOPE_NAME, scopeDescription: text(256, undefined, 1) }), 100),
});
const RESERVED_DOMAIN_WORDS = ["aws", "amazon", "cognito"];

/** Amazon Cognito user pools of one account and region. */
export class Cognito {
  readonly region: string;
  /** Called after a user was made or changed. */
  onUsersChanged?: () => void;
  private readonly pools = new Map<string, UserPool>();

  constructor(private readonly account: CognitoAccount) {
    this.region = account.region;
  }

  createUserPool(declaration: UserPoolDeclaration): UserPoolAttributes {
    check(USER_POOL, declaration);
    const pool = new UserPool(this.account, declaration, () => this.onUsersChanged?.());
    this.pools.set(pool.id, pool);
    return { userPoolId: pool.id, arn: pool.arn };
  }

  /** Gives the pool its token endpoint, `https://<domain>.auth.<region>.amazoncognito.com/oauth2/token`. */
  createUserPoolDomain(declaration: UserPoolDomainDeclaration): void {
    const { domain, userPoolId } = check(USER_POOL_DOMAIN, declaration);
    const reserved = RESERVED_DOMAIN_WORDS.find((word) => domain.includes(word));
    if (reserved) throw invalidParameter(`Domain cannot contain reserved word: ${reserved}`);
    const pool = this.userPool(userPoolId);
    if (pool.domain !== undefined) throw invalidParameter("User pool already has a domain configured.");
    const isTaken = [...this.pools.values()].some((other) => other.domain === domain);
    if (isTaken) throw invalidParameter("Domain already associated with another user pool.");
    pool.domain = domain;
  }

  createResourceServer(declaration: ResourceServerDeclaration): void {
    check(RESOURCE_SERVER, declaration);
    const { userPoolId, identifier } = declaration;
    const { resourceServers } = this.userPool(userPoolId);
    const isTaken = resourceServers.has(identifier);
    if (isTaken) throw invalidParameter(`${identifier} already exists in user pool ${userPoolId}.`);
    resourceServers.set(identifier, declaration);
  }

  createUserPoolClient(declaration: UserPoolClientDeclaration): UserPoolClientAttributes {
    const { clientId, clientSecret } = createUserPoolClient(this, declaration);
    return { clientId, ...(clientSecret !== undefined && { clientSecret }) };
  }

  /** In order of creation. */
  userPools(): readonly UserPool[] {
    return [...this.pools.values()];
  }

  /** @throws AwsError `ResourceNotFoundException` */
  userPool(userPoolId: string): UserPool {
    const pool = this.pools.get(userPoolId);
    if (!pool) throw new AwsError("ResourceNotFoundException", `User pool ${userPoolId} does not exist.`);
    return pool;
  }

  /** Makes the keys of every pool ahead of their first use, so that a boot can do it beside slower work. */
  async prepareKeys(): Promise<void> {
    await Promise.all([...this.pools.values()].map(({ keys }) => keys.prepare()));
  }

  /**
   * The client of any pool: the operations of users name no pool.
   *
   * @throws AwsError `ResourceNotFoundException`
   */
  userPoolClient(clientId: string): { pool: UserPool; client: UserPoolClient } {
    for (const pool of this.pools.values()) {
      const client = pool.clients.get(clientId);
      if (client) return { pool, client };
    }
    throw new AwsError("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
  }

  /** The pool behind a host such as `my-pool.auth.us-east-1.amazoncognito.com`; without a domain there is no host. */
  userPoolOfHost(host: string): UserPool | undefined {
    return [...this.pools.values()].find((pool) => pool.domain !== undefined && this.domainHost(pool.domain) === host);
  }

  domainHost(domain: string): string {
    return `${domain}.auth.${this.region}.amazoncognito.com`;
  }
}

function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}
