import type { Writable } from "node:stream";

/** Bytes that wait for a reader; more are dropped, since a log that nobody reads must not fill the memory. */
const MAX_WAITING = 1024 * 1024;

/** The part of a stream that the log needs. */
export type LogStream = Pick<Writable, "write" | "on" | "writableLength">;

/**
 * Joins the lines of one turn of the event loop, so that a busy server writes once for many calls. What the stream
 * cannot take is dropped and counted: a reader that is gone or slow, or a full disk, never ends or stops the server.
 */
export class LogOutput {
  private lines = "";
  private dropped = 0;

  constructor(private readonly stream: LogStream) {
    // An error without a listener would be an uncaught exception. Each write reports its own.
    stream.on("error", () => undefined);
  }

  readonly write = (lines: string): void => {
    if (this.lines === "") setImmediate(() => this.flush());
    this.lines += lines;
  };

  /** Writes what is waiting; the last thing to do before the process exits. */
  flush(): void {
    const lines = this.lines;
    this.lines = "";
    if (lines === "") return;
    if (this.stream.writableLength + lines.length > MAX_WAITING) {
      this.dropped += countLines(lines);
      return;
    }
    const earlier = this.dropped;
    const report = earlier === 0 ? "" : droppedLine(earlier);
    this.dropped = 0;
    this.stream.write(report + lines, (error) => {
      if (error) this.dropped += earlier + countLines(lines);
    });
  }
}

function droppedLine(count: number): string {
  return `${JSON.stringify({ time: new Date().toISOString(), level: "warn", message: "Log lines dropped", count })}\n`;
}

function countLines(lines: string): number {
  return lines.split("\n").length - 1;
}
