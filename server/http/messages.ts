import {
  isInitializeRequest,
  JSONRPCMessageSchema,
  JSONRPCRequestSchema,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from "@modelcontextprotocol/sdk/types.js";
import { Refusal } from "./refusal";

/** The JSON-RPC content of one POST. */
export interface Messages {
  /** The requests among the messages. Notifications and responses mean nothing to a server without sessions. */
  readonly requests: readonly JSONRPCRequest[];
  readonly batch: boolean;
}

/** @throws Refusal for anything but a JSON-RPC message, or an array of 1 to `maxBatch` of them (MCP 2025-03-26). */
export function readMessages(json: unknown, maxBatch: number): Messages {
  if (!Array.isArray(json)) {
    const message = readMessage(json);
    return { requests: isRequest(message) ? [message] : [], batch: false };
  }
  if (json.length === 0 || json.length > maxBatch) {
    throw Refusal.invalidRequest(`a batch must have 1 to ${maxBatch} messages`);
  }
  const requests = json.map(readMessage).filter(isRequest);
  if (json.length > 1 && requests.some(({ method }) => method === "initialize")) {
    throw Refusal.invalidRequest("initialize must stand alone");
  }
  return { requests, batch: true };
}

function readMessage(json: unknown): JSONRPCMessage {
  const message = withoutNullParams(json);
  // Nearly every message is a request: trying that first spares the others' failed attempts.
  const request = JSONRPCRequestSchema.safeParse(message);
  if (request.success) {
    return requireParams(request.data);
  }
  const other = JSONRPCMessageSchema.safeParse(message);
  if (!other.success) {
    throw Refusal.invalidRequest("the body must hold JSON-RPC 2.0 messages");
  }
  return other.data;
}

/** The SDK would answer a malformed initialize as an internal error. */
function requireParams(request: JSONRPCRequest): JSONRPCRequest {
  if (request.method === "initialize" && !isInitializeRequest(request)) {
    throw Refusal.invalidRequest("initialize needs protocolVersion, capabilities and clientInfo");
  }
  return request;
}

/** AgentCore's ping comes with `"params": null`, which JSON-RPC forbids. */
function withoutNullParams(json: unknown): unknown {
  if (typeof json === "object" && json !== null && "params" in json && json.params === null) {
    return { ...json, params: undefined };
  }
  return json;
}

function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return "method" in message && "id" in message;
}
