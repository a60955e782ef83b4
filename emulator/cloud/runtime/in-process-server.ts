import { setTimeout as sleep } from "node:timers/promises";

import { accepts, reservePort } from "../processes/free-port";
import { ContainerError, type ServerRun } from "./server-run";

/** Has an MCP server of this process listen at a port of the loopback interface. @returns what ends it */
export type ServerFunction = (port: number) => Promise<() => Promise<void>>;

const POLL_MS = 5;

/** One run of an MCP server within this process: a test's own, which it can look into and debug. */
export class InProcessServer implements ServerRun {
  readonly url: Promise<string>;
  private state: "running" | "ended" = "running";
  private stopped?: Promise<void>;
  private started?: Promise<() => Promise<void>>;

  /** @param initialization how long it may take until it listens; milliseconds */
  constructor(
    private readonly listenAt: ServerFunction,
    private readonly initialization: number,
  ) {
    this.url = this.start();
    // Whoever waits for the URL sees the failure; nobody may be waiting.
    this.url.catch(() => (this.state = "ended"));
  }

  get hasEnded(): boolean {
    return this.state === "ended";
  }

  stop(): Promise<void> {
    this.state = "ended";
    return (this.stopped ??= this.end());
  }

  private async start(): Promise<string> {
    const reserved = await reservePort();
    const { port } = reserved;
    try {
      if (this.hasEnded) throw failure("start", "was stopped before it started");
      const started = this.listenAt(port);
      this.started = started;
      await Promise.race([this.waitUntilListening(port), started.then(() => this.waitUntilListening(port))]);
      return `http://127.0.0.1:${port}`;
    } catch (error) {
      if (error instanceof ContainerError) throw error;
      throw failure("start", `could not be started: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      reserved.release();
    }
  }

  private async waitUntilListening(port: number): Promise<void> {
    const deadline = Date.now() + this.initialization;
    while (!this.hasEnded) {
      if (await accepts(port)) return;
      if (Date.now() > deadline) {
        const seconds = this.initialization / 1000;
        throw failure("initialization", `did not listen on port ${port}, which it was given, within ${seconds} s`);
      }
      await sleep(POLL_MS);
    }
  }

  private async end(): Promise<void> {
    const stop = await this.started?.catch(() => undefined);
    await stop?.();
  }
}

function failure(reason: ContainerError["reason"], what: string): ContainerError {
  return new ContainerError(reason, `The MCP server of this process ${what}`);
}
