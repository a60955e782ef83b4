import type { ServerResponse } from "node:http";
import { ErrorCode, type JSONRPCMessage, type JSONRPCNotification } from "@modelcontextprotocol/sdk/types.js";
import type { Correlation } from "../correlation";
import type { Logger } from "../log";
import type { Answer, Call, Exchange } from "../transport";
import type { Messages } from "./messages";
import { sendJson } from "./send";

/** One POST being answered: with JSON, or, once a tool has reported progress, with an event stream. */
export class HttpExchange implements Exchange {
  private readonly answers: JSONRPCMessage[] = [];
  private open: number;
  private streaming = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly messages: Messages,
    readonly correlation: Correlation,
    private readonly log: Logger,
  ) {
    this.open = messages.requests.length;
  }

  answer(call: Call, answer: Answer): void {
    const message: JSONRPCMessage =
      "result" in answer
        ? { jsonrpc: "2.0", id: call.clientId, result: answer.result }
        : { jsonrpc: "2.0", id: call.clientId, error: answer.error };
    this.logCall(call, answer);
    this.open -= 1;
    if (this.streaming) {
      this.writeEvent(message);
    } else {
      this.answers.push(message);
    }
    if (this.open === 0) {
      this.finish();
    }
  }

  async notify(notification: JSONRPCNotification): Promise<void> {
    if (!this.streaming) {
      this.startStream();
    }
    if (!this.writeEvent(notification) && !this.response.destroyed) {
      await drained(this.response);
    }
  }

  private startStream(): void {
    this.streaming = true;
    this.response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
    this.answers.splice(0).forEach((answer) => this.writeEvent(answer));
  }

  private writeEvent(message: JSONRPCMessage): boolean {
    return this.response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  }

  private finish(): void {
    if (this.streaming) {
      this.response.end();
    } else {
      sendJson(this.response, 200, this.messages.batch ? this.answers : this.answers[0]);
    }
  }

  private logCall(call: Call, answer: Answer): void {
    this.log.info("Request answered", {
      method: isUnknownMethod(answer) ? "(unknown)" : call.method,
      tool: call.tool,
      outcome: outcome(answer),
      code: "error" in answer ? answer.error.code : undefined,
      milliseconds: Math.round((performance.now() - call.startedAt) * 1000) / 1000,
      // Last, because V8 extends a copied object far slower than it copies one.
      ...this.correlation,
    });
  }
}

/** A method that does not exist is a text of the client's making, so it stays out of the log. */
function isUnknownMethod(answer: Answer): boolean {
  return "error" in answer && answer.error.code === (ErrorCode.MethodNotFound as number);
}

function outcome(answer: Answer): "ok" | "tool error" | "protocol error" {
  if ("error" in answer) {
    return "protocol error";
  }
  return "isError" in answer.result && answer.result["isError"] === true ? "tool error" : "ok";
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
