import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { resolved } from "../../private/resolved";
import { RuntimeBase } from "../../runtime/runtime-base";
import type { IMcpServerTargetCredential } from "../outbound-auth/target-credential";
import { endpointProblems } from "./endpoint";
import { mcpServerFields, mcpServerProblems, type McpServerSettings } from "./mcp-server-settings";
import { runtimeTargetProblems } from "./runtime-problems";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** What an MCP server target of a gateway is made with. */
export interface McpServerTargetOptions extends GatewayTargetOptions, McpServerSettings {
  /** URL of the MCP server, https only. */
  readonly endpoint: string;

  /** How the gateway authorizes itself to the server: one way, or an empty list for none. */
  readonly credentialProviderConfigurations: readonly IMcpServerTargetCredential[];
}

/** What an MCP server target is made with. */
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
    newerFields: mcpServerFields(props),
    permissions: props.mcpToolSchema?.permissions,
    toolNames: props.mcpToolSchema?.toolNames,
    findProblems: () => {
      const url = resolved(target, endpoint);
      const runtime = runtimeAt(target, url);
      return [
        ...endpointProblems(url),
        ...mcpServerProblems(props, { gateway, credentials }),
        ...(runtime ? runtimeTargetProblems(target, runtime, credentials[0]) : []),
      ];
    },
  };
}

/** The runtime of the stack that is called at a URL, whatever endpoint of it. */
function runtimeAt(target: Construct, url: string): RuntimeBase | undefined {
  const [address = ""] = url.split("?");
  if (!address.includes("/runtimes/")) return undefined;
  const runtimes = TerraformStack.of(target)
    .node.findAll()
    .filter((construct) => construct instanceof RuntimeBase);
  return runtimes.find(({ invocationUrl }) => resolved(target, invocationUrl) === address);
}
