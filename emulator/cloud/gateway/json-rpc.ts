import { z } from "zod";

import { nestsDeeper } from "../../../topology";
import { type JsonRpcId, nestedTooDeep, notJson, notJsonRpc } from "./json-rpc-errors";

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

/** A JSON-RPC 2.0 request, or without an id a notification. */
export type JsonRpcRequest = z.infer<typeof request>;
export type JsonRpcResponse = z.infer<typeof response>;

/** As deep as Jackson reads: StreamReadConstraints.DEFAULT_MAX_DEPTH, https://github.com/FasterXML/jackson-core. */
const DEEPEST_JSON = 1000;

/** @throws JsonRpcError */
export function parseJsonRpc(body: string): JsonRpcRequest | JsonRpcResponse {
  if (nestsDeeper(body, DEEPEST_JSON)) {
    throw nestedTooDeep(DEEPEST_JSON);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw notJson();
  }
  const result = request.safeParse(parsed);
  if (result.success) return result.data;
  const answered = response.safeParse(parsed);
  if (answered.success) return answered.data;
  throw notJsonRpc(readId(parsed));
}

function readId(message: unknown): JsonRpcId | null {
  const result = z.object({ id }).safeParse(message);
  return result.success ? result.data.id : null;
}
