import { bentResources } from "./article-stack";

/** The versions with `initialize` that a gateway can be made to speak. */
export const VERSIONS = ["2025-03-26", "2025-06-18", "2025-11-25"];

/** The article's system, at a gateway that speaks every version. */
export function anyVersionStack(bend: Parameters<typeof bentResources>[0] = () => undefined): Promise<string> {
  return bentResources((resources) => {
    const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] as {
      protocol_configuration: { mcp: object[] }[];
    };
    Object.assign(gateway.protocol_configuration[0]?.mcp[0] ?? {}, { supported_versions: [...VERSIONS, "2026-07-28"] });
    bend(resources);
  });
}
