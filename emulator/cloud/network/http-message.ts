import type { Readable } from "node:stream";

import { parseJson } from "../../../targets/json";
import type { Eventual } from "../../eventual";
import type { Trace } from "../../trace/hop-record";

/** By names in lower case. */
type HeaderFields = NodeJS.Dict<string | string[]>;

/**
 * Header fields by their names in lower case, as Node's HTTP parser gives them.
 *
 * These classes stand where fetch's `Request` and `Response` could: making one of those takes longer than all that the
 * emulated account does with it, and a call passes half a dozen.
 */
export class HttpHeaders {
  constructor(private readonly fields: HeaderFields = {}) {}

  get(name: string): string | null {
    const value = this.fields[name];
    if (typeof value === "string") return value;
    return Array.isArray(value) ? value.join(", ") : null;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  set(name: string, value: string): void {
    this.fields[name] = value;
  }

  /** Without the fields that are left out, because they are of the connection, for example. */
  toRecord(leftOut: readonly string[] = []): Record<string, string> {
    const record: Record<string, string> = {};
    for (const name of Object.keys(this.fields)) {
      const value = leftOut.includes(name) ? null : this.get(name);
      if (value !== null) record[name] = value;
    }
    return record;
  }
}

/** A workload of the account that calls: only emulated services can say that they are one. */
export interface Workload {
  /** ARN of what it runs on: a gateway. */
  readonly hostingEnvironment: string;
  /** Name of its workload identity. */
  readonly identity: string;
}

/** Who waits for the answer to a request. */
export interface Peer {
  /** Aborted when it goes away before the answer is complete. */
  readonly gone: AbortSignal;
}

/** A request to an AWS host, whose body is at hand. */
export class HttpRequest {
  constructor(
    readonly method: string,
    /** The real AWS URL. */
    readonly location: URL,
    readonly headers: HttpHeaders,
    /** The call that it is part of. */
    readonly trace: Trace,
    readonly body: string | Buffer = "",
    /** Left out for callers outside. */
    readonly workload?: Workload,
    /** Left out where nobody looks after it. */
    readonly peer?: Peer,
  ) {}

  get url(): string {
    return this.location.href;
  }

  /** What the body says in JSON; undefined where it is none. */
  json(): unknown {
    return parseJson(this.body.toString());
  }

  /** For services that are fetch handlers. */
  toFetch(): Request {
    const body = this.body.length > 0 ? this.body : undefined;
    return new Request(this.location, { method: this.method, headers: this.headers.toRecord(), ...(body && { body }) });
  }
}

interface ResponseInit {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: HeaderFields;
}

/** An answer: its body as a whole, or as it comes. */
export class HttpResponse {
  readonly status: number;
  readonly headers: HttpHeaders;

  constructor(
    readonly body: string | Buffer | Readable = "",
    { status = 200, headers = {} }: ResponseInit = {},
  ) {
    this.status = status;
    this.headers = new HttpHeaders(headers);
  }

  static json(value: unknown, { status, headers }: ResponseInit = {}): HttpResponse {
    return new HttpResponse(JSON.stringify(value), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  }

  static async fromFetch(response: Response): Promise<HttpResponse> {
    return new HttpResponse(Buffer.from(await response.arrayBuffer()), {
      status: response.status,
      headers: Object.fromEntries(response.headers),
    });
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The whole body; that of a stream is gone then. */
  async bytes(): Promise<Buffer> {
    if (!isStream(this.body)) return Buffer.from(this.body);
    return Buffer.concat((await this.body.toArray()).map((chunk: string | Buffer) => Buffer.from(chunk)));
  }

  text(): Eventual<string> {
    return isStream(this.body) ? this.bytes().then(String) : this.body.toString();
  }

  /** @throws SyntaxError */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Ends a body that nobody wants to read. */
  discard(): void {
    if (isStream(this.body)) this.body.destroy();
  }
}

export function isStream(body: HttpResponse["body"]): body is Readable {
  return typeof body !== "string" && !Buffer.isBuffer(body);
}
