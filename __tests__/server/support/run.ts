import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without blocking the server that this process is. */
export async function run(program: string, args: readonly string[], milliseconds = 60_000): Promise<Finished> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], timeout: milliseconds });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}
