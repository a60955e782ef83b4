import type { JSONRPCNotification, JSONRPCRequest, RequestId } from "@modelcontextprotocol/sdk/types.js";
import type { Answer } from "./answer";
import type { Correlation } from "./correlation";

/** Where the answers to one HTTP request go. */
export interface Exchange {
  readonly correlation: Correlation;
  /** Takes the one answer of a call. A second one, or one that nobody waits for, is dropped. */
  answer(call: Call, answer: Answer): void;
  /** Gives up on a call that its client has cancelled. */
  drop(call: Call): void;
  /** Resolves when the connection can take more. What comes before that is dropped. */
  notify(notification: JSONRPCNotification): Promise<void>;
  /** Sends the client a message of the server's own, before the answers. */
  tell(message: JSONRPCRequest | JSONRPCNotification): void;
  /** Sets room for the call's answer aside. Whether there was as much. */
  reserve(call: Call, bytes: number): boolean;
  /** Keeps the request's slot, even when its client is gone, until the function it returns is called. */
  hold(): () => void;
}

/** One JSON-RPC request between its arrival and its answer. */
export class Call {
  readonly startedAt = performance.now();
  /** Set once the tool is known to exist, so that the log never holds a name that a client made up. */
  tool?: string;
  /** Bytes set aside for the answer. */
  reserved = 0;
  /** Told once, when the call is answered or nobody waits for it any more. */
  onend?: () => void;
  private reason?: Error;
  private controller?: AbortController;

  constructor(
    readonly method: string,
    readonly clientId: RequestId,
    readonly exchange: Exchange,
  ) {}

  /** Made on demand, since few tools look at it and it costs more than the rest of a call's state. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason !== undefined) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  /** Fires the signal. */
  abort(reason: Error): void {
    this.reason ??= reason;
    this.controller?.abort(this.reason);
  }

  answer(answer: Answer): void {
    this.exchange.answer(this, answer);
  }
}
