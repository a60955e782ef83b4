import type { SchemaJson } from "@cedar-policy/cedar-wasm/nodejs";
import type { ToolDescription } from "../gateway/tool";

/** The namespace of all that AgentCore's policies are about. */
export const NAMESPACE = "AgentCore";

type JsonSchema = Readonly<Record<string, unknown>>;

/** Cedar's types of what JSON Schema calls so; what else there may be is in no policy. */
const SIMPLE = {
  string: { type: "String" },
  integer: { type: "Long" },
  boolean: { type: "Boolean" },
  number: { type: "Extension", name: "decimal" },
} as const;

/** A decimal of Cedar has four digits behind its point at most. */
const DECIMALS = 4;

/**
 * The schema that policies about a gateway have to fit: an action for each tool, with its arguments as `context.input`.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-schema-constraints.html
 */
export function cedarSchema(tools: readonly ToolDescription[]): SchemaJson<string> {
  const id = { type: "Record" as const, attributes: { id: { type: "String" as const } } };
  const appliesTo = { principalTypes: ["OAuthUser", "IamEntity"], resourceTypes: ["Gateway"] };
  const actionOf = ({ name, inputSchema }: ToolDescription) => {
    const input = typeOf(inputSchema) ?? { type: "Record", attributes: {} };
    const context = { type: "Record", attributes: { input } };
    return [name, { memberOf: [{ id: "CallTool" }], appliesTo: { ...appliesTo, context } }] as const;
  };
  const schema = {
    [NAMESPACE]: {
      entityTypes: { OAuthUser: { shape: id, tags: { type: "String" } }, IamEntity: { shape: id }, Gateway: {} },
      actions: { Mcp: {}, CallTool: { memberOf: [{ id: "Mcp" }] }, ...Object.fromEntries(tools.map(actionOf)) },
    },
  };
  return schema;
}

/** A call's arguments in the values of their types; what has no type is left out. */
export function cedarValue(value: unknown, schema: unknown): unknown {
  const { type, items, properties } = schema as JsonSchema;
  if (type === "array" && Array.isArray(value)) {
    return value.map((entry) => cedarValue(entry, items ?? {})).filter((entry) => entry !== undefined);
  }
  if (type === "object" && typeof value === "object" && value !== null) {
    const members = Object.entries((properties ?? {}) as JsonSchema).map(([name, member]) => [
      name,
      cedarValue(Object.hasOwn(value, name) ? (value as JsonSchema)[name] : undefined, member),
    ]);
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  if (type === "number" && typeof value === "number") {
    return { __extn: { fn: "decimal", arg: value.toFixed(DECIMALS) } };
  }
  return typeof type === "string" && Object.hasOwn(SIMPLE, type) && typeof value !== "object" ? value : undefined;
}

function typeOf(schema: unknown): object | undefined {
  const { type, items, properties, required } = schema as JsonSchema;
  if (typeof type !== "string") return undefined;
  if (type === "array") {
    const element = typeOf(items ?? {});
    return element && { type: "Set", element };
  }
  if (type !== "object") return Object.hasOwn(SIMPLE, type) ? SIMPLE[type as keyof typeof SIMPLE] : undefined;
  const isRequired = (name: string): boolean => Array.isArray(required) && required.includes(name);
  const attributes = Object.entries((properties ?? {}) as JsonSchema).flatMap(([name, member]) => {
    const found = typeOf(member);
    return found ? [[name, { ...found, required: isRequired(name) }] as const] : [];
  });
  return { type: "Record", attributes: Object.fromEntries(attributes) };
}
