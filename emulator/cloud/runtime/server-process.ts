import { setTimeout as sleep } from "node:timers/promises";

import { accepts, reservePort } from "../processes/free-port";
import { listeningPorts } from "../processes/listening-ports";
import { forwardLines } from "../processes/output-lines";
import { ProcessGroup, type Command } from "../processes/process-group";
import { processVariables, type VariablesOptions } from "../processes/process-variables";
import { ContainerError, type ServerRun } from "./server-run";

/** How an MCP server is started. */
export interface ServerCommand extends Command {
  /** The port on which it listens whatever it is told, such as 8000. @default - a free one, of which `PORT` tells it */
  readonly port?: number;
}

/** What a server is started with, beside its command. */
export interface ServerSettings extends VariablesOptions {
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** How long it may take until it listens; milliseconds. */
  readonly initialization: number;
  /** Until its own port is. @default - it is */
  readonly free?: Promise<void> | undefined;
}

const POLL_MS = 10;
/** When a server that has not come is looked for on other ports. */
const SEARCH_AFTER_MS = 2_000;
/** Where a container listens on AgentCore: developer guide, "runtime-mcp-protocol-contract". */
const CONTAINER_PORT = 8000;

/**
 * One run of an MCP server. AgentCore gives it port 8000 in a microVM; here it is told a free port of the loopback
 * interface through `HOST` and `PORT`, and through what Python's servers read instead.
 */
export class ServerProcess implements ServerRun {
  readonly url: Promise<string>;
  private group?: ProcessGroup;
  private stopped?: Promise<void>;
  private state: "running" | "ended" = "running";

  constructor(
    private readonly command: ServerCommand,
    private readonly settings: ServerSettings,
  ) {
    this.url = this.start();
    // Whoever waits for the URL sees the failure; nobody may be waiting.
    this.url.catch(() => (this.state = "ended"));
  }

  get hasEnded(): boolean {
    return this.state === "ended";
  }

  async stop(): Promise<void> {
    this.state = "ended";
    await this.settings.free;
    if (this.group) await (this.stopped ??= this.group.stop());
  }

  private async start(): Promise<string> {
    const { port } = this.command;
    if (port !== undefined) {
      await this.settings.free;
      if (!(await accepts(port))) return this.startAt(port);
      throw this.failure("start", `cannot have port ${port}: another program listens there; stop it first`);
    }
    const reserved = await reservePort();
    try {
      return await this.startAt(reserved.port);
    } finally {
      reserved.release();
    }
  }

  private async startAt(port: number): Promise<string> {
    const { log } = this.settings;
    if (this.hasEnded) throw this.failure("start", "was stopped before it started");
    const group = new ProcessGroup(this.command, this.variables(port));
    this.group = group;
    forwardLines(group.child, log);
    const ended = new Promise<string>((resolve) => {
      group.child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      group.child.once("exit", (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
    void ended.then((reason) => {
      if (!this.hasEnded) log(`The MCP server '${this.describe()}' ${reason}`);
      this.state = "ended";
    });
    await Promise.race([
      this.waitUntilListening(group, port),
      ended.then((reason) => {
        throw this.failure("start", reason);
      }),
    ]);
    return `http://127.0.0.1:${port}`;
  }

  private variables(port: number): NodeJS.ProcessEnv {
    const told: Record<string, string> = {};
    // FastMCP and uvicorn read names of their own.
    for (const prefix of ["", "FASTMCP_", "UVICORN_"]) {
      told[`${prefix}HOST`] = "127.0.0.1";
      told[`${prefix}PORT`] = String(port);
    }
    return processVariables(this.settings.environmentVariables, told, this.settings);
  }

  private async waitUntilListening(group: ProcessGroup, port: number): Promise<void> {
    const { initialization } = this.settings;
    const begin = Date.now();
    let hasSearched = false;
    while (!this.hasEnded && Date.now() < begin + initialization) {
      if (await accepts(port)) return;
      if (!hasSearched && Date.now() > begin + SEARCH_AFTER_MS) {
        hasSearched = true;
        await this.searchElsewhere(group, port);
      }
      await sleep(POLL_MS);
    }
    if (this.hasEnded) return;
    group.kill();
    throw this.failure("initialization", `did not listen on port ${port} within ${initialization / 1000} s`);
  }

  /** A server that comes up where it would on AgentCore comes up nowhere else; other ports may have other uses. */
  private async searchElsewhere(group: ProcessGroup, port: number): Promise<void> {
    const ports = group.id === undefined ? [] : await listeningPorts(group.id);
    if (ports.length === 0 || ports.includes(port)) return;
    const told = `listens on port ${ports.join(" and ")}, not on port ${port}, of which PORT tells it`;
    if (!ports.includes(CONTAINER_PORT)) {
      return this.settings.log(`The MCP server '${this.describe()}' ${told} so far.`);
    }
    group.kill();
    throw this.failure("initialization", `${told}: let it read PORT, or give --server-port ${CONTAINER_PORT}`);
  }

  private failure(reason: ContainerError["reason"], what: string): ContainerError {
    return new ContainerError(reason, `The MCP server '${this.describe()}' ${what}`);
  }

  private describe(): string {
    return [this.command.program, ...this.command.arguments].join(" ");
  }
}
