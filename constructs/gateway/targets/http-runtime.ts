import type { Construct } from "constructs";
import { INVOKE_RUNTIME } from "../../../aws/agentcore/actions";
import { DEFAULT_ENDPOINT } from "../../../aws/agentcore/endpoints";
import type { Permission } from "../../iam/permission";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { IRuntime } from "../../runtime/runtime-interface";
import type { IHttpRuntimeTargetCredential } from "../outbound-auth/target-credential";
import { admissionProblems, credentialMismatches, passedTokenProblems } from "./runtime-problems";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** What an HTTP runtime target of a gateway is made with. */
export interface HttpRuntimeTargetOptions extends GatewayTargetOptions {
  /** The runtime. */
  readonly runtime: IRuntime;

  /**
   * Name of the runtime's endpoint.
   * @default - DEFAULT
   */
  readonly qualifier?: string;

  /** How the gateway authorizes itself to the runtime: exactly one way, which the runtime's authorizer accepts. */
  readonly credentialProviderConfigurations: readonly [IHttpRuntimeTargetCredential];
}

/** What an HTTP runtime target is made with. */
export interface HttpRuntimeTargetProps extends HttpRuntimeTargetOptions {
  /** The gateway that gets the target. It has protocolConfiguration: GatewayProtocol.http(). */
  readonly gateway: ITargetGateway;
}

export function httpRuntimeConfiguration(target: Construct, props: HttpRuntimeTargetProps): TargetConfiguration {
  const { gateway, runtime, qualifier, credentialProviderConfigurations: credentials } = props;
  const [credential] = credentials;
  const arn = runtime.agentRuntimeArn;
  const permission: Permission = {
    sid: "InvokeAgentRuntime",
    actions: [INVOKE_RUNTIME],
    resources: [arn, `${arn}/runtime-endpoint/${qualifier ?? DEFAULT_ENDPOINT}`],
  };
  return {
    kind: "AgentCore Runtime (HTTP)",
    gateway,
    credentials,
    block: {},
    newerFields: [
      {
        feature: "An HTTP target on AgentCore Runtime",
        path: "target_configuration.0.http",
        value: [{ agentcore_runtime: [qualifier === undefined ? { arn } : { arn, qualifier }] }],
        since: PROVIDER_RELEASES.httpTargets,
      },
    ],
    permissions: credential?.kind === "gateway role" ? [permission] : [],
    findProblems: () => [
      ...admissionProblems(target, runtime, gateway),
      ...(credential ? credentialMismatches(target, runtime, credential) : []),
      ...(credential?.kind === "JWT passthrough" ? passedTokenProblems(target, runtime, gateway) : []),
    ],
  };
}
