import {
  isInitializeRequest,
  JSONRPCMessageSchema,
  JSONRPCRequestSchema,
  type JSONRPCMessage,
  type JSONRPCRequest,
} from "@modelcontextprotocol/sdk/types.js";
import { Refusal } from "../refusal";

/** The JSON-RPC content of one POST. */
export interface Messages {
  readonly messages: readonly JSONRPCMessage[];
  /** The requests among the messages. */
  readonly requests: readonly JSONRPCRequest[];
  readonly batch: boolean;
}

/** @throws Refusal for anything but a JSON-RPC message, or an array of 1 to `maxBatch` of them (MCP 2025-03-26). */
export function readMessages(json: unknown, maxBatch: number): Messages {
  if (!Array.isArray(json)) {
    const message = readMessage(json);
    return { messages: [message], requests: isRequest(message) ? [message] : [], batch: false };
  }
  if (json.length === 0 || json.length > maxBatch) {
    throw Refusal.invalidRequest(`a batch must have 1 to ${maxBatch} messages`);
  }
  const messages = json.map(readMessage);
  return { messages, requests: messages.filter(isRequest), batch: true };
}

function readMessage(json: unknown): JSONRPCMessage {
  const message = withoutNullParams(json);
  // Nearly every message is a request: trying that first spares the others' failed attempts.
  const request = JSONRPCRequestSchema.safeParse(message);
  if (request.success) {
    return request.data;
  }
  const other = JSONRPCMessageSchema.safeParse(message);
  if (!other.success) {
    throw Refusal.invalidRequest("the body must hold JSON-RPC 2.0 messages");
  }
  return other.data;
}

/**
 * The SDK would answer a malformed initialize as an internal error.
 *
 * @throws Refusal for an initialize that is malformed or not alone.
 */
export function checkInitialize({ requests, messages }: Messages): void {
  for (const request of requests) {
    if (request.method === "initialize") {
      if (messages.length > 1) {
        throw Refusal.invalidRequest("initialize must stand alone");
      }
      if (!isInitializeRequest(request)) {
        throw Refusal.invalidRequest("initialize needs protocolVersion, capabilities and clientInfo");
      }
    }
  }
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
