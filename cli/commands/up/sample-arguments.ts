import { isObject } from "../../../targets/json";

/** Schemas nested deeper than this are given as null, so that those that refer to themselves come to an end. */
const DEEPEST = 5;

/** Arguments that a tool may take, made up from its input schema: what is required, in the simplest form. */
export function sampleArguments(inputSchema: unknown): unknown {
  return isObject(inputSchema) ? sampleObject(inputSchema, 0) : {};
}

function sample(schema: unknown, depth: number): unknown {
  if (!isObject(schema) || depth > DEEPEST) return null;
  const { const: constant, default: preset, enum: values, examples } = schema;
  const [given] = [constant, preset, first(values), first(examples)].filter((value) => value !== undefined);
  if (given !== undefined) return given;
  const choice = first(schema["anyOf"]) ?? first(schema["oneOf"]);
  if (choice !== undefined) return sample(choice, depth + 1);
  const type = first(schema["type"]) ?? schema["type"];
  switch (type) {
    case "string":
      return "text".padEnd(numberIn(schema["minLength"], 0), "t");
    case "integer":
    case "number":
      return numberIn(schema["minimum"], 1);
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: Math.min(numberIn(schema["minItems"], 0), 10) }, () =>
        sample(schema["items"], depth + 1),
      );
    case "object":
      return sampleObject(schema, depth + 1);
    default:
      return null;
  }
}

function sampleObject({ properties, required }: Record<string, unknown>, depth: number): Record<string, unknown> {
  const names = Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
  const schemas = isObject(properties) ? properties : {};
  return Object.fromEntries(names.map((name) => [name, sample(schemas[name], depth)]));
}

function first(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}

function numberIn(value: unknown, otherwise: number): number {
  return typeof value === "number" && value <= 1_000 ? value : otherwise;
}
