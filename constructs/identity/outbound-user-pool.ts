import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { MAX_CLIENT_SCOPES, RESOURCE_SERVER_SCOPES } from "../../aws/cognito/limits";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { cognitoDiscoveryUrl, PASSWORD_POLICY } from "../private/cognito";
import { reportProblems } from "../private/checks";
import type { Problem } from "../private/errors";
import * as names from "../private/names";
import { scopeProblems } from "../private/scopes";
import { ImportedUserPool, type OutboundUserPoolAttributes } from "./imported-user-pool";
import type { IUserPool, MachineClient } from "./user-pool";

/** One scope of the Cognito resource server. Its full name is `<resource server identifier>/<scopeName>`. */
export interface ResourceServerScope {
  /** 1 to 256 visible ASCII characters, no slash. */
  readonly scopeName: string;
  /** 1 to 256 characters. */
  readonly scopeDescription: string;
}

/** What an OutboundUserPool is made with. */
export interface OutboundUserPoolProps {
  /**
   * 1 to 128 letters, digits, spaces and characters of `+ = , . @ - _`.
   * @default - derived from the construct's path
   */
  readonly userPoolName?: string;

  /**
   * 1 to 128 characters, as in the pool's name.
   * @default - the pool's name and `-client`
   */
  readonly userPoolClientName?: string;

  /**
   * The first label of `https://<prefix>.auth.<region>.amazoncognito.com`, where tokens are issued. It is unique in
   * the region over all accounts; 1 to 63 lower-case letters, digits and hyphens, without aws, amazon and cognito.
   * @default - derived from the construct's path and the account id
   */
  readonly domainPrefix?: string;

  /**
   * Identifier of the Cognito resource server: the prefix of every scope. 1 to 256 visible ASCII characters.
   * @default "mcp-server"
   */
  readonly resourceServerIdentifier?: string;

  /**
   * The scopes that exist and that the client may ask for: 1 to 50 (the limit of an app client). A full name,
   * `<resource server identifier>/<scopeName>`, has at most 64 characters (the limit of a gateway target).
   * @default - tools.read, tools.write and tools.execute
   */
  readonly scopes?: readonly ResourceServerScope[];
}

const TOOL_SCOPES: readonly ResourceServerScope[] = [
  { scopeName: "tools.read", scopeDescription: "Read access to MCP tools" },
  { scopeName: "tools.write", scopeDescription: "Write access to MCP tools" },
  { scopeName: "tools.execute", scopeDescription: "Execute MCP tools" },
];

/**
 * The Cognito user pool of machines: its only client is the gateway, which fetches tokens for the MCP server with the
 * client credentials grant (M2M). It has no users.
 *
 * Tokens last an hour. The client's secret is part of Terraform's state, as with every `aws_cognito_user_pool_client`:
 * encrypt the state and restrict who reads it.
 */
export class OutboundUserPool extends Construct implements IUserPool {
  /** A user pool that something else made, with an app client that has a secret and a domain that issues tokens. */
  public static fromOutboundUserPoolAttributes(
    scope: Construct,
    id: string,
    attributes: OutboundUserPoolAttributes,
  ): IUserPool {
    return new ImportedUserPool(scope, id, attributes);
  }

  public readonly userPoolId: string;
  /** ARN of the pool. */
  public readonly userPoolArn: string;
  public readonly clientId: string;
  /** Sensitive. */
  public readonly clientSecret: string;
  public readonly discoveryUrl: string;
  /** Full names of all scopes, `<resource server identifier>/<scope name>`. */
  public readonly scopes: readonly string[];
  /** The domain that issues tokens. Nobody gets a token from the pool before it exists. */
  public readonly domain: ITerraformDependable;
  public readonly machineClient: MachineClient;

