import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { TOKEN_PATH } from "../../aws/cognito/endpoints";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { addCheck, reportProblems } from "../private/checks";
import { cognitoDiscoveryUrl } from "../private/cognito";
import { derivedName, nameProblems, USER_POOL_NAME } from "../private/names";
import { missingScopes } from "../private/problems/authorization";
import { userPoolWithoutClient } from "../private/problems/identity";
import { nonEmptyTags, tagProblems } from "../private/tags";
import { ImportedUserPool, type UserPoolAttributes } from "./imported-user-pool";
import { type MachineClientOptions, MachineUserPoolClient } from "./machine-client";
import { createPublicClient, type PublicClientOptions, type PublicUserPoolClient } from "./public-client";
import {
  createResourceServer,
  type ResourceServerOptions,
  resourceServerProblems,
  type ResourceServerScope,
  scopeNameIn,
  TOOL_SCOPES,
  unknownScopeProblems,
} from "./resource-server";
import type { UserTokenOptions } from "./token-validity";
import type { IUserPool } from "./user-pool";
import {
  createUserPoolDomain,
  domainProblems,
  type UserPoolDomain,
  type UserPoolDomainOptions,
} from "./user-pool-domain";
import { securityArguments, securityProblems, type UserPoolSecurityOptions } from "./user-pool-security";
import { UserSignIn } from "./user-sign-in";

/** What an InboundUserPool is made with. */
export interface InboundUserPoolProps extends UserPoolSecurityOptions, UserPoolDomainOptions, UserTokenOptions {
  /**
   * 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`.
   * @default - derived from the construct's path
   */
  readonly userPoolName?: string;

  /**
   * Name of the app client for people, 1 to 128 characters, as in the pool's name.
   * @default - the pool's name and `-client`
   */
  readonly userPoolClientName?: string;

  /**
   * Whether people may create their own accounts. Every user of the pool may call the gateway, and the client id is
   * no secret, so with `true` the whole internet may.
   * @default false
   */
  readonly selfSignUpEnabled?: boolean;

  /**
   * The ways in which people get tokens of the pool's first app client. An empty list makes none: for machines alone.
   * @default - UserSignIn.password() alone
   */
  readonly signIn?: readonly UserSignIn[];

  /**
   * Identifier of the Cognito resource server: the prefix of the pool's own scopes. 1 to 256 visible ASCII characters.
   * @default "mcp-gateway"
   */
  readonly resourceServerIdentifier?: string;

  /**
   * The scopes that machines, and people in a browser, may ask for besides those of OpenID: 1 to 50.
   * @default - tools.read, tools.write and tools.execute
   */
  readonly scopes?: readonly ResourceServerScope[];
}

/**
 * The Cognito user pool of those who call a gateway: people, who sign in, and machines, each an app client with a secret.
 * Whoever gets a token of one of its app clients may call the gateways that take the pool.
 *
 * @example
 * const callers = new InboundUserPool(this, "callers", {
 *   signIn: [UserSignIn.authorizationCode({ callbackUrls: McpClientRedirectUrls.CLAUDE })],
 * });
 * const ci = callers.addMachineClient("ci", { scopes: ["tools.read"] });
 */
export class InboundUserPool extends Construct implements IUserPool {
  /** A user pool that something else made, with its app clients. */
  public static fromUserPoolAttributes(scope: Construct, id: string, attributes: UserPoolAttributes): IUserPool {
    const { userPoolId, clientId, clientIds } = attributes;
    return new ImportedUserPool(scope, id, { userPoolId, clientId, clientIds });
  }

  public readonly userPoolId: string;
  /** ARN of the pool. */
  public readonly userPoolArn: string;
  /** The first app client: that of people, or else the first machine's. */
  public readonly clientId: string;
  /** Every app client, also of those that are added later. */
  public readonly clientIds: readonly string[];
  public readonly discoveryUrl: string;
  private readonly userPoolName: string;
  private readonly resourceServerOptions: ResourceServerOptions;
  private readonly domainOptions: UserPoolDomainOptions;
  private readonly ids: string[] = [];
  private domain: UserPoolDomain | undefined;
  private fullScopes: ReadonlyMap<string, string> | undefined;

