import type { Arguments } from "../arguments/arguments";
import type { JsonSchema } from "./tool-schema";

/** The tools of an MCP server, as its target's configuration has them. */
export interface McpToolSchema {
  /** As it is given: `{"tools": […]}`. */
  readonly payload: string;
  readonly tools: readonly McpTool[];
}

export interface McpTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: JsonSchema;
}

/** `mcp_tool_schema` of an MCP server. */
export function readMcpToolSchema(server: Arguments): McpToolSchema | undefined {
  const schema = server.optionalBlock("mcp_tool_schema");
  if (schema === undefined) return undefined;
  if (schema.blocks("s3").length > 0)
    throw schema.unsupported("s3", "cannot be read without S3; write the tools into inline_payload");
  const inline = schema.block("inline_payload");
  const payload = inline.text("payload");
  const tools = parseMcpTools(payload);
  if (tools === undefined) throw inline.invalid("payload", NO_TOOLS);
  return { payload, tools };
}

/** What a payload has to be, after its name. */
export const NO_TOOLS = 'must be JSON like {"tools": [{"name": "…", "inputSchema": {"type": "object"}}]}';

/** @returns undefined for a text that is no list of tools as MCP has it */
export function parseMcpTools(payload: string): readonly McpTool[] | undefined {
  const json = parse(payload);
  const tools: unknown = isObject(json) ? json["tools"] : undefined;
  return Array.isArray(tools) && tools.every(isTool) ? tools.map(readTool) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A gateway shows no more of a tool than this. */
function readTool({ name, description, inputSchema }: McpTool): McpTool {
  return { name, ...(description !== undefined && { description }), inputSchema };
}

function isTool(value: unknown): value is McpTool {
  if (!isObject(value)) return false;
  const { name, description, inputSchema } = value;
  const isDescribed = description === undefined || typeof description === "string";
  return typeof name === "string" && name !== "" && isDescribed && isObject(inputSchema);
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
