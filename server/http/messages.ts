import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { isObject } from "../is-object";
import { sdk } from "../lazy-sdk";
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
  if (isUsualRequest(message)) return message;
  const parsed = sdk().JSONRPCMessageSchema.safeParse(message);
  if (!parsed.success) throw Refusal.invalidRequest("the body must hold JSON-RPC 2.0 messages");
  return parsed.data;
}

/**
 * The SDK would answer a malformed initialize as an internal error.
 *
 * @throws Refusal for an initialize that is malformed or not alone.
 */
export function checkInitialize({ requests, messages }: Messages): void {
  for (const request of requests) {
    if (request.method === "initialize") {
      if (messages.length > 1) throw Refusal.invalidRequest("initialize must stand alone");
      if (!sdk().isInitializeRequest(request)) {
        throw Refusal.invalidRequest("initialize needs protocolVersion, capabilities and clientInfo");
      }
    }
  }
}

const RELATED_TASK = "io.modelcontextprotocol/related-task";

const MEMBERS: ReadonlySet<string> = new Set(["jsonrpc", "id", "method", "params"]);

/** Whether a message is a request as nearly all are, which the SDK's schema would take ten times longer to find right. */
function isUsualRequest(message: unknown): message is JSONRPCRequest {
  if (!isObject(message)) return false;
  for (const member in message) {
    if (!MEMBERS.has(member)) return false;
  }
  const { jsonrpc, id, method, params } = message;
  return (
    jsonrpc === "2.0" &&
    (typeof id === "string" || Number.isSafeInteger(id)) &&
    typeof method === "string" &&
    (params === undefined || (isObject(params) && (params["_meta"] === undefined || isUsualMeta(params["_meta"]))))
  );
}

function isUsualMeta(meta: unknown): boolean {
  return isObject(meta) && meta["progressToken"] === undefined && meta[RELATED_TASK] === undefined;
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
