import type { IncomingHttpHeaders } from "node:http";
import type { JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";

/** How a value that no header can hold is written: base64 of its UTF-8. */
const BASE64 = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/;

/**
 * Checks the headers that let intermediaries route a request without its body (MCP 2026-07-28, basic/transports,
 * "Standard request headers"). Returns what is wrong, in words that repeat nothing of the client's.
 */
export function checkStandardHeaders(
  request: JSONRPCRequest,
  version: string,
  headers: IncomingHttpHeaders,
): string | undefined {
  if (headers["mcp-protocol-version"] !== version) {
    return "MCP-Protocol-Version must be the version in the body's _meta";
  }
  if (headers["mcp-method"] !== request.method) return "Mcp-Method must be the body's method";
  if (request.method === "tools/call") {
    const name = request.params?.["name"];
    const header = headers["mcp-name"];
    if (typeof name === "string" && (typeof header !== "string" || decodeHeader(header) !== name)) {
      return "Mcp-Name must be the body's params.name";
    }
  }
  return undefined;
}

/**
 * Checks the headers that repeat arguments whose schema says `x-mcp-header`.
 *
 * @param mirrored - header names by argument
 */
export function checkParamHeaders(
  mirrored: ReadonlyMap<string, string>,
  args: Readonly<Record<string, unknown>>,
  headers: IncomingHttpHeaders,
): string | undefined {
  for (const [argument, name] of mirrored) {
    const value = Object.hasOwn(args, argument) ? (args[argument] ?? undefined) : undefined;
    const header = headers[name.toLowerCase()];
    const given = typeof header === "string" ? decodeHeader(header) : undefined;
    if (header === undefined ? value !== undefined : given === undefined || !isSame(given, value)) {
      return `${name} must be the argument ${argument}`;
    }
  }
  return undefined;
}

function isSame(header: string, value: unknown): boolean {
  return typeof value === "number" ? Number(header) === value : header === String(value);
}

/** A header's value, or undefined when its encoding is none. */
function decodeHeader(value: string): string | undefined {
  if (!value.startsWith("=?base64?") || !value.endsWith("?=")) return value;
  const base64 = BASE64.exec(value)?.[1];
  return base64 === undefined || base64.length % 4 !== 0 ? undefined : Buffer.from(base64, "base64").toString("utf8");
}
