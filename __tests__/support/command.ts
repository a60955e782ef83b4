import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { CommandHere } from "./command-here";
import { type Ended, Program } from "./program";

export const REPOSITORY = resolve(__dirname, "../..");

const started: Command[] = [];

// A test that fails leaves none behind.
afterAll(() => Promise.all(started.map((command) => command.kill())));

/** A process of its own group, as a shell with job control starts it, so that Ctrl-C reaches it and its children. */
export class Command extends Program {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown[]>;

  constructor(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    super();
    this.child = spawn(program, parameters, {
      cwd: REPOSITORY,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.closed = once(this.child, "close");
    started.push(this);
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => this.take("stdout", text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => this.take("stderr", text));
  }

  /** `cdktf-agentcore`, bundled from its sources when the test run began. */
  static ofCli(parameters: readonly string[], environment?: NodeJS.ProcessEnv): Command {
    return new Command(process.execPath, ["dist/cli/main.js", ...parameters], environment);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async end(): Promise<Ended> {
    await this.closed;
    return { status: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }

  interrupt(): void {
    process.kill(-this.pid, "SIGINT");
  }

  /** Ends what is left of the group. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.pid, "SIGKILL");
    await this.closed;
  }
}

/** A serving `cdktf-agentcore up` on a free port. */
interface Up<Running extends Program> {
  readonly command: Running;
  readonly url: string;
  readonly port: string;
}

const upOf = (parameters: readonly string[]): string[] => ["up", ...parameters, "--port", "0"];

/** `cdktf-agentcore up` in this process. */
export function startUp(...parameters: string[]): Promise<Up<CommandHere>> {
  return serving(new CommandHere(upOf(parameters)));
}

/** In a process of its own, as it has to be where it keeps a `--state`. */
export function startUpApart(...parameters: string[]): Promise<Up<Command>> {
  return serving(Command.ofCli(upOf(parameters)));
}

async function serving<Running extends Program>(command: Running): Promise<Up<Running>> {
  await command.says(/Ctrl-C/);
  const [, url = "", port = ""] = await command.says(/AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:(\d+))/);
  return { command, url, port };
}
