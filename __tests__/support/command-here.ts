import { AsyncLocalStorage } from "node:async_hooks";
import { EventEmitter } from "node:events";
import { Readable } from "node:stream";

import { run } from "../../cli/run";
import { type Ended, Program } from "./program";

/** Whose streams and signals the running code finds in the process. */
const running = new AsyncLocalStorage<CommandHere>();

const started: CommandHere[] = [];

/**
 * `cdktf-agentcore` in this process, where it takes a tenth of the time. It has streams and signals of its own, so that
 * several may run at once; the exit status is the process's, so that only one may end at a time.
 */
export class CommandHere extends Program {
  readonly signals = new EventEmitter();
  /** What it finds as `process.stdout` and `process.stderr`. */
  readonly streams = { stdout: this.stream("stdout"), stderr: this.stream("stderr") };
  private readonly ended: Promise<Ended>;
  private isOver = false;

  constructor(
    parameters: readonly string[],
    readonly stdin?: Readable,
  ) {
    super();
    started.push(this);
    this.ended = running.run(this, () => run(parameters)).then(() => this.over());
  }

  end(): Promise<Ended> {
    return this.ended;
  }

  interrupt(): void {
    this.signals.emit("SIGINT");
  }

  async kill(): Promise<void> {
    if (!this.isOver) this.interrupt();
    await this.ended;
  }

  /** No terminal. */
  private stream(name: "stdout" | "stderr"): EventEmitter {
    const write = (chunk: unknown): boolean => {
      this.take(name, String(chunk));
      return true;
    };
    return Object.assign(new EventEmitter(), { isTTY: false, write });
  }

  private over(): Ended {
    this.isOver = true;
    const status = Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    return { status, stdout: this.stdout, stderr: this.stderr };
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Has what runs here find its own in the process. @returns what undoes it */
function standIn(): () => void {
  const on = process.on.bind(process);
  const originals = (["stdin", "stdout", "stderr"] as const).map((name) => {
    const original = Object.getOwnPropertyDescriptor(process, name) ?? {};
    const own = (): unknown => {
      const command = running.getStore();
      return (name === "stdin" ? command?.stdin : command?.streams[name]) ?? original.get?.call(process);
    };
    Object.defineProperty(process, name, { ...original, get: own });
    return () => Object.defineProperty(process, name, original);
  });
  process.on = ((event: string, listener: () => void) => {
    const command = running.getStore();
    if (command && SIGNALS.includes(event)) command.signals.on(event, listener);
    else on(event as "exit", listener);
    return process;
  }) as typeof process.on;
  return () => {
    Reflect.deleteProperty(process, "on");
    for (const restore of originals) restore();
  };
}

const leave = standIn();

// A test that fails leaves none behind.
afterAll(async () => {
  for (const command of started) await command.kill();
  leave();
});

/** Whoever runs to its end has the exit status to itself. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Runs `cdktf-agentcore` to its end in this process. Parameters with which it holds on to something until its process
 * ends, such as `--state`, need `Command.ofCli`.
 */
export function cdktfAgentcore(...parameters: string[]): Promise<Ended> {
  return inTurn(() => new CommandHere(parameters));
}

/** The same, given something on its standard input. */
export function cdktfAgentcoreReading(input: string | Buffer, ...parameters: string[]): Promise<Ended> {
  return inTurn(() => new CommandHere(parameters, Readable.from([Buffer.from(input)])));
}

function inTurn(start: () => CommandHere): Promise<Ended> {
  const ended = turn.then(() => start().end());
  turn = ended.catch(() => undefined);
  return ended;
}
