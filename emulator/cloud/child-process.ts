import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a process has to end after SIGTERM. */
const TERMINATION_MS = 2_000;
/** A line that never ends is handed on in pieces of this length. */
const LONGEST_LINE = 64 * 1024;

/** What a program needs to run at all: what runs on AWS sees nothing else of this machine, least of all its credentials. */
export function machineVariables(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "SystemRoot", "PATHEXT"];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  // A program that could not be spawned never exits.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), TERMINATION_MS);
  await exited;
  clearTimeout(timer);
}

/** Hands on what a process writes, line by line. */
export function forwardLines(child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (; rest.length > LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) lines.push(rest.slice(0, LONGEST_LINE));
      lines.forEach(log);
    });
    stream?.on("end", () => rest && log(rest));
  }
}
