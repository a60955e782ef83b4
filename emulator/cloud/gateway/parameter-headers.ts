import { jsonObject } from "./json-rpc";
import { decode, encode, type Fields, headerMismatch } from "./stateless-protocol";

// Headers that repeat arguments of a tool: MCP 2026-07-28, "basic/transports/streamable-http", "Custom Headers from Tool
// Parameters".

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

/** Those that a tool's input schema asks for; undefined where it asks in a way that no client may follow. */
export function parameterHeaders(inputSchema: Schema): readonly ParameterHeader[] | undefined {
  if (!JSON.stringify(inputSchema).includes(`"${KEYWORD}"`)) return [];
  const found: ParameterHeader[] = [];
  const isSound = readProperties(inputSchema, [], found);
  return isSound && new Set(found.map(({ name }) => name)).size === found.length ? found : undefined;
}

/** Reads what chains of `properties` lead to. @returns whether the keyword stands nowhere else, and rightly there */
function readProperties(schema: Schema, path: readonly string[], found: ParameterHeader[]): boolean {
  const { properties, ...others } = schema;
  if (path.length === 0 ? mentions(others) : mentions(withoutOwn(others))) return false;
  return Object.entries(jsonObject.safeParse(properties).data ?? {}).every(([name, property]) => {
    const read = jsonObject.safeParse(property);
    if (!read.success) return true;
    const at = [...path, name];
    const header = read.data[KEYWORD];
    if (header !== undefined) {
      if (typeof header !== "string" || !TOKEN.test(header) || !TYPES.includes(read.data["type"])) return false;
      found.push({ name: `mcp-param-${header.toLowerCase()}`, path: at });
    }
    return readProperties(read.data, at, found);
  });
}

function withoutOwn({ [KEYWORD]: _, ...others }: Schema): Schema {
  return others;
}

function mentions(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(mentions);
  const read = jsonObject.safeParse(schema);
  return read.success && (Object.hasOwn(read.data, KEYWORD) || Object.values(read.data).some(mentions));
}

/** The headers of a call, by its arguments. */
export function headersOfArguments(inputSchema: Schema, toolArguments: unknown): Record<string, string> {
  const stated = (parameterHeaders(inputSchema) ?? []).flatMap(({ name, path }) => {
    const value = valueAt(toolArguments, path);
    return value === undefined ? [] : [[name, encode(value)] as const];
  });
  return Object.fromEntries(stated);
}

/** @throws MetadataError where a call's headers say something else than its arguments */
export function checkParameterHeaders(inputSchema: Schema, toolArguments: unknown, headers: Fields): void {
  for (const { name, path } of parameterHeaders(inputSchema) ?? []) {
    const value = valueAt(toolArguments, path);
    const field = headers.get(name);
    if (field === null ? value !== undefined : !isSame(decode(field), value)) {
      throw headerMismatch(`${name} must be the argument ${path.join(".")}`);
    }
  }
}

function valueAt(toolArguments: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>(
    (current, step) => (Object.hasOwn(Object(current) as object, step) ? (current as Schema)[step] : undefined),
    toolArguments,
  );
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** Numbers are compared as such: 42.0 is 42. */
function isSame(stated: string | null, value: string | undefined): boolean {
  if (stated === value) return true;
  return (
    stated !== null &&
    value !== undefined &&
    /^-?\d+$/.test(value) &&
    stated.trim() !== "" &&
    Number(stated) === Number(value)
  );
}
