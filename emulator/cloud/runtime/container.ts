import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How the MCP server is started: a program and its arguments, without a shell. */
export interface ServerCommand {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** Why the container cannot answer. */
export class ContainerError extends Error {
  constructor(
    readonly reason: "start" | "initialization-timeout",
    message: string,
  ) {
    super(message);
    this.name = "ContainerError";
  }
}

/** A runtime has 30 s to begin to listen: developer guide, "bedrock-agentcore-limits". */
const INITIALIZATION_MS = 30_000;
const POLL_MS = 15;
const TERMINATION_MS = 2_000;

/**
 * The process that stands for a runtime's container. AgentCore gives it port 8000 in a microVM; here it is told a free
 * port of the loopback interface through `HOST` and `PORT`. It starts at the first call and again after a crash.
 */
export class Container {
  private process?: ChildProcess;
  private ready?: Promise<string>;

  constructor(
    private readonly command: ServerCommand,
    private readonly environmentVariables: Readonly<Record<string, string>>,
    private readonly log: (line: string) => void,
  ) {}

  /** @returns the base URL, once the process listens. @throws ContainerError */
  url(): Promise<string> {
    this.ready ??= this.start().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  async stop(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    this.ready = undefined;
    if (!child || hasExited(child)) return;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), TERMINATION_MS);
    await exited;
    clearTimeout(timer);
  }

  private async start(): Promise<string> {
    const port = await findFreePort();
    const child = spawn(this.command.program, this.command.arguments, {
      env: { ...process.env, ...this.environmentVariables, HOST: "127.0.0.1", PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    const failure = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(`could not be started: ${error.message}`));
      child.once("exit", (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
    void failure.then((reason) => {
      if (this.process !== child) return;
      this.ready = undefined;
      this.log(`The MCP server '${this.describe()}' ${reason}`);
    });
    forwardLines(child, this.log);
    await Promise.race([
      this.waitUntilListening(child, port),
      failure.then((reason) => {
        throw new ContainerError("start", `The MCP server '${this.describe()}' ${reason}`);
      }),
    ]);
    return `http://127.0.0.1:${port}`;
  }

  private async waitUntilListening(child: ChildProcess, port: number): Promise<void> {
    const deadline = Date.now() + INITIALIZATION_MS;
    while (!hasExited(child) && Date.now() < deadline) {
      if (await accepts(port)) return;
      await sleep(POLL_MS);
    }
    if (hasExited(child)) return;
    child.kill("SIGKILL");
    throw new ContainerError(
      "initialization-timeout",
      `The MCP server '${this.describe()}' did not listen on port ${port} within ${INITIALIZATION_MS / 1000} s`,
    );
  }

  private describe(): string {
    return [this.command.program, ...this.command.arguments].join(" ");
  }
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function forwardLines(child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(log);
    });
    stream?.on("end", () => rest && log(rest));
  }
}

async function findFreePort(): Promise<number> {
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
