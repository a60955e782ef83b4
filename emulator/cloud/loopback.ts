import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";

import { HttpResponse } from "./http-message";

/** What the emulator sends to a program of this machine. */
export interface LoopbackRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

export interface LoopbackLimits {
  /** Milliseconds until the answer is complete, or for an event stream until it ends. */
  readonly milliseconds: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

/** Why a program of this machine gave no usable answer. */
export class LoopbackError extends Error {
  constructor(
    readonly reason: "refused" | "broken" | "timeout" | "oversize",
    message: string,
  ) {
    super(message);
    this.name = "LoopbackError";
  }
}

/** Idle connections are dropped before a server drops them: servers keep them for 5 s and more. */
const IDLE_MS = 1_000;
const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });

const WITHOUT_BODY = [204, 205, 304];

/**
 * The one place where the emulator waits for another program, so that nothing it waits for is without an end.
 *
 * @returns the whole answer, or an event stream as it comes
 * @throws LoopbackError
 */
export async function callLoopback(url: string, request: LoopbackRequest, limits: LoopbackLimits): Promise<HttpResponse> {
  // A query may hold an API key, and what went wrong is told to callers.
  const deadline = new Deadline(url.split("?", 1)[0] ?? url, limits);
  try {
    const answer = await send(url, request, deadline);
    const { statusCode: status = 502, headers } = answer;
    const init = { status, headers };
    if (WITHOUT_BODY.includes(status)) {
      answer.resume();
      deadline.clear();
      return new HttpResponse(undefined, init);
    }
    if (headers["content-type"]?.startsWith("text/event-stream")) return new HttpResponse(deadline.stream(answer), init);
    return new HttpResponse(await deadline.read(answer), init);
  } catch (error) {
    deadline.clear();
    throw deadline.explain(error);
  }
}

function send(url: string, { method, headers, body }: LoopbackRequest, deadline: Deadline): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body !== undefined && { "content-length": String(Buffer.byteLength(body)) };
    const { hostname, port, pathname, search } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, "");
    const outgoing = httpRequest({ agent, host, port, path: pathname + search, method, headers: { ...headers, ...length } });
    deadline.onEnd(() => outgoing.destroy());
    outgoing.once("response", resolve);
    // Stays attached: a connection may break again after the answer began.
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Ends a call that takes too long or brings too much. */
class Deadline {
  private readonly timer: NodeJS.Timeout;
  private abort?: () => void;
  private error?: LoopbackError;
  private received = 0;

  constructor(
    private readonly url: string,
    private readonly limits: LoopbackLimits,
  ) {
    this.timer = setTimeout(() => this.expire(), limits.milliseconds);
  }

  onEnd(abort: () => void): void {
    this.abort = abort;
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  read(answer: IncomingMessage): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(this.count(chunk)));
      answer.once("end", () => {
        this.clear();
        if (this.error) reject(this.error);
        else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      });
      answer.on("error", reject);
    });
  }

  stream(answer: IncomingMessage): Readable {
    const stream = Readable.from(this.pass(answer));
    // One that is ended before anybody reads it never enters the generator.
    return stream.once("close", () => {
      this.clear();
      answer.destroy();
    });
  }

  /** What a failure of the connection means. */
  explain(error: unknown): LoopbackError {
    if (this.error) return this.error;
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ECONNREFUSED"
      ? new LoopbackError("refused", `${this.url} refused the connection`)
      : new LoopbackError("broken", `${this.url} broke off: ${message}`);
  }

  private async *pass(answer: IncomingMessage): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) yield this.count(chunk);
      if (this.error) throw this.error;
    } catch (error) {
      throw this.explain(error);
    } finally {
      this.clear();
    }
  }

  private count(chunk: Buffer): Buffer {
    this.received += chunk.length;
    if (this.received > this.limits.bytes) {
      this.end(new LoopbackError("oversize", `${this.url} answered with more than ${this.limits.bytes} bytes`));
    }
    return chunk;
  }

  private expire(): void {
    this.end(new LoopbackError("timeout", `${this.url} did not answer within ${this.limits.milliseconds / 1000} s`));
  }

  private end(error: LoopbackError): void {
    if (this.error) return;
    this.error = error;
    this.abort?.();
  }
}
