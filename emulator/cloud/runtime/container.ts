import type { Limits } from "../limits";
import { callLoopback, LoopbackError, type LoopbackRequest } from "../loopback";
import { ServerProcess, ServerStartError, type ServerCommand } from "./server-process";

export type ContainerRequest = Omit<LoopbackRequest, "method">;

/** Why the container gave no answer. */
export class ContainerError extends Error {
  constructor(
    readonly reason: "start" | "initialization-timeout" | "no-answer",
    message: string,
  ) {
    super(message);
    this.name = "ContainerError";
  }
}

/**
 * What stands for a runtime's container: a process that starts when the runtime is created, and anew with the first
 * call after it has ended.
 */
export class Container {
  private current?: ServerProcess;

  constructor(
    private readonly command: ServerCommand,
    private readonly environmentVariables: Readonly<Record<string, string>>,
    private readonly limits: Limits,
    private readonly log: (line: string) => void,
  ) {}

  /** Starts the process without waiting for it: a failure is the first call's to find. */
  warmUp(): void {
    this.process();
  }

  /** @returns the base URL, once the process listens. @throws ContainerError */
  async url(): Promise<string> {
    try {
      return await this.process().url;
    } catch (error) {
      if (!(error instanceof ServerStartError)) throw error;
      throw new ContainerError(error.reason, error.message);
    }
  }

  /** POSTs to the MCP server. @throws ContainerError */
  async post(request: ContainerRequest): Promise<Response> {
    const { invocation: milliseconds, runtimePayload: bytes } = this.limits;
    const call = async () => callLoopback(`${await this.url()}/mcp`, { method: "POST", ...request }, { milliseconds, bytes });
    try {
      try {
        return await call();
      } catch (error) {
        // Nobody listens although the process was ready: it has died unnoticed, and nothing of the call has happened.
        if (!(error instanceof LoopbackError && error.reason === "refused")) throw error;
        await this.stop();
        return await call();
      }
    } catch (error) {
      if (!(error instanceof LoopbackError)) throw error;
      throw new ContainerError("no-answer", error.message);
    }
  }

  async stop(): Promise<void> {
    const process = this.current;
    this.current = undefined;
    await process?.stop();
  }

  private process(): ServerProcess {
    if (!this.current || this.current.hasEnded) {
      this.current = new ServerProcess(this.command, this.environmentVariables, this.limits.runtimeInitialization, this.log);
    }
    return this.current;
  }
}
