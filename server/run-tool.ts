import type { CallToolResult, ContentBlock } from "@modelcontextprotocol/sdk/types.js";
import type { CatalogueEntry, StructuredOutput } from "./catalogue";
import { describeIssues } from "./issues";
import { ToolError, type ToolContext } from "./tool";

/** Runs one call. Whatever the tool does wrong becomes a tool error, whose details only the log gets. */
export async function runTool(entry: CatalogueEntry, args: unknown, context: ToolContext): Promise<CallToolResult> {
  const { tool, structured } = entry;
  const input = tool.input.safeParse(args);
  if (!input.success) {
    return failure(`Invalid arguments for tool ${tool.name}: ${describeIssues(input.error)}`);
  }
  try {
    const value = await tool.handler(input.data, context);
    return structured ? structuredResult(structured, value) : { content: value as ContentBlock[], isError: false };
  } catch (error) {
    if (error instanceof ToolError) {
      return failure(error.message);
    }
    context.log.error("Tool failed", { error });
    return failure(`Tool ${tool.name} failed. The server's log has the reason under request id ${context.requestId}.`);
  }
}

function structuredResult({ schema, wrapped }: StructuredOutput, value: unknown): CallToolResult {
  const structuredContent = schema.parse(wrapped ? { result: value } : value);
  const shown = wrapped ? structuredContent["result"] : structuredContent;
  const text = typeof shown === "string" ? shown : JSON.stringify(shown);
  return { content: [{ type: "text", text }], structuredContent, isError: false };
}

function failure(text: string): CallToolResult {
  return { content: [{ type: "text", text }], isError: true };
}
