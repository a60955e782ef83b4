import { RESOURCE_PRIORITY } from "../aws/agentcore/limits";
import { LISTING_MODES } from "../aws/agentcore/values";
import { type DocumentSettings, documentMembers, documentSource, documentText, readDocument, readS3 } from "./document";
import { isObject, parseJson } from "./json";
import { type DescribedTool, type TargetBlock, targetKind, TargetDocumentError } from "./target-kind";

interface McpServerSettings {
  readonly endpoint: string;
  /** One of `LISTING_MODES`. */
  readonly listingMode: string;
  /** 0 to 1000. @default - 1000 */
  readonly resourcePriority?: number;
  /** The server's tools as MCP lists them: `{"tools": […]}`. */
  readonly mcpToolSchema?: DocumentSettings;
}

const ENDPOINT = "endpoint";
const SCHEMA = "mcp_tool_schema";

/** What a list of tools has to be, after its name. */
const NO_TOOLS = 'must be JSON like {"tools": [{"name": "…", "inputSchema": {"type": "object"}}]}';

/** An MCP server anywhere. */
export const mcpServer = targetKind<McpServerSettings>({
  block: "mcp_server",
  members: (constraints) => {
    const { structure, text, oneOf, integer, optional } = constraints;
    return structure({
      endpoint: text(Infinity, "https://.*"),
      listingMode: optional(oneOf(LISTING_MODES), "DEFAULT"),
      mcpToolSchema: optional(documentMembers(constraints, text(Infinity))),
      resourcePriority: optional(integer(RESOURCE_PRIORITY.shortest, RESOURCE_PRIORITY.longest)),
    });
  },
  read(block) {
    const mcpToolSchema = readTools(block);
    const resourcePriority = block.optionalNumber("resource_priority");
    return {
      endpoint: block.text(ENDPOINT),
      listingMode: block.optionalText("listing_mode") ?? "DEFAULT",
      ...(resourcePriority !== undefined && { resourcePriority }),
      ...(mcpToolSchema && { mcpToolSchema }),
    };
  },
  source(block) {
    const schema = block.optionalBlock(SCHEMA);
    const listingMode = block.optionalText("listing_mode");
    return { endpoint: block.text(ENDPOINT), listingMode, ...(schema && documentSource(schema)) };
  },
  described: (payload) => parseMcpTools(payload) ?? [],
  backend({ endpoint, listingMode, mcpToolSchema, resourcePriority = RESOURCE_PRIORITY.longest }, documents) {
    const server = { speaks: "MCP" as const, endpoint, resourcePriority };
    if (!mcpToolSchema) return { ...server, isLive: listingMode === "DYNAMIC" };
    const tools = parseMcpTools(documentText(mcpToolSchema, documents));
    if (!tools) throw new TargetDocumentError(`Value at 'mcpToolSchema' ${NO_TOOLS}.`);
    return { ...server, isLive: false, tools };
  },
});

function readTools(server: TargetBlock): DocumentSettings | undefined {
  const schema = server.optionalBlock(SCHEMA);
  if (schema === undefined || readS3(schema)) return schema && readDocument(schema);
  const { inlinePayload = "" } = readDocument(schema);
  if (parseMcpTools(inlinePayload) === undefined) throw schema.block("inline_payload").invalid("payload", NO_TOOLS);
  return { inlinePayload };
}

/** @returns undefined for a text that is no list of tools as MCP has it */
export function parseMcpTools(payload: string): readonly DescribedTool[] | undefined {
  const json = parseJson(payload);
  const tools: unknown = isObject(json) ? json["tools"] : undefined;
  return Array.isArray(tools) && tools.every(isTool) ? tools.map(readTool) : undefined;
}

/** A gateway shows no more of a tool than this. */
function readTool({ name, description, inputSchema, annotations, outputSchema, icons }: DescribedTool): DescribedTool {
  return { name, ...(description !== undefined && { description }), inputSchema, annotations, outputSchema, icons };
}

function isTool(value: unknown): value is DescribedTool {
  if (!isObject(value)) return false;
  const { name, description, inputSchema } = value;
  const isDescribed = description === undefined || typeof description === "string";
  return typeof name === "string" && name !== "" && isDescribed && isObject(inputSchema);
}
