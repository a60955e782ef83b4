import type { Transport, TransportSendOptions } from "@modelcontextprotocol/sdk/shared/transport.js";
import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  RequestId,
} from "@modelcontextprotocol/sdk/types.js";
import type { Correlation } from "./correlation";

/** A finished JSON-RPC request: its result or its error. */
export type Answer = Extract<JSONRPCMessage, { result: unknown }> | Extract<JSONRPCMessage, { error: unknown }>;

/** Where the answers to one HTTP request go. */
export interface Exchange {
  readonly correlation: Correlation;
  answer(call: Call, answer: Answer): void;
  /** Resolves when the connection can take more. */
  notify(notification: JSONRPCNotification): Promise<void>;
}

/** One JSON-RPC request between its arrival and its answer. */
export interface Call {
  readonly method: string;
  readonly clientId: RequestId;
  readonly exchange: Exchange;
  readonly startedAt: number;
  /** Set once the tool is known to exist, so that the log never holds a name that a client made up. */
  tool?: string;
}

/**
 * Lets one protocol server answer every client at once. The SDK's own stateless transport needs a new server for each
 * request because request ids of different clients collide; here each request gets an id of the server's own while it
 * is in flight, and its answer the client's id back.
 */
export class SharedTransport implements Transport {
  onmessage?: Transport["onmessage"];
  onclose?: () => void;
  onerror?: (error: Error) => void;

  /** Counts from 1: the SDK takes a cancellation of request 0 for one without an id. */
  private lastId = 0;
  private readonly calls = new Map<RequestId, Call>();

  /** Requests in flight. */
  get size(): number {
    return this.calls.size;
  }

  async start(): Promise<void> {
    // The HTTP server decides when messages come.
  }

  /** Hands a request to the protocol server and returns its id in here. */
  deliver(request: JSONRPCRequest, exchange: Exchange): number {
    const id = ++this.lastId;
    this.calls.set(id, { method: request.method, clientId: request.id, exchange, startedAt: performance.now() });
    this.onmessage?.({ jsonrpc: "2.0", id, method: request.method, params: request.params });
    return id;
  }

  /** @throws Error for an id that is not in flight, which would be a fault of this server. */
  call(id: RequestId): Call {
    const call = this.calls.get(id);
    if (call === undefined) {
      throw new Error(`No request ${id} is in flight`);
    }
    return call;
  }

  /** Aborts a request whose client is gone; it gets no answer. */
  abandon(id: number): void {
    if (this.calls.delete(id)) {
      this.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: id } });
    }
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if ("method" in message) {
      return this.sendRelated(message, options?.relatedRequestId);
    }
    const call = message.id === undefined ? undefined : this.calls.get(message.id);
    if (message.id !== undefined && call !== undefined) {
      this.calls.delete(message.id);
      call.exchange.answer(call, message);
    }
  }

  async close(): Promise<void> {
    this.calls.clear();
    this.onclose?.();
  }

  private async sendRelated(message: JSONRPCMessage, relatedId: RequestId | undefined): Promise<void> {
    const call = relatedId === undefined ? undefined : this.calls.get(relatedId);
    if ("id" in message || !("method" in message)) {
      throw new Error("A stateless server cannot ask its client anything");
    }
    await call?.exchange.notify(message);
  }
}
