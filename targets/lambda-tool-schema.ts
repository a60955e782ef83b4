import { readS3 } from "./document";
import { isObject, parseJson } from "./json";
import type { Readable, ValueTypes } from "./readable";
import type { DescribedTool, JsonSchema, S3Location, TargetBlock, TargetSource } from "./target-kind";

/** The tools of a function: in the configuration, or in a file in S3. Exactly one of them is set. */
export interface ToolSchema {
  readonly inlinePayload?: readonly DescribedTool[];
  readonly s3?: S3Location;
}

const SCHEMA = "tool_schema";
const TOOL = "inline_payload";

export function readToolNames<V extends ValueTypes>(lambda: Readable<V>): TargetSource<V> {
  const schema = lambda.block(SCHEMA);
  const s3 = readS3(schema);
  return s3 ? { s3Uri: s3.uri } : { toolNames: schema.blocks(TOOL).map((tool) => tool.text("name")) };
}

export function readToolSchema(lambda: TargetBlock): ToolSchema {
  const schema = lambda.block(SCHEMA);
  const s3 = readS3(schema);
  return s3 ? { s3 } : { inlinePayload: schema.blocks(TOOL).map(readTool) };
}

function readTool(tool: TargetBlock): DescribedTool {
  return {
    name: tool.text("name"),
    description: tool.text("description"),
    inputSchema: readSchema(tool.block("input_schema")),
  };
}

/** Terraform's nested blocks, which end in JSON texts where the provider's schema can nest no deeper. */
function readSchema(block: TargetBlock): JsonSchema {
  const properties = block.blocks("property");
  const required = properties
    .filter((property) => property.optionalBoolean("required"))
    .map((property) => property.text("name"));
  const items = block.optionalBlock("items");
  const itemsJson = block.optionalText("items_json");
  const propertiesJson = block.optionalText("properties_json");
  return {
    type: block.text("type"),
    ...optional("description", block.optionalText("description")),
    ...(properties.length > 0 && {
      properties: Object.fromEntries(properties.map((property) => [property.text("name"), readSchema(property)])),
    }),
    ...(propertiesJson !== undefined && readPropertiesJson(block, propertiesJson)),
    ...(required.length > 0 && { required }),
    ...(items && { items: readSchema(items) }),
    ...(itemsJson !== undefined && { items: jsonObject(block, "items_json", itemsJson) }),
  };
}

/** Properties with what belongs to them: the provider's documentation shows `{"properties": …, "required": […]}`. */
function readPropertiesJson(block: TargetBlock, text: string): JsonSchema {
  const json = jsonObject(block, "properties_json", text);
  return "properties" in json ? json : { properties: json };
}

function jsonObject(block: TargetBlock, name: string, text: string): JsonSchema {
  const json = parseJson(text);
  if (isObject(json)) return json;
  throw block.invalid(name, "must be a JSON object");
}

function optional(name: string, value: unknown): JsonSchema {
  return value === undefined ? {} : { [name]: value };
}
