import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { TOKEN_PATH } from "../../aws/cognito/endpoints";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { cognitoDiscoveryUrl } from "../private/cognito";
import { reportProblems } from "../private/checks";
import { derivedName, nameProblems, USER_POOL_NAME } from "../private/names";
import { nonEmptyTags, tagProblems } from "../private/tags";
import { ImportedUserPool, type OutboundUserPoolAttributes } from "./imported-user-pool";
import { createMachineClient } from "./machine-client";
import { createResourceServer, resourceServerProblems, type ResourceServerScope, TOOL_SCOPES } from "./resource-server";
import { type AccessTokenOptions } from "./token-validity";
import type { IUserPool, MachineClient } from "./user-pool";
import { createUserPoolDomain, domainProblems, type UserPoolDomainOptions } from "./user-pool-domain";
import { securityArguments, securityProblems, type UserPoolSecurityOptions } from "./user-pool-security";

/** What an OutboundUserPool is made with. */
export interface OutboundUserPoolProps extends UserPoolSecurityOptions, UserPoolDomainOptions, AccessTokenOptions {
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
  /** Where the gateway gets its tokens. */
  public readonly tokenEndpoint: string;
  public readonly machineClient: MachineClient;

  public constructor(scope: Construct, id: string, props: OutboundUserPoolProps = {}) {
    super(scope, id);
    const name = props.userPoolName ?? derivedName(this, { separator: "-", maxLength: 50 });
    const { resourceServerIdentifier = "mcp-server", scopes = TOOL_SCOPES } = props;
    reportProblems(this, [
      ...nameProblems(USER_POOL_NAME, name),
      ...domainProblems(props),
      ...resourceServerProblems({ resourceServerIdentifier, scopes }),
      ...securityProblems(props),
      ...tagProblems(props.tags),
    ]);

    const userPool = this.createUserPool(name, props);
    this.userPoolId = userPool.id;
    this.userPoolArn = userPool.arn;
    this.discoveryUrl = cognitoDiscoveryUrl(AwsEnvironment.of(this).region, userPool.id);
    const { resource, baseUrl } = createUserPoolDomain(this, userPool.id, props);
    this.domain = resource;
    this.tokenEndpoint = `${baseUrl}${TOKEN_PATH}`;
    const fullScopes = createResourceServer(this, userPool.id, { resourceServerIdentifier, scopes });
    this.scopes = [...fullScopes.values()];
    const client = createMachineClient(this, "Client", {
      name: props.userPoolClientName ?? `${name}-client`,
      userPoolId: userPool.id,
      scopes: this.scopes,
      accessTokenValidityInMinutes: props.accessTokenValidityInMinutes,
    });
    this.clientId = client.id;
    this.clientSecret = client.clientSecret;
    this.machineClient = { clientSecret: this.clientSecret, scopes: this.scopes, domain: this.domain };
  }

  private createUserPool(name: string, props: OutboundUserPoolProps): CognitoUserPool {
    return withChosenAddress(
      new CognitoUserPool(this, "Resource", {
        name,
        ...securityArguments(props),
        adminCreateUserConfig: { allowAdminCreateUserOnly: true },
        tags: nonEmptyTags(props.tags),
      }),
    );
  }
}
