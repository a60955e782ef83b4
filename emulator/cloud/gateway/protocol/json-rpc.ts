import { isUtf8 } from "node:buffer";

import { z } from "zod";

import { isObject, parseJson } from "../../../../targets/json";
import { nestsDeeper } from "../../../../topology";
import { type JsonRpcId, nestedTooDeep, notJson, notJsonRpc, notUtf8 } from "./json-rpc-errors";

/** Not copied as `z.record` does, since its members may be anything. */
export const jsonObject = z.custom<Readonly<Record<string, unknown>>>(isObject, "expected an object");

/** A JSON-RPC 2.0 request, or without an id a notification. */
export interface JsonRpcRequest {
  readonly id?: JsonRpcId | undefined;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface JsonRpcResponse {
  readonly id: JsonRpcId;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** As deep as Jackson reads: StreamReadConstraints.DEFAULT_MAX_DEPTH, https://github.com/FasterXML/jackson-core. */
const DEEPEST_JSON = 1000;

/** @returns undefined for a text that is no JSON, or nested deeper than it could be written again */
export function readJson(text: string): unknown {
  return nestsDeeper(text, DEEPEST_JSON) ? undefined : parseJson(text);
}

/** @throws JsonRpcError */
export function parseJsonRpc(body: string | Buffer): JsonRpcRequest | JsonRpcResponse {
  // Other bytes would become other texts: RFC 8259, section 8.1.
  if (typeof body !== "string" && !isUtf8(body)) throw notUtf8();
  const text = body.toString();
  if (nestsDeeper(text, DEEPEST_JSON)) {
    throw nestedTooDeep(DEEPEST_JSON);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw notJson();
  }
  const message = isObject(parsed) ? readMessage(parsed) : undefined;
  if (message) return message;
  const { id } = isObject(parsed) ? parsed : {};
  throw notJsonRpc(isId(id) ? id : null);
}

/** Without a schema, by which every call would take longer than by all of its JSON. */
function readMessage(message: Readonly<Record<string, unknown>>): JsonRpcRequest | JsonRpcResponse | undefined {
  const { jsonrpc, id, method, params, result, error } = message;
  if (jsonrpc !== "2.0") return undefined;
  const hasParams = params === undefined || params === null || isObject(params);
  if (typeof method === "string" && (id === undefined || isId(id)) && hasParams) return { id, method, params };
  return isId(id) && (result === undefined) !== (error === undefined) ? { id, result, error } : undefined;
}

function isId(id: unknown): id is JsonRpcId {
  return typeof id === "string" || Number.isSafeInteger(id);
}