  public constructor(scope: Construct, id: string, props: InboundUserPoolProps = {}) {
    super(scope, id);
    const name = props.userPoolName ?? derivedName(this, { separator: "-", maxLength: 100 });
    const { resourceServerIdentifier = "mcp-gateway", scopes = TOOL_SCOPES, domainPrefix, customDomain } = props;
    this.userPoolName = name;
    this.resourceServerOptions = { resourceServerIdentifier, scopes };
    this.domainOptions = { domainPrefix, customDomain };
    reportProblems(this, [
      ...nameProblems(USER_POOL_NAME, name),
      ...resourceServerProblems(this.resourceServerOptions),
      ...domainProblems(props),
      ...securityProblems(props),
      ...tagProblems(props.tags),
    ]);
    addCheck(this, () => (this.ids.length === 0 ? [userPoolWithoutClient()] : []));

    const userPool = this.createUserPool(props);
    this.userPoolId = userPool.id;
    this.userPoolArn = userPool.arn;
    this.discoveryUrl = cognitoDiscoveryUrl(AwsEnvironment.of(this).region, userPool.id);
    if (domainPrefix !== undefined || customDomain) {
      this.domain = createUserPoolDomain(this, this.userPoolId, this.domainOptions);
    }
    const { signIn = [UserSignIn.password()], userPoolClientName = `${name}-client` } = props;
    if (signIn.length > 0) this.createClient("Client", { ...props, signIn, userPoolClientName });
    this.clientId = this.ids[0] ?? Lazy.stringValue({ produce: () => this.ids[0] ?? "" });
    this.clientIds = Lazy.listValue({ produce: () => [...this.ids] });
  }

  /**
   * `https://<domain>` of the pool, where people sign in and machines get tokens. Asking for it gives the pool its
   * domain.
   */
  public get domainUrl(): string {
    return this.domainOnce().baseUrl;
  }

  /** Where tokens are issued. Asking for it gives the pool its domain. */
  public get tokenEndpoint(): string {
    return `${this.domainUrl}${TOKEN_PATH}`;
  }

  /** Full names of the pool's own scopes, `<resource server identifier>/<scope name>`. Asking for them defines them. */
  public get scopes(): readonly string[] {
    return [...this.fullScopesOnce().values()];
  }

  /** Lets people in with another app, which has an app client of its own. */
  public addPublicClient(id: string, options: PublicClientOptions): PublicUserPoolClient {
    const { userPoolClientName = `${this.userPoolName}-${id}` } = options;
    return { clientId: this.createClient(id, { ...options, userPoolClientName }) };
  }

  /** Lets a machine in: a pipeline, an agent, another service. */
  public addMachineClient(id: string, options: MachineClientOptions = {}): MachineUserPoolClient {
    const { scopes, userPoolClientName, accessTokenValidityInMinutes } = options;
    const known = this.resourceServerOptions;
    reportProblems(this, scopes?.length === 0 ? [missingScopes()] : unknownScopeProblems(known, scopes ?? []));
    const client = new MachineUserPoolClient(this, id, {
      name: userPoolClientName ?? `${this.userPoolName}-${id}`,
      userPoolId: this.userPoolId,
      discoveryUrl: this.discoveryUrl,
      scopes: scopes ? scopes.map((name) => this.fullScope(name)) : this.scopes,
      tokenEndpoint: this.tokenEndpoint,
      domain: this.domainOnce().resource,
      accessTokenValidityInMinutes,
    });
    this.ids.push(client.clientId);
    return client;
  }

  private createUserPool(props: InboundUserPoolProps): CognitoUserPool {
    return withChosenAddress(
      new CognitoUserPool(this, "Resource", {
        name: this.userPoolName,
        ...securityArguments(props),
        autoVerifiedAttributes: ["email"],
        adminCreateUserConfig: { allowAdminCreateUserOnly: props.selfSignUpEnabled !== true },
        accountRecoverySetting: { recoveryMechanism: [{ name: "verified_email", priority: 1 }] },
        tags: nonEmptyTags(props.tags),
      }),
    );
  }

  private createClient(id: string, options: PublicClientOptions & { readonly userPoolClientName: string }): string {
    if (options.signIn.some((way) => way.authorizationCode)) this.domainOnce();
    const client = createPublicClient(this, id, {
      ...options,
      userPoolId: this.userPoolId,
      fullScope: (scope) => this.fullScope(scope),
    });
    this.ids.push(client.id);
    return client.id;
  }

  /** OpenID's scopes, and those of other resource servers, stay as they are. */
  private fullScope(name: string): string {
    const own = scopeNameIn(this.resourceServerOptions, name);
    return own === undefined ? name : (this.fullScopesOnce().get(own) ?? name);
  }

  private fullScopesOnce(): ReadonlyMap<string, string> {
    this.fullScopes ??= createResourceServer(this, this.userPoolId, this.resourceServerOptions);
    return this.fullScopes;
  }

  private domainOnce(): UserPoolDomain {
    this.domain ??= createUserPoolDomain(this, this.userPoolId, this.domainOptions);
    return this.domain;
  }
}
