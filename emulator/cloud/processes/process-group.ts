import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { leash } from "./leash";

/** What a group has to end after SIGTERM. */
const TERMINATION_MS = 2_000;
const POLL_MS = 10;

/** How a program is started: its name and arguments, without a shell. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Where it runs. @default - where the emulator does */
  readonly folder?: string;
}

/** Windows knows no process groups. */
const HAS_GROUPS = process.platform !== "win32";

/**
 * A program with all that it starts, such as the server behind `npm run`, `uv run` or `sh -c`. As a container does, the
 * whole ends with its first process, and it ends with this process, even when that is killed.
 */
export class ProcessGroup {
  readonly child: ChildProcess;

  constructor({ program, arguments: parameters, folder }: Command, variables: NodeJS.ProcessEnv) {
    this.child = spawn(program, parameters, {
      env: variables,
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      detached: HAS_GROUPS,
    });
    const { pid } = this.child;
    if (pid === undefined || !HAS_GROUPS) return;
    leash.add(pid);
    this.child.once("exit", () => {
      this.kill();
      leash.remove(pid);
    });
  }

  /** The group's id. Undefined for a program that could not be started. */
  get id(): number | undefined {
    return this.child.pid;
  }

  /** Asks the group to end, and kills what is left of it two seconds later. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const exited = once(this.child, "exit");
    const patience = AbortSignal.timeout(TERMINATION_MS);
    this.signal("SIGTERM");
    while (!this.hasEnded && !patience.aborted) await Promise.race([exited, sleep(POLL_MS)]);
    this.kill();
    await exited;
  }

  kill(): void {
    this.signal("SIGKILL");
  }

  private get hasEnded(): boolean {
    return this.id === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.id === undefined) return;
    try {
      if (HAS_GROUPS) process.kill(-this.id, signal);
      else this.child.kill(signal);
    } catch (error) {
      // Nobody is left.
      if (typeof error !== "object" || error === null || !("code" in error) || error.code !== "ESRCH") throw error;
    }
  }
}
