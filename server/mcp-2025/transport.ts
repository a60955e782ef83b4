import type { Transport, TransportSendOptions } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage, JSONRPCRequest, JSONRPCResponse, RequestId } from "@modelcontextprotocol/sdk/types.js";
import { errorAnswer, resultAnswer } from "../answer";
import type { Call } from "../call";

/**
 * Lets one protocol server answer every client at once. The SDK's own stateless transport needs a new server for each
 * request because request ids of different clients collide; here each request gets an id of the server's own while it
 * is in flight, and its answer the client's id back.
 */
export class SharedTransport implements Transport {
  onmessage?: Transport["onmessage"];
  onclose?: () => void;
  onerror?: (error: Error) => void;

  private lastId = 0;
  private readonly calls = new Map<RequestId, Call>();

  async start(): Promise<void> {
    // The HTTP server decides when messages come.
  }

  /** Hands a request to the protocol server. */
  deliver(call: Call, params: JSONRPCRequest["params"]): void {
    this.onmessage?.({ jsonrpc: "2.0", id: this.relate(call), method: call.method, params });
  }

  /** Hands over the client's response to a request of the protocol server's. */
  respond(response: JSONRPCResponse): void {
    this.onmessage?.(response);
  }

  /** An id by which the protocol server's requests go out with the answer to this call, until it is forgotten. */
  relate(call: Call): number {
    const id = ++this.lastId;
    this.calls.set(id, call);
    return id;
  }

  forget(id: RequestId): void {
    this.calls.delete(id);
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const id = "method" in message ? options?.relatedRequestId : message.id;
    const call = id === undefined ? undefined : this.calls.get(id);
    if (id === undefined || call === undefined) return;
    if ("method" in message) {
      call.exchange.tell(message);
    } else {
      this.forget(id);
      call.answer("error" in message ? errorAnswer(message.error) : resultAnswer(JSON.stringify(message.result)));
    }
  }

  async close(): Promise<void> {
    this.calls.clear();
    this.onclose?.();
  }
}
