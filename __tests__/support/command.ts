import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { run } from "../../cli/run";

export const REPOSITORY = resolve(__dirname, "../..");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const started: Command[] = [];

// A test that fails leaves none behind.
afterAll(() => Promise.all(started.map((command) => command.kill())));

/** A process of its own group, as a shell with job control starts it, so that Ctrl-C reaches it and its children. */
export class Command {
  stdout = "";
  stderr = "";
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown[]>;

  constructor(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.child = spawn(program, parameters, {
      cwd: REPOSITORY,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.closed = once(this.child, "close");
    started.push(this);
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
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

  /** @returns the pattern's first match in standard output. @throws Error when the process ends without it */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return this.writes("stdout", pattern);
  }

  /** The same in standard error. */
  complains(pattern: RegExp): Promise<RegExpExecArray> {
    return this.writes("stderr", pattern);
  }

  /** Ctrl-C at the terminal. */
  interrupt(): void {
    process.kill(-this.pid, "SIGINT");
  }

  private async writes(stream: "stdout" | "stderr", pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this[stream]);
      if (match) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        throw new Error(`Ended without ${pattern.source}:\n${this.stdout}\n${this.stderr}`);
      }
      await Promise.race([once(this.child[stream] ?? this.child, "data"), this.closed]);
    }
  }

  /** Ends what is left of the group. */
  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) process.kill(-this.pid, "SIGKILL");
    await this.closed;
  }
}

/**
 * Runs `cdktf-agentcore` to its end in this process, where that takes a tenth of the time. Parameters with which it holds
 * on to something until its process ends, such as `--state`, need `Command.ofCli`.
 */
export function cdktfAgentcore(...parameters: string[]): Promise<Ended> {
  const ended = turn.then(() => runHere(parameters));
  turn = ended.catch(() => undefined);
  return ended;
}

/** The same, given something on its standard input. */
export async function cdktfAgentcoreReading(input: string | Buffer, ...parameters: string[]): Promise<Ended> {
  const stdin = jest.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([Buffer.from(input)]) as never);
  try {
    return await cdktfAgentcore(...parameters);
  } finally {
    stdin.mockRestore();
  }
}

/** Whoever runs in this process has its streams and its exit status to himself. */
let turn: Promise<unknown> = Promise.resolve();

async function runHere(parameters: readonly string[]): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  const streams = (["stdout", "stderr"] as const).map((name) =>
    jest.spyOn(process[name], "write").mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    }),
  );
  const forget = listenersSince();
  try {
    await run(parameters);
    return { status: Number(process.exitCode ?? 0), ...written };
  } finally {
    process.exitCode = undefined;
    streams.forEach((stream) => stream.mockRestore());
    forget();
  }
}

/** What a command listens to until its process ends. */
const LISTENED = ["SIGINT", "SIGTERM", "SIGHUP", "error"];

/** @returns what takes away the listeners that were added meanwhile */
function listenersSince(): () => void {
  const lists = [process, process.stdout, process.stderr].flatMap((emitter: NodeJS.EventEmitter) =>
    LISTENED.map((event) => ({ emitter, event, before: emitter.listeners(event) })),
  );
  return () => {
    for (const { emitter, event, before } of lists) {
      for (const listener of emitter.listeners(event)) {
        if (!before.includes(listener)) emitter.removeListener(event, listener as () => void);
      }
    }
  };
}

/** A serving `cdktf-agentcore up` on a free port. */
export async function startUp(...parameters: string[]): Promise<{ command: Command; url: string; port: string }> {
  const command = Command.ofCli(["up", ...parameters, "--port", "0"]);
  await command.says(/Ctrl-C/);
  const [, url = "", port = ""] = await command.says(/AWS_ENDPOINT_URL=(http:\/\/127\.0\.0\.1:(\d+))/);
  return { command, url, port };
}
