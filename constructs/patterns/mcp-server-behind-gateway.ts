// constructs/patterns/: whole systems in one construct.
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_ENDPOINT } from "../../aws/agentcore/endpoints";
import { Gateway, type GatewayExceptionLevel } from "../gateway/gateway";
import type { GatewayBase } from "../gateway/gateway-base";
import type { GatewayProtocol } from "../gateway/gateway-protocol";
import { GatewayAuthorizer } from "../gateway/inbound-auth/gateway-authorizer";
import { GatewayTarget } from "../gateway/targets/gateway-target";
import type { CreatedRoleOptions, IRole } from "../iam/role";
import { InboundUserPool, type InboundUserPoolProps } from "../identity/inbound-user-pool";
import { OAuth2CredentialProvider } from "../identity/oauth2-credential-provider";
import { OutboundUserPool, type OutboundUserPoolProps } from "../identity/outbound-user-pool";
import type { IUserPool } from "../identity/user-pool";
import type { ObservabilityConfiguration } from "../observability/vended-logs";
import { chooseAddresses, claimAddress, moveFromChosenAddresses, type Names, nameInStack } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { type Problem, throwOnProblems, ValidationError } from "../private/errors";
import { projectNameProblems } from "../private/names";
import { argumentsConflict, partElsewhere, shortAddressesTaken, unknownEndpoint } from "../private/problems/values";
import { AgentRuntimeArtifact } from "../runtime/artifact/agent-runtime-artifact";
import type { LifecycleConfiguration } from "../runtime/lifecycle-configuration";
import type { RequestHeaderConfiguration } from "../runtime/request-header-configuration";
import { Runtime } from "../runtime/runtime";
import { RuntimeAuthorizerConfiguration } from "../runtime/runtime-authorizer-configuration";
import type { RuntimeEndpoint, RuntimeEndpointOptions } from "../runtime/runtime-endpoint";
import type { IRuntime } from "../runtime/runtime-interface";
import type { RuntimeNetworkConfiguration } from "../runtime/runtime-network-configuration";

/** What a McpServerBehindGateway is made with. */
export interface McpServerBehindGatewayProps extends CreatedRoleOptions {
  /**
   * Every resource's name begins with it. At most 31 lower-case letters, digits and single hyphens, beginning with a
   * letter, without the words aws, amazon and cognito (Cognito forbids them in domains). Must be a literal.
   */
  readonly projectName: string;

  /**
   * Who may call the gateway, for callers of another issuer, or with SigV4.
   * @default - whoever has a token of the inbound user pool
   */
  readonly authorizerConfiguration?: GatewayAuthorizer;

  /**
   * A user pool of callers that exists, or that other gateways take too.
   * @default - a new one
   */
  readonly inboundUserPool?: IUserPool;

  /**
   * What the new inbound user pool is made with besides: ways to sign in, MFA, scopes.
   * @default - people sign in with a password
   */
  readonly inboundUserPoolProps?: InboundUserPoolProps;

  /**
   * Who may call the runtime, where the gateway is the client of another issuer (`usingJWT` with `gatewayClient`), or
   * signs with its role (`usingIAM`).
   * @default - the gateway, with tokens of the outbound user pool
   */
  readonly runtimeAuthorizerConfiguration?: RuntimeAuthorizerConfiguration;

  /**
   * A user pool whose machine client the gateway is: one that exists, or that several servers share.
   * @default - a new one
   */
  readonly outboundUserPool?: IUserPool;

  /**
   * What the new outbound user pool is made with besides.
   * @default - nothing
   */
  readonly outboundUserPoolProps?: OutboundUserPoolProps;

  /**
   * Name of the credential provider that is made for an outbound user pool: 1 to 128 letters, digits, hyphens and
   * underscores.
   * @default - the project's name and `-oauth2-provider`
   */
  readonly oAuth2CredentialProviderName?: string;

  /**
   * A runtime that something else makes, in place of a new one.
   * @default - a new one
   */
  readonly runtime?: IRuntime;

  /**
   * The MCP server's container.
   * @default - the server that comes with this package, built from its Dockerfile
   */
  readonly agentRuntimeArtifact?: AgentRuntimeArtifact;

  /**
   * Environment variables of the MCP server's container: no secrets.
   * @default - none
   */
  readonly environmentVariables?: Readonly<Record<string, string>>;

  /**
   * What the MCP server reaches.
   * @default - RuntimeNetworkConfiguration.usingPublicNetwork()
   */
  readonly networkConfiguration?: RuntimeNetworkConfiguration;

  /**
   * How long the microVM of one session lives.
   * @default - 900 seconds without a request, 28,800 seconds in any case
   */
  readonly lifecycleConfiguration?: LifecycleConfiguration;

