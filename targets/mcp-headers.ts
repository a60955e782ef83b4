// Headers that repeat what the body of a request says, as clients of MCP 2026-07-28 write them: the gateway, and the page.
// "basic/transports/streamable-http", "Custom Headers from Tool Parameters".
import { isObject } from "./json";

const KEYWORD = "x-mcp-header";
/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
const TYPES: readonly unknown[] = ["string", "integer", "boolean"];

type Schema = Readonly<Record<string, unknown>>;

/** A header, and where the argument stands that it repeats. */
interface ParameterHeader {
  /** In lower case. */
  readonly name: string;
  readonly path: readonly string[];
}

/** What no header can hold as it is, in base64. */
export function encode(value: string): string {
  const isPlain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !value.startsWith("=?");
  if (isPlain) return value;
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte));
  return `=?base64?${btoa(bytes.join(""))}?=`;
}

/** By input schema: each call of a tool asks for its headers again. */
const known = new WeakMap<object, readonly ParameterHeader[] | undefined>();

/** Those that a tool's input schema asks for; undefined where it asks in a way that no client may follow. */
export function parameterHeaders(inputSchema: object): readonly ParameterHeader[] | undefined {
  if (!known.has(inputSchema)) known.set(inputSchema, readHeaders(inputSchema));
  return known.get(inputSchema);
}

function readHeaders(inputSchema: object): readonly ParameterHeader[] | undefined {
  const found: ParameterHeader[] = [];
  if (!readProperties({ ...inputSchema }, [], found)) return undefined;
  return new Set(found.map(({ name }) => name)).size === found.length ? found : undefined;
}

/** The headers of a call, by its arguments. */
export function headersOfArguments(inputSchema: object, toolArguments: unknown): Record<string, string> {
  const stated = (parameterHeaders(inputSchema) ?? []).flatMap(({ name, path }) => {
    const value = repeatedText(toolArguments, path);
    return value === undefined ? [] : [[name, encode(value)] as const];
  });
  return Object.fromEntries(stated);
}

/** An argument as a header has it; undefined where none repeats it. */
export function repeatedText(toolArguments: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>(
    (current, step) => (isObject(current) && Object.hasOwn(current, step) ? current[step] : undefined),
    toolArguments,
  );
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

/** Reads what chains of `properties` lead to. @returns whether the keyword stands nowhere else, and rightly there */
function readProperties(schema: Schema, path: readonly string[], found: ParameterHeader[]): boolean {
  const { properties, [KEYWORD]: header, ...others } = schema;
  if (mentions(others)) return false;
  if (header !== undefined) {
    const isSound = typeof header === "string" && TOKEN.test(header) && TYPES.includes(schema["type"]);
    if (!isSound || path.length === 0) return false;
    found.push({ name: `mcp-param-${header.toLowerCase()}`, path });
  }
  return Object.entries(isObject(properties) ? properties : {}).every(
    ([name, property]) => !isObject(property) || readProperties(property, [...path, name], found),
  );
}

function mentions(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(mentions);
  return isObject(schema) && (Object.hasOwn(schema, KEYWORD) || Object.values(schema).some(mentions));
}
