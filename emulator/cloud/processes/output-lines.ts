import type { ChildProcess } from "node:child_process";

/** A line that never ends is handed on in pieces of this length. */
const LONGEST_LINE = 64 * 1024;

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
