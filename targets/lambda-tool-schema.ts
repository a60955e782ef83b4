import { isObject, parseJson } from "./json";
import type { Readable, ValueTypes } from "./readable";
import type { DescribedTool, JsonSchema, TargetBlock } from "./target-kind";

const SCHEMA = "tool_schema";
const TOOL = "inline_payload";

export function readToolNames<V extends ValueTypes>(lambda: Readable<V>): readonly V["text"][] {
  const tools = lambda.block(SCHEMA).blocks(TOOL);
  return tools.map((tool) => tool.text("name"));
}

/** The blocks of `inline_payload`, as the tools that they describe. */
export function readLambdaTools(lambda: TargetBlock): readonly DescribedTool[] {
  const schema = lambda.block(SCHEMA);
  if (schema.blocks("s3").length > 0)
    throw schema.unsupported("s3", "cannot be read without S3; write the tools into inline_payload");
  return schema.blocks(TOOL).map((tool) => ({
    name: tool.text("name"),
    description: tool.text("description"),
    inputSchema: readSchema(tool.block("input_schema")),
  }));
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