  public constructor(scope: Construct, id: string, props: OutboundUserPoolProps = {}) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const name = props.userPoolName ?? names.derivedName(this, { separator: "-", maxLength: 50 });
    const resolved: Required<OutboundUserPoolProps> = {
      userPoolName: name,
      userPoolClientName: props.userPoolClientName ?? `${name}-client`,
      domainPrefix: props.domainPrefix ?? this.defaultDomainPrefix(environment),
      resourceServerIdentifier: props.resourceServerIdentifier ?? "mcp-server",
      scopes: props.scopes ?? TOOL_SCOPES,
    };
    reportProblems(this, problemsOf(resolved));

    const userPool = this.createUserPool(resolved.userPoolName);
    this.userPoolId = userPool.id;
    this.userPoolArn = userPool.arn;
    this.discoveryUrl = cognitoDiscoveryUrl(environment, userPool.id);
    this.domain = this.createDomain(resolved.domainPrefix);
    const resourceServer = this.createResourceServer(resolved);
    this.scopes = resolved.scopes.map(({ scopeName }) => `${resourceServer.identifier}/${scopeName}`);
    const client = this.createClient(resolved.userPoolClientName);
    this.clientId = client.id;
    this.clientSecret = client.clientSecret;
    this.machineClient = { clientSecret: this.clientSecret, scopes: this.scopes, domain: this.domain };
  }

  private defaultDomainPrefix(environment: AwsEnvironment): string {
    const accountIdLength = 12;
    const maxLength = names.DOMAIN_PREFIX.maxLength - accountIdLength - 1;
    return `${names.derivedDomainName(this, maxLength)}-${environment.accountId}`;
  }

  private createUserPool(name: string): CognitoUserPool {
    return withChosenAddress(
      new CognitoUserPool(this, "Resource", {
        name,
        passwordPolicy: PASSWORD_POLICY,
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      }),
    );
  }

  private createDomain(domain: string): CognitoUserPoolDomain {
    return withChosenAddress(new CognitoUserPoolDomain(this, "Domain", { domain, userPoolId: this.userPoolId }));
  }

  private createResourceServer(props: Required<OutboundUserPoolProps>): CognitoResourceServer {
    return withChosenAddress(
      new CognitoResourceServer(this, "ResourceServer", {
        userPoolId: this.userPoolId,
        identifier: props.resourceServerIdentifier,
        name: "MCP Server Resource",
        scope: props.scopes.map(({ scopeName, scopeDescription }) => ({ scopeName, scopeDescription })),
      }),
    );
  }

  private createClient(name: string): CognitoUserPoolClient {
    return withChosenAddress(
      new CognitoUserPoolClient(this, "Client", {
        name,
        userPoolId: this.userPoolId,
        generateSecret: true,
        allowedOauthFlowsUserPoolClient: true,
        allowedOauthFlows: ["client_credentials"],
        allowedOauthScopes: [...this.scopes],
        // Left out, Cognito would add sign-in flows for users to a client that has none.
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        accessTokenValidity: 1,
        tokenValidityUnits: [{ accessToken: "hours" }],
      }),
    );
  }
}

function problemsOf(props: Required<OutboundUserPoolProps>): Problem[] {
  const fullNames = props.scopes.map(({ scopeName }) => `${props.resourceServerIdentifier}/${scopeName}`);
  return [
    ...names.nameProblems(names.USER_POOL_NAME, props.userPoolName),
    ...names.nameProblems(names.USER_POOL_CLIENT_NAME, props.userPoolClientName),
    ...names.nameProblems(names.DOMAIN_PREFIX, props.domainPrefix),
    ...names.nameProblems(names.RESOURCE_SERVER_IDENTIFIER, props.resourceServerIdentifier),
    ...props.scopes.flatMap(({ scopeName, scopeDescription }) => [
      ...names.nameProblems(names.SCOPE_NAME, scopeName),
      ...names.lengthProblems(
        `description of the scope ${scopeName}`,
        scopeDescription,
        1,
        RESOURCE_SERVER_SCOPES.descriptionLength,
      ),
    ]),
    ...scopeProblems(fullNames, MAX_CLIENT_SCOPES),
  ];
}