  /**
   * Which headers of a request reach the container.
   * @default - those of MCP and of the service, without `Authorization`
   */
  readonly requestHeaderConfiguration?: RequestHeaderConfiguration;

  /**
   * The runtime's role, when it exists already.
   * @default - a new role
   */
  readonly executionRole?: IRole;

  /**
   * Endpoints that the new runtime gets besides DEFAULT, by name.
   * @default - none
   */
  readonly endpoints?: Readonly<Record<string, RuntimeEndpointOptions>>;

  /**
   * Which of these endpoints the gateway calls.
   * @default - DEFAULT, which follows the runtime's newest version
   */
  readonly targetEndpointName?: string;

  /**
   * A gateway that something else makes, or that has other targets: the MCP server becomes one more.
   * @default - a new one
   */
  readonly gateway?: GatewayBase;

  /**
   * What the gateway speaks with its clients: instructions, search, versions.
   * @default - GatewayProtocol.mcp()
   */
  readonly protocolConfiguration?: GatewayProtocol;

  /**
   * The gateway's role, when it exists already.
   * @default - a new role
   */
  readonly gatewayRole?: IRole;

  /**
   * ARN of the KMS key that encrypts the gateway's data.
   * @default - a key of AWS
   */
  readonly kmsKeyArn?: string;

  /**
   * Whether callers see details of errors.
   * @default - they do not
   */
  readonly exceptionLevel?: GatewayExceptionLevel;

  /**
   * Name of the target, with which the names of its tools begin: 1 to 100 letters, digits and single hyphens.
   * @default - the project's name and `-mcp-target`
   */
  readonly gatewayTargetName?: string;

  /**
   * Whether `apply` waits until the runtime answers MCP before it has the gateway connect. The machine that applies
   * needs the AWS CLI and curl.
   * @default false
   */
  readonly waitUntilReady?: boolean;

  /**
   * Delivers logs and traces of the new runtime and the new gateway to CloudWatch.
   * @default - none
   */
  readonly observability?: ObservabilityConfiguration;

  /**
   * Tags of the user pools, the runtime and the gateway: at most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Whether Terraform knows the resources by short names, like `aws_bedrockagentcore_gateway.main` and
   * `aws_cognito_user_pool.inbound`, and the outputs as `gateway_url`, `inbound_user_pool_id` and `inbound_client_id`.
   * One pattern of a stack can have them.
   * @default false - addresses from the construct's path; the outputs' names begin with it, as in `mcp_gateway_url`
   */
  readonly shortAddresses?: boolean;
}

const SHORT_ADDRESSES: Names = {
  "InboundUserPool/Resource": "inbound",
  "InboundUserPool/Client": "inbound",
  "OutboundUserPool/Resource": "outbound",
  "OutboundUserPool/Domain": "outbound",
  "OutboundUserPool/ResourceServer": "mcp",
  "OutboundUserPool/Client": "m2m",
  "CredentialProvider/Resource": "m2m",
  "Runtime/Image/Repository": "mcp_server",
  "Runtime/Image/LifecyclePolicy": "mcp_server",
  "Runtime/Image/Build": "image",
  "Runtime/Image/Pushed": "mcp_server",
  "Runtime/ExecutionRole/Resource": "agent_runtime",
  "Runtime/ExecutionRole/Policy": "agent_runtime",
  "Runtime/Resource": "mcp_server",
  "Gateway/ServiceRole/Resource": "gateway",
  "Gateway/Resource": "main",
  "Gateway/IdentityPolicy/Resource": "gateway_identity",
  "Gateway/IdentityPolicy/Propagation": "gateway_identity",
  "Gateway/Target/Resource": "mcp_server",
};

const patternsWithShortAddresses = new WeakMap<TerraformStack, McpServerBehindGateway>();

type Prop = keyof McpServerBehindGatewayProps;

/** What is left without effect when something is given, by what is given. */
const UNUSED_WITH: Readonly<Partial<Record<Prop, readonly Prop[]>>> = {
  runtime: [
    "agentRuntimeArtifact",
    "environmentVariables",
    "networkConfiguration",
    "lifecycleConfiguration",
    "requestHeaderConfiguration",
    "executionRole",
    "endpoints",
    "targetEndpointName",
    "runtimeAuthorizerConfiguration",
    "outboundUserPool",
    "outboundUserPoolProps",
    "oAuth2CredentialProviderName",
  ],
  gateway: [
    "authorizerConfiguration",
    "inboundUserPool",
    "inboundUserPoolProps",
    "protocolConfiguration",
    "gatewayRole",
    "kmsKeyArn",
    "exceptionLevel",
  ],
  authorizerConfiguration: ["inboundUserPool", "inboundUserPoolProps"],
  inboundUserPool: ["inboundUserPoolProps"],
  runtimeAuthorizerConfiguration: ["outboundUserPool", "outboundUserPoolProps", "oAuth2CredentialProviderName"],
  outboundUserPool: ["outboundUserPoolProps"],
};

