import { type Block, parseMcpTools, parseObject } from "../../topology";
import { blocksAt } from "../evidence/arguments";
import { documentedTools } from "../evidence/tool-names";
import { eachOf, targets, type Fault, type Rule } from "../rule";

/** JSON Schema, validation, 6.1.1. */
const TYPES = ["string", "number", "integer", "boolean", "array", "object", "null"];

const PAYLOADS = "target_configuration.mcp.lambda.tool_schema.inline_payload";

export const toolSchemaInvalid: Rule = {
  id: "tool-schema-invalid",
  severity: "error",
  summary:
    "The schemas of a function's tools are JSON Schemas, the tools of a server a list of MCP's, and the document of an API one that AWS takes.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html",
  check: eachOf(targets, function* (target) {
    const { instance, kind, payload } = target;
    const { fault } = documentedTools(target);
    if (fault !== undefined) yield { message: fault, fix: "Correct the payload of the target's inline_payload." };
    for (const { block, name } of blocksAt(instance.arguments, PAYLOADS)) {
      for (const tool of block.blocks(name)) {
        for (const schema of [...tool.blocks("input_schema"), ...tool.blocks("output_schema")]) {
          yield* faultsIn(schema);
        }
      }
    }
    if (kind !== "mcp_server" || typeof payload !== "string" || parseMcpTools(payload) !== undefined) return;
    yield {
      message: "The target's mcp_tool_schema is no list of tools as MCP has it.",
      fix: `Write the payload with jsonencode, like {"tools": [{"name": "…", "inputSchema": {"type": "object"}}]}.`,
    };
  }),
};

function* faultsIn(schema: Block): Generator<Fault> {
  const type = schema.text("type");
  if (typeof type === "string" && !TYPES.includes(type)) {
    yield {
      message: `A schema of a tool has the type "${type}", which JSON Schema does not know.`,
      fix: `Use one of ${TYPES.join(", ")}.`,
    };
  }
  for (const name of ["items_json", "properties_json"]) {
    const text = schema.text(name);
    if (typeof text !== "string" || parseObject(text) !== undefined) continue;
    yield { message: `${name} of a schema of a tool is no JSON object.`, fix: "Write it with jsonencode." };
  }
  for (const inner of [...schema.blocks("property"), ...schema.blocks("items")]) yield* faultsIn(inner);
}
