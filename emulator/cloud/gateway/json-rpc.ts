import { z } from "zod";

import { nestsDeeper } from "../../../topology";

/** Not copied as `z.record` does, since its members may be anything. */
export const jsonObject = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected an object",
);

const id = z.union([z.string(), z.number().int()]);
const request = z.object({
  jsonrpc: z.literal("2.0"),
  id: id.optional(),
  method: z.string(),
  params: jsonObject.nullish(),
});
const response = z
  .object({ jsonrpc: z.literal("2.0"), id, result: z.unknown().optional(), error: z.unknown().optional() })
  .refine(({ result, error }) => (result !== undefined) !== (error !== undefined));

export type JsonRpcId = z.infer<typeof id>;
/** A JSON-RPC 2.0 request, or without an id a notification. */
export type JsonRpcRequest = z.infer<typeof request>;
export type JsonRpcResponse = z.infer<typeof response>;

/** Codes: JSON-RPC 2.0, section 5.1. */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const SERVER_FAILURE = -32603;

/** What a caller learns of a failure unless the gateway's exception level is DEBUG. */
export const UNTOLD_FAILURE = "An internal error occurred. Please retry later.";

/** As deep as Jackson reads: StreamReadConstraints.DEFAULT_MAX_DEPTH, https://github.com/FasterXML/jackson-core. */
const DEEPEST_JSON = 1000;

/** A protocol error, as opposed to a tool error. */
export class JsonRpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** The request's id, as far as it could be read. */
    readonly requestId: JsonRpcId | null = null,
    /** The HTTP status and the error's `data`, where the protocol says them. */
    readonly answer: { readonly status?: number; readonly data?: unknown } = {},
  ) {
    super(message);
    this.name = "JsonRpcError";
  }
}

/** A method that the gateway does not have. */
export class UnknownMethod extends JsonRpcError {
  constructor(method: string) {
    super(METHOD_NOT_FOUND, `Method not found: ${method}`);
  }
}

/** The caller has taken its request back, and waits for no answer. */
export class CancelledRequest extends JsonRpcError {
  constructor() {
    super(SERVER_FAILURE, "Request cancelled");
  }
}

/** What the gateway was asked for, and what it asked in turn refused or could not do: another hop says why. */
export class FailedBeyond extends JsonRpcError {}

/** Asks the caller to visit a URL and to call again: MCP 2025-11-25, client/elicitation. */
export const URL_ELICITATION_REQUIRED = -32042;

/** The caller has to consent first, in a browser: code, text and members as published answers have them. */
export class ConsentRequired extends FailedBeyond {
  constructor(
    readonly authorizationUrl: string,
    readonly sessionUri: string,
    readonly elicitationId: string,
    /** Of an administrator, where he is asked. */
    readonly userId?: string,
  ) {
    super(URL_ELICITATION_REQUIRED, "This request requires more information.");
  }
}

/** @throws JsonRpcError */
export function parseJsonRpc(body: string): JsonRpcRequest | JsonRpcResponse {
  if (nestsDeeper(body, DEEPEST_JSON)) {
    throw new JsonRpcError(PARSE_ERROR, `Parse error - The JSON nests more than ${DEEPEST_JSON} levels deep`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new JsonRpcError(PARSE_ERROR, "Parse error - Invalid JSON format");
  }
  const result = request.safeParse(parsed);
  if (result.success) return result.data;
  const answered = response.safeParse(parsed);
  if (answered.success) return answered.data;
  throw new JsonRpcError(INVALID_REQUEST, "Invalid JSON-RPC request", readId(parsed));
}

function readId(message: unknown): JsonRpcId | null {
  const result = z.object({ id }).safeParse(message);
  return result.success ? result.data.id : null;
}
