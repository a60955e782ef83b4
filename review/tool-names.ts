import { type Instance, parseMcpTools, type Target } from "../topology";
import { textsAt } from "./arguments";

/** The tools that a target's configuration describes, by name; those of a server are known only to the server. */
export function describedTools({ kind, instance }: Target): readonly string[] {
  if (kind === "mcp_server") return writtenDown(instance);
  if (kind !== "lambda") return [];
  const lambda = instance.arguments
    .optionalBlock("target_configuration")
    ?.optionalBlock("mcp")
    ?.optionalBlock("lambda");
  return (lambda?.optionalBlock("tool_schema")?.blocks("inline_payload") ?? []).flatMap((tool) => {
    const name = tool.text("name");
    return typeof name === "string" ? [name] : [];
  });
}

function writtenDown({ arguments: target }: Instance): readonly string[] {
  const [payload] = textsAt(target, "target_configuration.mcp.mcp_server.mcp_tool_schema.inline_payload.payload");
  const tools = typeof payload === "string" ? parseMcpTools(payload) : undefined;
  return tools?.map(({ name }) => name) ?? [];
}
