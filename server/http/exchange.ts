import { setImmediate } from "node:timers/promises";
import type { JSONRPCNotification, JSONRPCRequest, RequestId } from "@modelcontextprotocol/sdk/types.js";
import { errorAnswer, type Answer, type HttpMark } from "../answer";
import { Call, type Exchange } from "../call";
import type { Correlation } from "../correlation";
import { METHOD_NOT_FOUND } from "../json-rpc";
import type { Logger } from "../log";
import type { Holding } from "./capacity";
import { Refusal } from "../refusal";
import type { ResponseWriter } from "./response-writer";

export interface ExchangeOptions {
  readonly writer: ResponseWriter;
  readonly holding: Holding;
  readonly correlation: Correlation;
  readonly log: Logger;
  /** Whether the answers go into an array. */
  readonly batch: boolean;
}

/** One POST being answered: with JSON, or, once a tool has something to say before its end, with an event stream. */
export class HttpExchange implements Exchange {
  readonly correlation: Correlation;
  private readonly open = new Set<Call>();
  private readonly answers: string[] = [];
  private streaming = false;

  constructor(private readonly options: ExchangeOptions) {
    this.correlation = options.correlation;
  }

  begin(request: JSONRPCRequest): Call {
    const call = new Call(request.method, request.id, this);
    this.open.add(call);
    return call;
  }

  answer(call: Call, answer: Answer): void {
    if (!this.close(call)) return;
    const affordable = this.reserve(call, answer.json.length) ? answer : Refusal.busy().answer();
    this.logCall(call, affordable);
    const text = `{"jsonrpc":"2.0","id":${idText(call.clientId)},"${affordable.member}":${affordable.json}}`;
    if (this.streaming) {
      this.writeEvent(text);
    } else {
      this.answers.push(text);
    }
    if (this.open.size === 0) this.finish(affordable.http);
  }

  drop(call: Call): void {
    if (this.close(call) && this.open.size === 0) this.finish();
  }

  /** Answers what is open, whatever its handlers do. */
  end(answer: Answer): void {
    for (const call of this.open) {
      call.abort(new Error("The server is stopping"));
      this.answer(call, answer);
    }
  }

  /** The client is gone. */
  abandon(): void {
    for (const call of this.open) {
      call.abort(new Error("The caller is gone"));
      this.close(call);
    }
  }

  async notify(notification: JSONRPCNotification): Promise<void> {
    // A tool that does nothing but report, to nobody, would leave others no turn.
    if (this.open.size === 0) return setImmediate();
    if (!this.options.writer.full) this.writeEvent(JSON.stringify(notification));
    await this.options.writer.drained();
  }

  tell(message: JSONRPCRequest | JSONRPCNotification): void {
    if (this.open.size > 0) this.writeEvent(JSON.stringify(message));
  }

  reserve(call: Call, bytes: number): boolean {
    const reserved = this.options.holding.growBytes(call.reserved, bytes);
    if (reserved) call.reserved = bytes;
    return reserved;
  }

  hold(): () => void {
    return this.options.holding.hold();
  }

  /** Whether the call was open. */
  private close(call: Call): boolean {
    const wasOpen = this.open.delete(call);
    if (wasOpen) call.onend?.();
    return wasOpen;
  }

  private writeEvent(message: string): void {
    const { writer } = this.options;
    if (!this.streaming) {
      this.streaming = true;
      writer.startStream();
      this.answers.splice(0).forEach((answer) => writer.writeEvent(answer));
    }
    writer.writeEvent(message);
  }

  private finish({ status, headers }: HttpMark = { status: 200 }): void {
    const { writer, batch } = this.options;
    if (this.streaming) {
      writer.endStream();
    } else if (this.answers.length === 0) {
      writer.sendNothing(202);
    } else if (batch) {
      writer.sendJson(200, `[${this.answers.splice(0).join(",")}]`);
    } else {
      writer.sendJson(status, this.answers.splice(0).join(""), headers);
    }
  }

  private logCall(call: Call, { outcome, code }: Answer): void {
    this.options.log.info("Request answered", {
      // A method that does not exist is a text of the client's making, so it stays out of the log.
      method: code === METHOD_NOT_FOUND ? "(unknown)" : call.method,
      tool: call.tool,
      outcome,
      code,
      milliseconds: Math.round((performance.now() - call.startedAt) * 1000) / 1000,
      // Last, because V8 extends a copied object far slower than it copies one.
      ...this.correlation,
    });
  }
}

/** What calls get that are still running when the server's time is over. */
export const STOPPING = errorAnswer({ code: -32000, message: "The server is stopping; the call was not finished" });

function idText(id: RequestId): string {
  return typeof id === "number" ? String(id) : JSON.stringify(id);
}
