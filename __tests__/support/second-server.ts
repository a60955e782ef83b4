import type { TerraformJson } from "./article-stack";

export const SECOND_TARGET = "second-target";

/** A second runtime like the article's, `second_server`, with a target for it. */
export function addSecondServer(resources: TerraformJson["resource"]): void {
  const runtimes = resources["aws_bedrockagentcore_agent_runtime"] ?? {};
  runtimes["second"] = { ...runtimes["mcp_server"], agent_runtime_name: "second_server" };
  const targets = resources["aws_bedrockagentcore_gateway_target"] ?? {};
  const copy = JSON.stringify(targets["mcp_server"]).replaceAll("agent_runtime.mcp_server", "agent_runtime.second");
  targets["second"] = { ...(JSON.parse(copy) as Record<string, unknown>), name: SECOND_TARGET };
}
