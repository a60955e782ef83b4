// server/mcp-2026/: MCP 2026-07-28, whose requests stand alone.
import type { IncomingHttpHeaders } from "node:http";
import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { Refusal } from "../refusal";
import { describeIssues } from "../issues";
import { checkStandardHeaders } from "./headers";

/** The version spoken here. It is stateless: each request says in `_meta` what `initialize` said before. */
export const VERSION = "2026-07-28";

const VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

/** Error codes that 2026-07-28 added. */
export const HEADER_MISMATCH = -32020;
export const MISSING_CAPABILITY = -32021;
const UNSUPPORTED_VERSION = -32022;

const CAPABILITY = z.looseObject({}).optional();

const ENVELOPE = z.looseObject({
  [VERSION_KEY]: z.string(),
  "io.modelcontextprotocol/clientCapabilities": z.looseObject({
    elicitation: CAPABILITY,
    sampling: CAPABILITY,
    roots: CAPABILITY,
  }),
  "io.modelcontextprotocol/clientInfo": z.looseObject({ name: z.string(), version: z.string() }).optional(),
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
  const envelope = ENVELOPE.safeParse(metaOf(request) ?? {});
  if (!envelope.success) {
    throw refuse(ErrorCode.InvalidParams, `Invalid params: _meta of ${VERSION}: ${describeIssues(envelope.error)}`);
  }
  const version = envelope.data[VERSION_KEY];
  const mismatch = checkStandardHeaders(request, version, headers);
  if (mismatch !== undefined) {
    throw refuse(HEADER_MISMATCH, `Header mismatch: ${mismatch}`);
  }
  if (version !== VERSION) {
    const requested = version.slice(0, 32);
    throw refuse(UNSUPPORTED_VERSION, "Unsupported protocol version", { supported: [VERSION], requested });
  }
  return {
    capabilities: envelope.data["io.modelcontextprotocol/clientCapabilities"],
    progressToken: envelope.data.progressToken,
  };
}

function metaOf({ params }: { params?: { _meta?: unknown } }): Record<string, unknown> | undefined {
  return params?._meta as Record<string, unknown> | undefined;
}

/** Versions are dates, so that a text comparison orders them. */
function isModern(version: unknown): boolean {
  return typeof version === "string" && /^\d{4}-\d{2}-\d{2}$/.test(version) && version >= VERSION;
}
