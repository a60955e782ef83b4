import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { forwardLines, machineVariables, stopProcess } from "../child-process";

/** How the MCP server is started: a program and its arguments, without a shell. */
export interface ServerCommand {
  readonly program: string;
  readonly arguments: readonly string[];
}

export class ServerStartError extends Error {
  constructor(
    readonly reason: "start" | "initialization",
    message: string,
  ) {
    super(message);
    this.name = "ServerStartError";
  }
}

const POLL_MS = 10;

/**
 * One run of an MCP server. AgentCore gives it port 8000 in a microVM; here it is told a free port of the loopback
 * interface through `HOST` and `PORT`.
 */
export class ServerProcess {
  /** The base URL, once the process listens; rejects with a ServerStartError. */
  readonly url: Promise<string>;
  private child?: ChildProcess;
  private stopped?: Promise<void>;
  private state: "running" | "ended" = "running";

  constructor(
    private readonly command: ServerCommand,
    environmentVariables: Readonly<Record<string, string>>,
    initialization: number,
    log: (line: string) => void,
  ) {
    this.url = this.start(environmentVariables, initialization, log);
    // Whoever waits for the URL sees the failure; nobody may be waiting.
    this.url.catch(() => (this.state = "ended"));
  }

  get hasEnded(): boolean {
    return this.state === "ended";
  }

  /** Each of the calls that find a process dead may stop it. */
  async stop(): Promise<void> {
    this.state = "ended";
    if (this.child) await (this.stopped ??= stopProcess(this.child));
  }

  private async start(
    environmentVariables: Readonly<Record<string, string>>,
    initialization: number,
    log: (line: string) => void,
  ): Promise<string> {
    const port = await findFreePort();
    if (this.hasEnded)
      throw new ServerStartError("start", `The MCP server '${this.describe()}' was stopped before it started`);
    const child = spawn(this.command.program, this.command.arguments, {
      env: { ...machineVariables(), ...environmentVariables, HOST: "127.0.0.1", PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    forwardLines(child, log);
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      child.once("exit", (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
    void ended.then((reason) => {
      if (!this.hasEnded) log(`The MCP server '${this.describe()}' ${reason}`);
      this.state = "ended";
    });
    await Promise.race([
      this.waitUntilListening(child, port, initialization),
      ended.then((reason) => {
        throw new ServerStartError("start", `The MCP server '${this.describe()}' ${reason}`);
      }),
    ]);
    return `http://127.0.0.1:${port}`;
  }

  private async waitUntilListening(child: ChildProcess, port: number, initialization: number): Promise<void> {
    const deadline = Date.now() + initialization;
    while (!this.hasEnded && Date.now() < deadline) {
      if (await accepts(port)) return;
      await sleep(POLL_MS);
    }
    if (this.hasEnded) return;
    child.kill("SIGKILL");
    const seconds = initialization / 1000;
    throw new ServerStartError(
      "initialization",
      `The MCP server '${this.describe()}' did not listen on port ${port} within ${seconds} s`,
    );
  }

  private describe(): string {
    return [this.command.program, ...this.command.arguments].join(" ");
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
