import { Readable } from "node:stream";

/**
 * Header fields by their names in lower case, as Node's HTTP parser gives them.
 *
 * These classes stand where fetch's `Request` and `Response` could: making one of those takes longer than all that the
 * emulated account does with it, and a call passes half a dozen.
 */
export class HttpHeaders {
  constructor(private readonly fields: Record<string, string> = {}) {}

  get(name: string): string | null {
    return Object.hasOwn(this.fields, name) ? (this.fields[name] ?? null) : null;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.fields, name);
  }

  set(name: string, value: string): void {
    this.fields[name] = value;
  }

  toRecord(): Readonly<Record<string, string>> {
    return this.fields;
  }
}

const EMPTY = Buffer.alloc(0);

/** A request to an AWS host, whose body is at hand. */
export class HttpRequest {
  readonly headers: HttpHeaders;

  constructor(
    readonly method: string,
    /** The real AWS URL. */
    readonly location: URL,
    headers: Record<string, string>,
    readonly body: Buffer = EMPTY,
  ) {
    this.headers = new HttpHeaders(headers);
  }

  get url(): string {
    return this.location.href;
  }

  /** What the body says in JSON; undefined where it is none. */
  json(): unknown {
    try {
      return JSON.parse(this.body.toString());
    } catch {
      return undefined;
    }
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
  readonly headers?: Record<string, string>;
}

/** An answer: its body as a whole, or as it comes. */
export class HttpResponse {
  readonly status: number;
  readonly headers: HttpHeaders;

  constructor(
    readonly body: Buffer | Readable = EMPTY,
    { status = 200, headers = {} }: ResponseInit = {},
  ) {
    this.status = status;
    this.headers = new HttpHeaders(headers);
  }

  static json(value: unknown, { status, headers }: ResponseInit = {}): HttpResponse {
    return HttpResponse.text(JSON.stringify(value), { status, headers: { "content-type": "application/json", ...headers } });
  }

  static text(text: string, init?: ResponseInit): HttpResponse {
    return new HttpResponse(Buffer.from(text), init);
  }

  static async fromFetch(response: Response): Promise<HttpResponse> {
    return new HttpResponse(Buffer.from(await response.arrayBuffer()), { status: response.status, headers: Object.fromEntries(response.headers) });
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The whole body as text; that of a stream is gone then. */
  async text(): Promise<string> {
    if (Buffer.isBuffer(this.body)) return this.body.toString();
    return Buffer.concat((await this.body.toArray()).map((chunk: string | Buffer) => Buffer.from(chunk))).toString();
  }

  /** @throws SyntaxError */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Ends a body that nobody wants to read. */
  discard(): void {
    if (!Buffer.isBuffer(this.body)) this.body.destroy();
  }
}
