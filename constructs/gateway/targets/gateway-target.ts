import {
  BedrockagentcoreGatewayTarget,
  type BedrockagentcoreGatewayTargetCredentialProviderConfiguration,
} from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../../private/addresses";
import * as errors from "../../private/errors";
import { derivedName, lengthProblems, nameProblems, TARGET_NAME } from "../../private/names";
import { ProtocolType } from "../../runtime/protocol-type";
import type { Runtime } from "../../runtime/runtime";
import type { Gateway } from "../gateway";
import type { OauthCredentialProviderConfiguration } from "../outbound-auth/gateway-credential-provider";

/** What every target can be given. */
export interface GatewayTargetOptions {
  /**
   * 1 to 100 letters, digits and single hyphens, unique in the gateway. Clients see it: tools are called
   * `<target name>___<tool name>`.
   * @default - derived from the construct's path
   */
  readonly gatewayTargetName?: string;

  /**
   * 1 to 200 characters.
   * @default - none
   */
  readonly description?: string;
}

export interface RuntimeTargetOptions extends GatewayTargetOptions {
  /** The MCP server. */
  readonly runtime: Runtime;

  /** How the gateway authorizes itself to the runtime: exactly one way, which the runtime's authorizer accepts. */
  readonly credentialProviderConfigurations: readonly OauthCredentialProviderConfiguration[];
}

export interface McpServerTargetOptions extends GatewayTargetOptions {
  /** URL of the MCP server, https only. */
  readonly endpoint: string;

  /** How the gateway authorizes itself to the server: one way, or an empty list for none. */
  readonly credentialProviderConfigurations: readonly OauthCredentialProviderConfiguration[];
}

export interface RuntimeTargetProps extends RuntimeTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: Gateway;
}

export interface McpServerTargetProps extends McpServerTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: Gateway;
}

/**
 * One backend of a gateway. When a target is created, AWS connects to it and reads its tools, so a target that does not
 * answer fails the apply.
 */
export class GatewayTarget extends Construct {
  /** An MCP server on AgentCore Runtime. */
  public static forRuntime(scope: Construct, id: string, props: RuntimeTargetProps): GatewayTarget {
    const endpoint = props.runtime.invocationUrl;
    return new GatewayTarget(scope, id, { ...props, endpoint }, runtimeProblems(props));
  }

  /** An MCP server anywhere. */
  public static forMcpServer(scope: Construct, id: string, props: McpServerTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, []);
  }

  /** Ten letters and digits. */
  public readonly targetId: string;
  public readonly gatewayTargetName: string;

  private constructor(scope: Construct, id: string, props: McpServerTargetProps, problems: errors.Problem[]) {
    super(scope, id);
    const name = props.gatewayTargetName ?? derivedName(this, { separator: "-", maxLength: TARGET_NAME.maxLength });
    const credentials = props.credentialProviderConfigurations;
    errors.throwOnProblems(this, [
      ...nameProblems(TARGET_NAME, name),
      ...lengthProblems("description", props.description, 1, 200),
      ...(isHttpsUrl(props.endpoint) ? [] : [errors.invalidEndpoint(props.endpoint)]),
      ...(credentials.length > 1 ? [errors.credentialProviderCount(credentials.length)] : []),
      ...credentials.flatMap((credential) => credential.validate()),
      ...problems,
    ]);

    const dependsOn = credentials.flatMap((credential) => permit(props.gateway, credential));
    const resource = withChosenAddress(
      new BedrockagentcoreGatewayTarget(this, "Resource", {
        name,
        description: props.description,
        gatewayIdentifier: props.gateway.gatewayId,
        credentialProviderConfiguration: credentials.length > 0 ? credentials.map(credentialBlock) : undefined,
        targetConfiguration: [{ mcp: [{ mcpServer: [{ endpoint: props.endpoint }] }] }],
        dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
      }),
    );
    this.gatewayTargetName = name;
    this.targetId = resource.targetId;
  }
}

/** Lets the gateway use the credential, and returns what the target must wait for. */
function permit(gateway: Gateway, { options }: OauthCredentialProviderConfiguration): readonly ITerraformDependable[] {
  const { credentialProviderArn, clientSecretArn } = options.provider;
  return gateway.identityPolicy.allow({ providerArn: credentialProviderArn, secretArn: clientSecretArn });
}

function credentialBlock({
  options,
}: OauthCredentialProviderConfiguration): BedrockagentcoreGatewayTargetCredentialProviderConfiguration {
  const { provider, scopes, customParameters = {} } = options;
  return {
    oauth: [
      {
        providerArn: provider.credentialProviderArn,
        scopes: [...scopes],
        customParameters: Object.keys(customParameters).length > 0 ? { ...customParameters } : undefined,
      },
    ],
  };
}

/** What would fail between the gateway and this runtime. */
function runtimeProblems({ runtime, credentialProviderConfigurations }: RuntimeTargetProps): errors.Problem[] {
  const { agentRuntimeName: name, protocolConfiguration, authorizerConfiguration } = runtime;
  const speaksMcp = protocolConfiguration.value === ProtocolType.MCP.value;
  const sendsToken = credentialProviderConfigurations.length > 0;
  return [
    ...(speaksMcp ? [] : [errors.runtimeIsNotMcp(name, protocolConfiguration.value)]),
    ...(sendsToken ? [] : [errors.runtimeNeedsCredential(name)]),
    ...(sendsToken && !authorizerConfiguration.customJwt ? [errors.oauthTowardsIamRuntime(name)] : []),
  ];
}

function isHttpsUrl(endpoint: string): boolean {
  return Token.isUnresolved(endpoint) || /^https:\/\/[^/]/.test(endpoint);
}
