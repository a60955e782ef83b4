// server/calls/: the tools in a list, and each call of one from its input to its result.
import type { Tool as ToolListing } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { StartError } from "../errors";
import { isObject } from "../is-object";
import { OBJECT, type OptionForm, TEXT } from "../given";
import { advertisedSchema } from "./json-schema";
import type { Tool } from "../tool";
import type { ToolFile } from "../tool-files";

/** Tool names of MCP 2025-11-25, server/tools "Tool Names". */
const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Parts that a tool may do without. */
const OPTIONAL: Readonly<Record<"title" | "output" | "annotations", OptionForm>> = {
  title: TEXT,
  output: [(value) => isObject(value) && "_zod" in value, "a schema of zod 4"],
  annotations: OBJECT,
};

/** One tool with everything that can be made before the first call. */
export interface CatalogueEntry {
  readonly tool: Tool;
  readonly listing: ToolListing;
  /** Checks `structuredContent`. Undefined for a tool whose result is content. */
  readonly structured: StructuredOutput | undefined;
  /** The headers that repeat arguments, by argument: those whose schema has `x-mcp-header` (MCP 2026-07-28). */
  readonly mirroredHeaders: ReadonlyMap<string, string>;
}

export interface StructuredOutput {
  readonly schema: z.ZodObject;
  /** Whether the handler's value stands under the key `result`, because it is no object by itself. */
  readonly wrapped: boolean;
}

/** The server's tools by name, in the order of their files. */
export type Catalogue = ReadonlyMap<string, CatalogueEntry>;

/** @throws StartError when a file exports no tool, a name is taken or wrong, or a schema cannot be advertised. */
export function makeCatalogue(files: readonly ToolFile[]): Catalogue {
  const catalogue = new Map<string, CatalogueEntry>();
  const fileOf = new Map<string, string>();
  for (const { file, exports } of files) {
    const tool = readTool(file, exports);
    const otherFile = fileOf.get(tool.name);
    if (otherFile !== undefined) throw StartError.duplicateTool(tool.name, file, otherFile);
    fileOf.set(tool.name, file);
    catalogue.set(tool.name, makeEntry(file, tool));
  }
  if (catalogue.size === 0) throw StartError.noTools("server/tools");
  return catalogue;
}

function readTool(file: string, exports: unknown): Tool {
  const { tool } = exports as { tool?: Partial<Tool> | null };
  if (typeof tool?.handler !== "function") throw StartError.notATool(file);
  if (typeof tool.name !== "string" || !TOOL_NAME.test(tool.name)) throw StartError.toolName(file, tool.name);
  if (typeof tool.description !== "string" || tool.description === "") throw StartError.toolDescription(file);
  if (!(tool.input instanceof z.ZodObject)) throw StartError.toolInput(file);
  for (const [part, [fits, called]] of Object.entries(OPTIONAL)) {
    const value: unknown = Reflect.get(tool, part);
    if (value !== undefined && !fits(value)) throw StartError.option(`${file}: the tool's ${part}`, value, called);
  }
  return tool as Tool;
}

function makeEntry(file: string, tool: Tool): CatalogueEntry {
  const structured = tool.output && structuredOutput(tool.output);
  const { name, title, description, annotations } = tool;
  const inputSchema = advertise(file, "input", tool.input);
  return {
    tool,
    structured,
    mirroredHeaders: mirroredHeaders(inputSchema),
    listing: {
      name,
      ...(title !== undefined && { title }),
      description,
      inputSchema,
      ...(structured && { outputSchema: advertise(file, "output", structured.schema) }),
      ...(annotations && { annotations }),
    },
  };
}

function mirroredHeaders({ properties = {} }: ToolListing["inputSchema"]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [argument, schema] of Object.entries(properties)) {
    const name = (schema as Record<string, unknown>)["x-mcp-header"];
    if (typeof name === "string") headers.set(argument, `Mcp-Param-${name}`);
  }
  return headers;
}

function structuredOutput(output: z.ZodType): StructuredOutput {
  return output instanceof z.ZodObject
    ? { schema: output, wrapped: false }
    : { schema: z.object({ result: output }), wrapped: true };
}

function advertise(file: string, part: "input" | "output", schema: z.ZodObject): ToolListing["inputSchema"] {
  try {
    return advertisedSchema(schema, part);
  } catch (error) {
    throw StartError.toolSchema(file, part, error instanceof Error ? error.message : String(error));
  }
}
