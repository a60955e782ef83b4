// server/mcp-2026/: MCP 2026-07-28, whose requests stand alone.
import type { IncomingHttpHeaders } from "node:http";
import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { isObject } from "../is-object";
import { describeIssues } from "../issues";
import { INVALID_PARAMS } from "../json-rpc";
import { Refusal } from "../refusal";
import { checkStandardHeaders } from "./headers";

/** The version spoken here. It is stateless: each request says in `_meta` what `initialize` said before. */
export const VERSION = "2026-07-28";

const VERSION_KEY = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES_KEY = "io.modelcontextprotocol/clientCapabilities";
const CLIENT_KEY = "io.modelcontextprotocol/clientInfo";

/** Error codes that 2026-07-28 added. */
export const HEADER_MISMATCH = -32020;
export const MISSING_CAPABILITY = -32021;
const UNSUPPORTED_VERSION = -32022;

const CAPABILITY = z.looseObject({}).optional();

const ENVELOPE = z.looseObject({
  [VERSION_KEY]: z.string(),
  [CAPABILITIES_KEY]: z.looseObject({
    elicitation: CAPABILITY,
    sampling: CAPABILITY,
    roots: CAPABILITY,
  }),
  [CLIENT_KEY]: z.looseObject({ name: z.string(), version: z.string() }).optional(),
  progressToken: z.union([z.string(), z.int()]).optional(),
});

/** What a request says about itself and its client. */
export interface Envelope {
  readonly capabilities: Readonly<Partial<Record<"elicitation" | "sampling" | "roots", object>>>;
  readonly progressToken: string | number | undefined;
}

/** Whether a message is of this generation: it says so in `_meta`, or the header does for it. */
export function isOf2026(message: JSONRPCMessage, headers: IncomingHttpHeaders): boolean {
  return (
    ("method" in message && metaOf(message)?.[VERSION_KEY] !== undefined) || isModern(headers["mcp-protocol-version"])
  );
}

/**
 * @throws Refusal, with the request's id, for an incomplete or malformed envelope, a version that is not spoken here,
 * and headers that are missing or say something else than the body.
 */
export function readEnvelope(request: JSONRPCRequest, headers: IncomingHttpHeaders): Envelope {
  const refuse = (code: number, message: string, data?: unknown): Refusal =>
    new Refusal(400, { code, message, data }, {}, request.id);
  const meta = metaOf(request) ?? {};
  const envelope = isUsual(meta) ? { success: true as const, data: meta } : ENVELOPE.safeParse(meta);
  if (!envelope.success) {
    throw refuse(INVALID_PARAMS, `Invalid params: _meta of ${VERSION}: ${describeIssues(envelope.error)}`);
  }
  const version = envelope.data[VERSION_KEY];
  const mismatch = checkStandardHeaders(request, version, headers);
  if (mismatch !== undefined) throw refuse(HEADER_MISMATCH, `Header mismatch: ${mismatch}`);
  if (version !== VERSION) {
    const requested = version.slice(0, 32);
    throw refuse(UNSUPPORTED_VERSION, "Unsupported protocol version", { supported: [VERSION], requested });
  }
  return {
    capabilities: envelope.data[CAPABILITIES_KEY],
    progressToken: envelope.data.progressToken,
  };
}

/** Whether the schema would find nothing: nearly always, and zod makes its parser when it is used for the first time. */
function isUsual(meta: Record<string, unknown>): meta is z.output<typeof ENVELOPE> {
  const capabilities = meta[CAPABILITIES_KEY];
  const client = meta[CLIENT_KEY];
  return (
    typeof meta[VERSION_KEY] === "string" &&
    isObject(capabilities) &&
    [capabilities["elicitation"], capabilities["sampling"], capabilities["roots"]].every(isObjectOrAbsent) &&
    (client === undefined ||
      (isObject(client) && typeof client["name"] === "string" && typeof client["version"] === "string")) &&
    meta["progressToken"] === undefined
  );
}

function isObjectOrAbsent(value: unknown): boolean {
  return value === undefined || isObject(value);
}

function metaOf({ params }: { params?: { _meta?: unknown } }): Record<string, unknown> | undefined {
  return params?._meta as Record<string, unknown> | undefined;
}

/** Versions are dates, so that a text comparison orders them. */
function isModern(version: unknown): boolean {
  return typeof version === "string" && /^\d{4}-\d{2}-\d{2}$/.test(version) && version >= VERSION;
}
