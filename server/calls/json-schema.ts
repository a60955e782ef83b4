import type { Tool as ToolListing } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";

type ObjectSchema = ToolListing["inputSchema"];

/**
 * A zod object as the JSON Schema that `tools/list` advertises. Left out are `$schema` (MCP's default dialect is the one
 * written) and the bounds that `z.int()` adds for JavaScript's sake, which say nothing to a caller.
 *
 * @throws Error for what JSON Schema cannot say, such as a date or a transform.
 */
export function advertisedSchema(schema: z.ZodObject, io: "input" | "output"): ObjectSchema {
  const advertised = z.toJSONSchema(schema, { io, override: dropSafeIntegerBounds });
  delete advertised.$schema;
  return advertised as ObjectSchema;
}

function dropSafeIntegerBounds({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
