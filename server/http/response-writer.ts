import type { ServerResponse } from "node:http";

/** A text above this is sent as bytes, whose memory is free as soon as they are; below, Node joins it to the headers. */
const SMALL = 16 * 1024;

/** Writes one response. A client that takes nothing of it for `writeTimeout` ms loses its connection. */
export class ResponseWriter {
  private waiting?: Promise<void>;

  constructor(
    readonly response: ServerResponse,
    private readonly writeTimeout: number,
    /** Whether the connection ends with this response; asked when its headers are written. */
    private readonly isLast: (response: ServerResponse) => boolean,
  ) {}

  sendJson(status: number, text: string, headers?: Readonly<Record<string, string>>): void {
    const body = text.length > SMALL ? Buffer.from(text) : text;
    const own = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    this.writeHead(status, headers === undefined ? own : { ...own, ...headers });
    this.response.end(body);
    this.expectProgress(this.response.writableLength > 0);
  }

  sendNothing(status: number): void {
    this.writeHead(status, { "Content-Length": 0 });
    this.response.end();
  }

  startStream(): void {
    this.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
  }

  writeEvent(message: string): void {
    this.response.write(`event: message\ndata: ${message}\n\n`);
    this.expectProgress(this.full);
    void this.drained();
  }

  endStream(): void {
    this.response.end();
    this.expectProgress(this.response.writableLength > 0);
  }

  /** Whether the client has yet to take what was written. */
  get full(): boolean {
    return this.response.writableNeedDrain;
  }

  /** Resolves when the connection can take more, or is closed. */
  async drained(): Promise<void> {
    if (this.full && !this.response.destroyed) {
      this.waiting ??= this.takeAll();
      await this.waiting;
    }
  }

  private writeHead(status: number, headers: Record<string, string | number>): void {
    if (this.isLast(this.response)) headers["Connection"] = "close";
    this.response.writeHead(status, headers);
  }

  /** Node's own timeout of a socket starts anew whenever some bytes of a long write have gone. */
  private expectProgress(waits: boolean): void {
    if (waits) this.response.setTimeout(this.writeTimeout);
  }

  private takeAll(): Promise<void> {
    const { response } = this;
    return new Promise((resolve) => {
      const done = (): void => {
        response.off("drain", done);
        response.off("close", done);
        this.waiting = undefined;
        // A stream may rest between two events for as long as the tool likes.
        response.setTimeout(0);
        resolve();
      };
      response.on("drain", done);
      response.on("close", done);
    });
  }
}
