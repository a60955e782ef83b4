import { Readable, type Transform } from "node:stream";

import { Agent, util, type Dispatcher } from "undici";

import { codingOf, decodedFields, decoderOf } from "./content-coding";
import { HttpResponse } from "./http-message";

/** Where a program of this machine is asked. */
export interface LoopbackAddress {
  readonly origin: string;
  /** With the query, which may hold an API key. */
  readonly path: string;
}

/** What the emulator sends to a program of this machine. */
export interface LoopbackRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
  /** Aborted when the answer is not wanted any more, which ends the exchange. */
  readonly gone?: AbortSignal | undefined;
}

export interface LoopbackLimits {
  /** Milliseconds until the answer is complete, or for an event stream until it ends. */
  readonly milliseconds: number;
  /** Of the answer's body, decoded. */
  readonly bytes: number;
}

/** Why a program of this machine gave no usable answer. */
export class LoopbackError extends Error {
  constructor(
    readonly reason: "refused" | "broken" | "timeout" | "oversize" | "unwanted",
    message: string,
  ) {
    super(message);
    this.name = "LoopbackError";
  }
}

/** Idle connections are dropped before a server drops them: servers keep them for 5 s and more. */
const IDLE_MS = 1_000;

/** Connections, without undici's own limits of time: an exchange has one for all of it. */
export function loopbackAgent(): Agent {
  return new Agent({
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 0 },
  });
}

const sharedAgent = loopbackAgent();

/**
 * The one place where the emulator waits for another program, so that nothing it waits for is without an end.
 *
 * @param agent whose end is that of the exchange. @default - one that stays
 * @returns the whole answer, or an event stream as it comes, decoded
 * @throws LoopbackError
 */
export function callLoopback(
  address: LoopbackAddress,
  { method, headers, body, gone }: LoopbackRequest,
  limits: LoopbackLimits,
  agent = sharedAgent,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { origin, path } = address;
    const exchange = new Exchange(address, limits, { resolve, reject });
    if (gone) exchange.endWith(gone);
    agent.dispatch({ origin, path, method: method as Dispatcher.HttpMethod, headers, body }, exchange);
  });
}

/** Takes an answer as it comes, and ends one that takes too long or brings too much. */
class Exchange implements Dispatcher.DispatchHandlers {
  private readonly timer: NodeJS.Timeout;
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private head?: { readonly status: number; readonly headers: Record<string, string> };
  private stream?: Readable;
  private coding?: string | undefined;
  private decoder?: Transform;
  private resume?: () => void;
  private abort?: () => void;
  private error?: LoopbackError;

  constructor(
    private readonly address: LoopbackAddress,
    private readonly limits: LoopbackLimits,
    private readonly promise: { resolve(answer: HttpResponse): void; reject(error: LoopbackError): void },
  ) {
    this.timer = setTimeout(() => this.expire(), limits.milliseconds);
  }

  /** Without the query: what went wrong is told to callers. */
  private get url(): string {
    const { origin, path } = this.address;
    return `${origin}${path.split("?", 1).join("")}`;
  }

  /** Nobody waits for the answer any longer than the signal lets them. */
  endWith(gone: AbortSignal): void {
    const leave = () => this.end(new LoopbackError("unwanted", `${this.url} was not waited for: who asked is gone`));
    gone.addEventListener("abort", leave, { once: true });
    if (gone.aborted) leave();
  }

  onConnect(abort: () => void): void {
    this.abort = abort;
    if (this.error) abort();
  }

  onHeaders(status: number, fields: Buffer[], resume: () => void): boolean {
    const isInformational = status < 200;
    if (isInformational) return true;
    const fieldsAsSent = readFields(fields);
    this.coding = codingOf(fieldsAsSent);
    const headers = this.coding === undefined ? fieldsAsSent : decodedFields(fieldsAsSent);
    this.head = { status, headers };
    this.resume = resume;
    if (headers["content-type"]?.startsWith("text/event-stream")) {
      this.stream = new Readable({ read: () => this.goOn(), destroy: (error, done) => this.leave(error, done) });
      // It may break before anybody reads it, or where nobody does; who comes later is told all the same.
      this.stream.on("error", () => undefined);
      this.promise.resolve(new HttpResponse(this.stream, this.head));
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.coding === undefined) return this.take(chunk);
    this.decoder ??= this.startDecoder(this.coding, chunk);
    return this.decoder?.write(chunk) ?? false;
  }

  onComplete(): void {
    if (this.decoder) this.decoder.end();
    else this.complete();
  }

  /** A part of the body as it was before it was encoded. */
  private take(chunk: Buffer): boolean {
    this.received += chunk.length;
    if (this.received > this.limits.bytes) {
      this.end(new LoopbackError("oversize", `${this.url} answered with more than ${this.limits.bytes} bytes`));
      return false;
    }
    if (this.stream) return this.stream.push(chunk);
    this.chunks.push(chunk);
    return true;
  }

  private startDecoder(coding: string, beginning: Buffer): Transform | undefined {
    const decoder = decoderOf(coding, beginning);
    if (!decoder) {
      this.end(new LoopbackError("broken", `${this.url} answered in the content coding ${coding}, which is not read`));
      return undefined;
    }
    return decoder
      .on("data", (chunk: Buffer) => void (this.take(chunk) || decoder.pause()))
      .on("drain", () => this.resume?.())
      .on("end", () => this.complete())
      .on("error", ({ message }) =>
        this.end(new LoopbackError("broken", `${this.url} answered with what is no ${coding}: ${message}`)),
      );
  }

  /** The reader of the stream wants more. */
  private goOn(): void {
    this.resume?.();
    this.decoder?.resume();
  }

  private complete(): void {
    clearTimeout(this.timer);
    const [first = Buffer.alloc(0), ...more] = this.chunks;
    if (this.stream) this.stream.push(null);
    else this.promise.resolve(new HttpResponse(more.length === 0 ? first : Buffer.concat(this.chunks), this.head));
  }

  onError(error: NodeJS.ErrnoException): void {
    this.end(
      error.code === "ECONNREFUSED"
        ? new LoopbackError("refused", `${this.url} refused the connection`)
        : new LoopbackError("broken", `${this.url} broke off: ${error.message}`),
    );
  }

  private expire(): void {
    this.end(new LoopbackError("timeout", `${this.url} did not answer within ${this.limits.milliseconds / 1000} s`));
  }

  private end(error: LoopbackError): void {
    if (this.error) return;
    this.error = error;
    clearTimeout(this.timer);
    this.decoder?.destroy();
    if (this.stream) this.stream.destroy(error);
    else this.promise.reject(error);
    this.abort?.();
  }

  /** The reader of the stream goes away, at its end or before. */
  private leave(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.timer);
    this.decoder?.destroy();
    this.abort?.();
    done(error);
  }
}

/** Names and values by turns. A byte is a character, so that a field can be handed on as it came. */
function readFields(fields: Buffer[]): Record<string, string> {
  const headers: Record<string, string> = {};
  let name: string | undefined;
  for (const field of fields) {
    if (name === undefined) {
      name = util.headerNameToString(field);
      continue;
    }
    const value = field.toString("latin1");
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
    name = undefined;
  }
  return headers;
}
