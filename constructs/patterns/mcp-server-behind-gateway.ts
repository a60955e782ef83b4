import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Gateway, type GatewayExceptionLevel } from "../gateway/gateway";
import { GatewayProtocol } from "../gateway/gateway-protocol";
import { GatewayAuthorizer } from "../gateway/inbound-auth/gateway-authorizer";
import type { GatewayTarget } from "../gateway/targets/gateway-target";
import { InboundUserPool } from "../identity/inbound-user-pool";
import { OAuth2CredentialProvider } from "../identity/oauth2-credential-provider";
import { OutboundUserPool } from "../identity/outbound-user-pool";
import type { ObservabilityConfiguration } from "../observability/vended-logs";
import { chooseAddresses, claimAddress, moveFromChosenAddresses, type Names, nameInStack } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { throwOnProblems } from "../private/errors";
import { projectNameProblems } from "../private/names";
import { shortAddressesTaken } from "../private/problems/values";
import { AgentRuntimeArtifact } from "../runtime/agent-runtime-artifact";
import { Runtime } from "../runtime/runtime";
import { RuntimeAuthorizerConfiguration } from "../runtime/runtime-authorizer-configuration";

/** What a McpServerBehindGateway is made with. */
export interface McpServerBehindGatewayProps {
  /**
   * Every resource's name begins with it. At most 31 lower-case letters, digits and single hyphens, beginning with a
   * letter, without the words aws, amazon and cognito (Cognito forbids them in domains). Must be a literal.
   */
  readonly projectName: string;

  /**
   * The MCP server's container.
   * @default - the server that comes with this package, built from its Dockerfile
   */
  readonly agentRuntimeArtifact?: AgentRuntimeArtifact;

  /**
   * Environment variables of the MCP server's container.
   * @default - LOG_LEVEL=INFO and ENVIRONMENT=dev
   */
  readonly environmentVariables?: Readonly<Record<string, string>>;

  /**
   * Delivers logs and traces of the runtime and the gateway to CloudWatch.
   * @default - none
   */
  readonly observability?: ObservabilityConfiguration;

  /**
   * Whether callers see details of errors.
   * @default - they do not
   */
  readonly exceptionLevel?: GatewayExceptionLevel;

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

/**
 * An MCP server on AgentCore Runtime behind an AgentCore Gateway. People sign in to the inbound user pool and call the
 * gateway with their token; the gateway calls the server with a token of its own from the outbound user pool.
 *
 * Defines the Terraform outputs `<path>_inbound_user_pool_id`, `<path>_inbound_client_id` and `<path>_gateway_url`, where
 * the path is that of the construct in its stack, with underscores.
 *
 * @example
 * new McpServerBehindGateway(this, "mcp", { projectName: "m2m-auth-demo" });
 */
export class McpServerBehindGateway extends Construct {
  /** The people who may call the gateway. */
  public readonly inboundUserPool: InboundUserPool;
  /** Where the gateway gets the tokens that the runtime accepts. */
  public readonly outboundUserPool: OutboundUserPool;
  /** The client that the gateway is in the outbound user pool. */
  public readonly credentialProvider: OAuth2CredentialProvider;
  /** The MCP server's runtime. */
  public readonly runtime: Runtime;
  /** The gateway in front of it. More targets can be added to it. */
  public readonly gateway: Gateway;
  /** The MCP server as a target of the gateway. */
  public readonly target: GatewayTarget;

  /** @throws ValidationError when the project name does not fit the services' rules */
  public constructor(scope: Construct, id: string, props: McpServerBehindGatewayProps) {
    super(scope, id);
    const { projectName } = props;
    throwOnProblems(this, projectNameProblems(projectName));
    if (props.shortAddresses === true) {
      this.chooseShortAddresses();
    }

    this.inboundUserPool = new InboundUserPool(this, "InboundUserPool", {
      userPoolName: `${projectName}-inbound-pool`,
      userPoolClientName: `${projectName}-inbound-client`,
    });
    this.outboundUserPool = new OutboundUserPool(this, "OutboundUserPool", {
      userPoolName: `${projectName}-outbound-pool`,
      userPoolClientName: `${projectName}-m2m-client`,
      domainPrefix: `${projectName}-outbound-${AwsEnvironment.of(this).accountId}`,
    });
    this.credentialProvider = OAuth2CredentialProvider.usingCognito(this, "CredentialProvider", {
      oAuth2CredentialProviderName: `${projectName}-m2m-oauth2-provider`,
      userPool: this.outboundUserPool,
    });
    this.runtime = this.createRuntime(props);
    this.gateway = this.createGateway(props);
    this.target = this.gateway.addRuntimeTarget("Target", {
      gatewayTargetName: `${projectName}-mcp-target`,
      runtime: this.runtime,
    });
    this.createOutputs(props.shortAddresses === true ? "" : `${nameInStack(this)}_`);
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

  private createRuntime(props: McpServerBehindGatewayProps): Runtime {
    return new Runtime(this, "Runtime", {
      runtimeName: `${props.projectName.replace(/-/g, "_")}_mcp_server`,
      executionRoleName: `${props.projectName}-agent-runtime-role`,
      agentRuntimeArtifact: props.agentRuntimeArtifact ?? AgentRuntimeArtifact.fromBundledServer(),
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool: this.outboundUserPool }),
      environmentVariables: props.environmentVariables ?? { LOG_LEVEL: "INFO", ENVIRONMENT: "dev" },
      observability: props.observability,
    });
  }

  private createGateway(props: McpServerBehindGatewayProps): Gateway {
    return new Gateway(this, "Gateway", {
      gatewayName: `${props.projectName}-gateway`,
      authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: this.inboundUserPool }),
      protocolConfiguration: GatewayProtocol.mcp({ instructions: "M2M OAuth authenticated MCP Gateway" }),
      exceptionLevel: props.exceptionLevel,
      observability: props.observability,
    });
  }

  private createOutputs(prefix: string): void {
    claimAddress(
      new TerraformOutput(this, "InboundUserPoolId", { value: this.inboundUserPool.userPoolId }),
      `${prefix}inbound_user_pool_id`,
    );
    claimAddress(
      new TerraformOutput(this, "InboundClientId", { value: this.inboundUserPool.clientId }),
      `${prefix}inbound_client_id`,
    );
    claimAddress(new TerraformOutput(this, "GatewayUrl", { value: this.gateway.gatewayUrl }), `${prefix}gateway_url`);
  }
}