/** What the pattern makes unless it is given another. */
interface OwnParts {
  readonly inboundUserPool?: InboundUserPool;
  readonly outboundUserPool?: OutboundUserPool;
  readonly credentialProvider?: OAuth2CredentialProvider;
}

/**
 * An MCP server on AgentCore Runtime behind an AgentCore Gateway. Callers get their tokens from the inbound user pool, and
 * the gateway calls the server with a token of its own from the outbound user pool. Each part can be one that exists.
 *
 * Defines the Terraform outputs `<path>_inbound_user_pool_id`, `<path>_inbound_client_id` (with an inbound user pool) and
 * `<path>_gateway_url`, where the path is that of the construct in its stack, with underscores.
 *
 * @example
 * new McpServerBehindGateway(this, "mcp", { projectName: "tools" });
 */
export class McpServerBehindGateway extends Construct {
  /** The MCP server's runtime. */
  public readonly runtime: IRuntime;
  /** The gateway in front of it. More targets can be added to it. */
  public readonly gateway: GatewayBase;
  /** The MCP server as a target of the gateway. */
  public readonly target: GatewayTarget;
  private readonly own: OwnParts;

  /**
   * @throws ValidationError when the project name does not fit the services' rules, or when two things are given of which
   * one leaves nothing to do for the other
   */
  public constructor(scope: Construct, id: string, props: McpServerBehindGatewayProps) {
    super(scope, id);
    throwOnProblems(this, [...projectNameProblems(props.projectName), ...conflictProblems(props)]);
    if (props.shortAddresses === true) this.chooseShortAddresses();
    this.own = this.createOwnParts(props);
    const { runtime, endpoint } = props.runtime ? { runtime: props.runtime } : this.createRuntime(props);
    this.runtime = runtime;
    this.gateway = props.gateway ?? this.createGateway(props);
    // Below a gateway that several patterns share, their targets would all have one construct id.
    this.target = GatewayTarget.forRuntime(props.gateway ? this : this.gateway, "Target", {
      gateway: this.gateway,
      gatewayTargetName: props.gatewayTargetName ?? `${props.projectName}-mcp-target`,
      runtime,
      runtimeEndpoint: endpoint,
      waitUntilReady: props.waitUntilReady,
    });
    this.createOutputs(props);
  }

  /**
   * Who may call the gateway.
   * @throws ValidationError when the pattern was given another pool, authorizer or gateway
   */
  public get inboundUserPool(): InboundUserPool {
    return this.own.inboundUserPool ?? this.failWithout("inbound user pool", INBOUND_GIVEN);
  }

  /**
   * Where the gateway gets the tokens that the runtime accepts.
   * @throws ValidationError when the pattern was given another pool, authorizer or runtime
   */
  public get outboundUserPool(): OutboundUserPool {
    return this.own.outboundUserPool ?? this.failWithout("outbound user pool", OUTBOUND_GIVEN);
  }

  /**
   * The client that the gateway is in the outbound user pool.
   * @throws ValidationError when the pattern was given another pool, authorizer or runtime
   */
  public get credentialProvider(): OAuth2CredentialProvider {
    return this.own.credentialProvider ?? this.failWithout("credential provider", OUTBOUND_GIVEN);
  }

  /**
   * Has the next apply move what was deployed with `shortAddresses`, or by the first pattern of a stack with version 0.1,
   * to the addresses that the pattern has without them. Nothing is replaced.
   */
  public moveFromShortAddresses(): void {
    moveFromChosenAddresses(this, SHORT_ADDRESSES);
  }

  private chooseShortAddresses(): void {
    const stack = TerraformStack.of(this);
    const other = patternsWithShortAddresses.get(stack);
    throwOnProblems(this, other ? [shortAddressesTaken(other.node.path)] : []);
    patternsWithShortAddresses.set(stack, this);
    chooseAddresses(this, SHORT_ADDRESSES);
  }

  private failWithout(part: string, given: string): never {
    throw new ValidationError([{ ...partElsewhere(part, given), constructPath: this.node.path }]);
  }

  private createOwnParts(props: McpServerBehindGatewayProps): OwnParts {
    const ownsInbound = !props.gateway && !props.authorizerConfiguration && !props.inboundUserPool;
    const ownsOutbound = !props.runtime && !props.runtimeAuthorizerConfiguration && !props.outboundUserPool;
    return {
      ...(ownsInbound && { inboundUserPool: this.createInboundUserPool(props) }),
      ...(ownsOutbound && this.createOutboundUserPool(props)),
    };
  }

  private createInboundUserPool({ projectName, tags, inboundUserPoolProps }: McpServerBehindGatewayProps) {
    return new InboundUserPool(this, "InboundUserPool", {
      userPoolName: `${projectName}-inbound-pool`,
      userPoolClientName: `${projectName}-inbound-client`,
      tags,
      ...inboundUserPoolProps,
    });
  }

