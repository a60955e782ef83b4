import { spawn } from "node:child_process";
import { Socket } from "node:net";
import type { Writable } from "node:stream";

/**
 * Reads the process groups that are running, the latest line counting, and kills them once nobody can write any more:
 * the one way to hear of a parent that was killed and could end nothing itself.
 */
const KILL_AT_END_OF_INPUT =
  'groups=""; while read -r line; do groups=$line; done; for group in $groups; do kill -s KILL -- "-$group"; done';

/** Process groups that are to end with this process, however it ends. */
class Leash {
  private readonly groups = new Set<number>();
  private input?: Writable;

  add(group: number): void {
    this.groups.add(group);
    this.tell();
  }

  remove(group: number): void {
    this.groups.delete(group);
    this.tell();
    if (this.groups.size > 0) return;
    this.input?.end();
    this.input = undefined;
  }

  private tell(): void {
    this.input ??= holdLeash();
    this.input.write(`${[...this.groups].join(" ")}\n`);
  }
}

/** A shell of a session of its own, so that what a terminal sends to this process does not end it first. */
function holdLeash(): Writable {
  const shell = spawn("/bin/sh", ["-c", KILL_AT_END_OF_INPUT], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    env: {},
  });
  // Without a shell, or when somebody has ended it, processes still end with every exit but SIGKILL.
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell.stdin;
}

export const leash = new Leash();
