import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { INVOKE_RUNTIME } from "../../../aws/agentcore/actions";
import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import { noGatewayClient, runtimeNotRestrictable } from "../../private/problems/authorization";
import { argumentsConflict } from "../../private/problems/values";
import { ReadinessProbe } from "./readiness-probe";
import type { IRuntime } from "../../runtime/runtime-interface";
import type { RuntimeEndpoint } from "../../runtime/runtime-endpoint";
import { IamRoleServiceCredential } from "../outbound-auth/iam-credential";
import { OauthCredentialProviderConfiguration } from "../outbound-auth/oauth-credential";
import type { IMcpServerTargetCredential } from "../outbound-auth/target-credential";
import { mcpServerFields, McpListingMode, mcpServerProblems, type McpServerSettings } from "./mcp-server-settings";
import { admissionProblems, runtimeTargetProblems } from "./runtime-problems";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** What a runtime target of a gateway is made with. */
export interface RuntimeTargetOptions extends GatewayTargetOptions, McpServerSettings {
  /** The MCP server. */
  readonly runtime: IRuntime;

  /**
   * The endpoint of the runtime to call.
   * @default - DEFAULT, which follows the runtime's newest version
   */
  readonly runtimeEndpoint?: RuntimeEndpoint;

  /**
   * How the gateway authorizes itself to the runtime: exactly one way, which the runtime's authorizer accepts.
   * @default - derived from the runtime's authorizer: a token of its user pool or issuer, or a signature of the
   * gateway's role
   */
  readonly credentialProviderConfigurations?: readonly [IMcpServerTargetCredential];

  /**
   * Whether `apply` waits until the runtime answers MCP before it has the gateway connect. AWS calls a runtime ready
   * before its container is, and connects once, for 30 seconds. The machine that applies needs the AWS CLI and curl.
   * @default false
   */
  readonly waitUntilReady?: boolean;

  /**
   * Whether the runtime takes calls of its gateways alone. Others are refused then, whatever token they bring: also people
   * and programs that call the runtime past its gateways on purpose. `true` asks for AWS provider 6.55.
   * @default - true for a runtime of the stack that takes bearer tokens, where the bindings are for provider 6.55 or newer
   * (CDK Terrain) or the stack asks for it; its authorizer's allowedWorkloadConfiguration and waitUntilReady go before
   */
  readonly restrictRuntime?: boolean;
}

/** What a runtime target is made with. */
export interface RuntimeTargetProps extends RuntimeTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function runtimeConfiguration(target: Construct, props: RuntimeTargetProps): TargetConfiguration {
  const { gateway, runtime, runtimeEndpoint } = props;
  const { invocationUrl: endpoint } = runtimeEndpoint ?? runtime;
  const derived = props.credentialProviderConfigurations ? undefined : derivedCredential(runtime);
  const credentials = props.credentialProviderConfigurations ?? (derived ? [derived] : []);
  const [credential] = credentials;
  const signs = credential?.kind === "gateway role";
  const unasked = props.mcpToolSchema ? "mcpToolSchema" : "listingMode DYNAMIC";
  const asksServer = !props.mcpToolSchema && props.listingMode?.value !== McpListingMode.DYNAMIC.value;
  const restrictionProblems = restrict(props);
  const probe =
    props.waitUntilReady === true ? [new ReadinessProbe(target, "Readiness", { endpoint, runtime, credential })] : [];
  return {
    kind: "MCP server",
    gateway,
    credentials,
    block: { mcp: [{ mcpServer: [{ endpoint }] }] },
    newerFields: mcpServerFields(props),
    permissions: [
      ...(signs ? [invokePermission(runtime, runtimeEndpoint)] : []),
      ...(props.mcpToolSchema?.permissions ?? []),
    ],
    toolNames: props.mcpToolSchema?.toolNames,
    dependencies: probe.map(({ answered }) => answered),
    // UpdateGatewayTarget reads the tools again, and the version is a new one after every change of the runtime.
    revision: asksServer ? runtime.agentRuntimeVersion : undefined,
    findProblems: () => [
      ...mcpServerProblems(props, { gateway, credentials }),
      ...admissionProblems(target, runtime, gateway),
      ...restrictionProblems,
      ...(props.waitUntilReady === true && !asksServer ? [argumentsConflict(unasked, ["waitUntilReady"])] : []),
      ...(credential || props.credentialProviderConfigurations
        ? runtimeTargetProblems(target, runtime, credential)
        : [noGatewayClient(runtime.agentRuntimeName)]),
    ],
  };
}

/** Has the runtime take calls of its gateways alone, where nothing is against it. */
function restrict({ gateway, runtime, restrictRuntime, waitUntilReady }: RuntimeTargetProps): Problem[] {
  if (restrictRuntime === false) return [];
  const isRequired = restrictRuntime === true;
  const [obstacle = runtime.admit(gateway, isRequired)] = [
    // Both stacks would wait for each other.
    ...(TerraformStack.of(runtime) === TerraformStack.of(gateway)
      ? []
      : ["which is in another stack than its gateway"]),
    ...(waitUntilReady === true ? ["which apply calls itself, because of waitUntilReady"] : []),
  ];
  return isRequired && obstacle !== undefined ? [runtimeNotRestrictable(runtime.agentRuntimeName, obstacle)] : [];
}

/** The way that the runtime's own authorizer asks for; undefined when it does not tell of a client. */
function derivedCredential(runtime: IRuntime): IMcpServerTargetCredential | undefined {
  if (!runtime.authorizerConfiguration.customJwt) return new IamRoleServiceCredential({ service: "bedrock-agentcore" });
  const client = runtime.gatewayClient();
  return client && new OauthCredentialProviderConfiguration(client);
}

/** A call is authorized on the runtime and on the endpoint at once. */
function invokePermission(runtime: IRuntime, runtimeEndpoint: RuntimeEndpoint | undefined): Permission {
  const endpointArn = runtimeEndpoint?.agentRuntimeEndpointArn ?? `${runtime.agentRuntimeArn}/runtime-endpoint/DEFAULT`;
  return {
    sid: "InvokeAgentRuntime",
    actions: [INVOKE_RUNTIME],
    resources: [runtime.agentRuntimeArn, endpointArn],
  };
}
