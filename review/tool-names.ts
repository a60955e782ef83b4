import type { Target } from "../topology";

/** The tools that a target's configuration describes, by name; those of a server are known only to the server. */
export function describedTools({ kind, instance }: Target): readonly string[] {
  if (kind !== "lambda") return [];
  const lambda = instance.arguments.block("target_configuration")?.block("mcp")?.block("lambda");
  return (lambda?.block("tool_schema")?.blocks("inline_payload") ?? []).flatMap((tool) => {
    const name = tool.text("name");
    return typeof name === "string" ? [name] : [];
  });
}
