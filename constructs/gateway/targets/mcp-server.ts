import type { Construct } from "constructs";
import { resolved } from "../../private/resolved";
import type { IMcpServerTargetCredential } from "../outbound-auth/target-credential";
import { endpointProblems } from "./endpoint";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

export interface McpServerTargetOptions extends GatewayTargetOptions {
  /** URL of the MCP server, https only. */
  readonly endpoint: string;

  /** How the gateway authorizes itself to the server: one way, or an empty list for none. */
  readonly credentialProviderConfigurations: readonly IMcpServerTargetCredential[];
}

export interface McpServerTargetProps extends McpServerTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function mcpServerConfiguration(target: Construct, props: McpServerTargetProps): TargetConfiguration {
  const { gateway, endpoint, credentialProviderConfigurations: credentials } = props;
  return {
    kind: "MCP server",
    gateway,
    credentials,
    block: { mcp: [{ mcpServer: [{ endpoint }] }] },
    findProblems: () => endpointProblems(resolved(target, endpoint)),
  };
}
