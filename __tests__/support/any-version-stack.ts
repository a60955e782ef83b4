import { bentResources, type TerraformJson } from "./article-stack";

/** The versions with `initialize` that a gateway can be made to speak. */
export const VERSIONS = ["2025-03-26", "2025-06-18", "2025-11-25"];

/** The article's system, at a gateway that speaks every version and streams its answers. */
export function streamingStack(bend: Parameters<typeof bentResources>[0] = () => undefined): Promise<string> {
  return anyVersionStack((resources) => {
    bend(resources);
    const streaming_configuration = [{ enable_response_streaming: true }];
    Object.assign(mcpOf(resources), { streaming_configuration });
  });
}

/** The same at a gateway that keeps sessions, too, so that its targets can ask its callers. */
export function sessionStack(bend: Parameters<typeof bentResources>[0] = () => undefined): Promise<string> {
  return anyVersionStack((resources) => {
    const session_configuration = [{ session_timeout_in_seconds: 900 }];
    Object.assign(mcpOf(resources), {
      session_configuration,
      streaming_configuration: [{ enable_response_streaming: true }],
    });
    bend(resources);
  });
}

/** The article's system, at a gateway that speaks every version. */
export function anyVersionStack(bend: Parameters<typeof bentResources>[0] = () => undefined): Promise<string> {
  return bentResources((resources) => {
    Object.assign(mcpOf(resources), { supported_versions: [...VERSIONS, "2026-07-28"] });
    bend(resources);
  });
}

function mcpOf(resources: TerraformJson["resource"]): object {
  const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] as {
    protocol_configuration: { mcp: object[] }[];
  };
  return gateway.protocol_configuration[0]?.mcp[0] ?? {};
}
