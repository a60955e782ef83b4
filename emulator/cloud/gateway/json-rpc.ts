import { z } from "zod";

const message = z.object({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number().int()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).nullish(),
});

/** A JSON-RPC 2.0 request, or without an id a notification. */
export type JsonRpcMessage = z.infer<typeof message>;

/** Codes: JSON-RPC 2.0, section 5.1. */
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;

/** A protocol error, as opposed to a tool error. */
export class JsonRpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "JsonRpcError";
  }
}

/** @throws JsonRpcError */
export function parseJsonRpc(body: string): JsonRpcMessage {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new JsonRpcError(PARSE_ERROR, "Parse error - Invalid JSON format");
  }
  const result = message.safeParse(parsed);
  if (!result.success) throw new JsonRpcError(INVALID_REQUEST, "Invalid JSON-RPC request");
  return result.data;
}