  private createOutboundUserPool(props: McpServerBehindGatewayProps) {
    const { projectName, tags, outboundUserPoolProps, oAuth2CredentialProviderName } = props;
    const outboundUserPool = new OutboundUserPool(this, "OutboundUserPool", {
      userPoolName: `${projectName}-outbound-pool`,
      userPoolClientName: `${projectName}-outbound-client`,
      domainPrefix: `${projectName}-outbound-${AwsEnvironment.of(this).accountId}`,
      tags,
      ...outboundUserPoolProps,
    });
    const credentialProvider = OAuth2CredentialProvider.usingCognito(this, "CredentialProvider", {
      oAuth2CredentialProviderName: oAuth2CredentialProviderName ?? `${projectName}-oauth2-provider`,
      userPool: outboundUserPool,
    });
    return { outboundUserPool, credentialProvider };
  }

  private createRuntime(props: McpServerBehindGatewayProps): { runtime: Runtime; endpoint?: RuntimeEndpoint } {
    const { projectName, runtimeAuthorizerConfiguration } = props;
    const runtime = new Runtime(this, "Runtime", {
      runtimeName: `${projectName.replace(/-/g, "_")}_mcp_server`,
      executionRoleName: `${projectName}-agent-runtime-role`,
      agentRuntimeArtifact: props.agentRuntimeArtifact ?? AgentRuntimeArtifact.fromBundledServer(),
      authorizerConfiguration:
        runtimeAuthorizerConfiguration ??
        RuntimeAuthorizerConfiguration.usingCognito({ userPool: props.outboundUserPool ?? this.outboundUserPool }),
      environmentVariables: props.environmentVariables,
      networkConfiguration: props.networkConfiguration,
      lifecycleConfiguration: props.lifecycleConfiguration,
      requestHeaderConfiguration: props.requestHeaderConfiguration,
      executionRole: props.executionRole,
      rolePath: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
      observability: props.observability,
      tags: props.tags,
    });
    const endpoints = Object.entries(props.endpoints ?? {}).map(([name, options]) =>
      runtime.addEndpoint(name, options),
    );
    return { runtime, endpoint: endpoints.find(({ endpointName }) => endpointName === props.targetEndpointName) };
  }

  private createGateway(props: McpServerBehindGatewayProps): Gateway {
    const { projectName, authorizerConfiguration } = props;
    return new Gateway(this, "Gateway", {
      gatewayName: `${projectName}-gateway`,
      authorizerConfiguration:
        authorizerConfiguration ??
        GatewayAuthorizer.usingCognito({ userPool: props.inboundUserPool ?? this.inboundUserPool }),
      protocolConfiguration: props.protocolConfiguration,
      role: props.gatewayRole,
      rolePath: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
      kmsKeyArn: props.kmsKeyArn,
      exceptionLevel: props.exceptionLevel,
      observability: props.observability,
      tags: props.tags,
    });
  }

  private createOutputs(props: McpServerBehindGatewayProps): void {
    const prefix = props.shortAddresses === true ? "" : `${nameInStack(this)}_`;
    const inboundUserPool = props.inboundUserPool ?? this.own.inboundUserPool;
    const output = (id: string, name: string, value: string): void =>
      claimAddress(new TerraformOutput(this, id, { value }), `${prefix}${name}`);
    if (inboundUserPool) {
      output("InboundUserPoolId", "inbound_user_pool_id", inboundUserPool.userPoolId);
      output("InboundClientId", "inbound_client_id", inboundUserPool.clientId);
    }
    output("GatewayUrl", "gateway_url", this.gateway.gatewayUrl);
  }
}

const INBOUND_GIVEN = "inboundUserPool, authorizerConfiguration or gateway";
const OUTBOUND_GIVEN = "outboundUserPool, runtimeAuthorizerConfiguration or runtime";

function conflictProblems(props: McpServerBehindGatewayProps): Problem[] {
  const { endpoints = {}, targetEndpointName: endpoint } = props;
  const isGiven = (prop: Prop): boolean => props[prop] !== undefined;
  const conflicts = Object.entries(UNUSED_WITH)
    .filter(([given]) => isGiven(given as Prop))
    .map(([given, unused]) => ({ given, unused: unused.filter(isGiven) }))
    .filter(({ unused }) => unused.length > 0)
    .map(({ given, unused }) => argumentsConflict(given, unused));
  const isMissing = endpoint !== undefined && endpoint !== DEFAULT_ENDPOINT && !Object.hasOwn(endpoints, endpoint);
  return [...conflicts, ...(isMissing ? [unknownEndpoint(endpoint, Object.keys(endpoints))] : [])];
}
