import type { HttpResponse } from "../network/http-message";
import type { Limits } from "../limits";
import { callLoopback, LoopbackError, type LoopbackRequest } from "../network/loopback";
import { containerUrl } from "./container-contract";
import { InProcessServer } from "./in-process-server";
import type { RuntimeServer } from "./runtime-server";
import { ServerProcess, type ServerSettings } from "./server-process";
import { ContainerError, type ServerRun } from "./server-run";

/** The platform looks after a container by a ping that shows nobody's credentials: neo4j/mcp#173. */
const HEALTH_CHECK = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });
const HEALTH_CHECK_FIELDS = { "content-type": "application/json", accept: "application/json, text/event-stream" };
const HEALTH_CHECK_MS = 10_000;
const MCP_PATH = containerUrl("MCP").pathname;

export type ContainerRequest = Omit<LoopbackRequest, "method">;

/**
 * What stands for a runtime's container: a process that starts when the runtime is created, and anew with the first
 * call after it has ended.
 */
export class Container {
  private current?: ServerRun;
  /** What is to replace it, until that listens; of several, only the latest does. */
  private readonly next = new Set<ServerRun>();
  private closed = false;

  constructor(
    private readonly server: RuntimeServer,
    private readonly path: string,
    private readonly settings: Omit<ServerSettings, "initialization" | "free">,
    private readonly limits: Limits,
  ) {}

  /** Starts the process without waiting for it: a failure is the first call's to find. */
  warmUp(): void {
    this.process();
  }

  /** @returns the base URL, once the process listens. @throws ContainerError */
  async url(): Promise<string> {
    return this.process().url;
  }

  /** POSTs to the MCP server. @throws ContainerError */
  async post(request: ContainerRequest): Promise<HttpResponse> {
    const process = this.process();
    try {
      return await this.postTo(process, request);
    } catch (error) {
      // Nobody listens although the process was ready: it has died unnoticed, and nothing of the call has happened.
      if (!(error instanceof LoopbackError && error.reason === "refused")) throw withoutAnswer(error);
      await this.discard(process);
    }
    try {
      return await this.postTo(this.process(), request);
    } catch (error) {
      throw withoutAnswer(error);
    }
  }

  /**
   * Replaces the process by one of the program as it is now. The old one serves until the new one listens, and goes on
   * if it never does; one that has a port of its own has to leave it first. Without a process nothing happens: the next
   * call starts one.
   *
   * @throws ContainerError
   */
  async restart(): Promise<void> {
    if (!this.current || this.current.hasEnded) return;
    if (typeof this.server === "object" && this.server.port !== undefined) return this.restartInPlace(this.current);
    const next = this.start();
    this.next.add(next);
    try {
      await next.url;
    } catch (error) {
      if (this.next.delete(next)) throw error;
      return;
    }
    // One that began later may listen earlier, and has taken this one out.
    if (!this.next.has(next)) return;
    const replaced = [this.current, ...this.takeOut(next)];
    this.current = next;
    await stopAll(replaced);
  }

  /** Calls wait for the new process meanwhile, and the new one for the port. */
  private async restartInPlace(old: ServerRun): Promise<void> {
    const next = (this.current = this.start(old.stop()));
    try {
      await next.url;
    } catch (error) {
      if (this.current === next) throw error;
    }
  }

  async stop(): Promise<void> {
    const processes = [this.current, ...this.next];
    this.current = undefined;
    this.next.clear();
    await stopAll(processes);
  }

  /** Stops the process for good: a call that comes late starts no other one. */
  async close(): Promise<void> {
    this.closed = true;
    await this.stop();
  }

  /** Nobody waits any longer for one that comes next, nor for those that began before it. @returns the latter */
  private takeOut(next: ServerRun): ServerRun[] {
    const waiting = [...this.next];
    const earlier = waiting.slice(0, waiting.indexOf(next));
    for (const run of [...earlier, next]) this.next.delete(run);
    return earlier;
  }

  private async postTo(process: ServerRun, { headers, body, gone }: ContainerRequest): Promise<HttpResponse> {
    const { invocation: milliseconds, runtimePayload: bytes } = this.limits;
    const address = { origin: await process.url, path: this.path };
    return callLoopback(address, { method: "POST", headers, body, gone }, { milliseconds, bytes });
  }

  /** Of the calls that find a process dead, the first has perhaps begun another one already. */
  private async discard(process: ServerRun): Promise<void> {
    if (this.current === process) this.current = undefined;
    await process.stop();
  }

  private process(): ServerRun {
    if (this.closed) throw new ContainerError("start", "The runtime is gone, and its server with it");
    if (!this.current || this.current.hasEnded) this.current = this.start();
    return this.current;
  }

  private start(free?: Promise<void>): ServerRun {
    const initialization = this.limits.runtimeInitialization;
    const process =
      typeof this.server === "function"
        ? new InProcessServer(this.server, initialization)
        : new ServerProcess(this.server, { ...this.settings, initialization, free });
    if (this.path === MCP_PATH) void this.checkHealth(process);
    return process;
  }

  /** Whether the server answers at all is for calls to find; here counts that it asks nobody who he is. */
  private async checkHealth(process: ServerRun): Promise<void> {
    try {
      const request = { method: "POST", headers: HEALTH_CHECK_FIELDS, body: HEALTH_CHECK };
      const limits = { milliseconds: HEALTH_CHECK_MS, bytes: this.limits.gatewayPayload };
      const answer = await callLoopback({ origin: await process.url, path: this.path }, request, limits);
      answer.discard();
      if (![401, 403].includes(answer.status)) return;
      this.settings.log(
        `AgentCore takes this server for unhealthy: it answers ${answer.status} to a ping without credentials.`,
      );
    } catch (error) {
      if (!(error instanceof ContainerError || error instanceof LoopbackError)) throw error;
    }
  }
}

async function stopAll(runs: readonly (ServerRun | undefined)[]): Promise<void> {
  await Promise.all(runs.map(async (run) => run?.stop()));
}

function withoutAnswer(error: unknown): unknown {
  return error instanceof LoopbackError ? new ContainerError("answer", error.message) : error;
}
