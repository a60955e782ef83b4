import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { findFreePort } from "../../emulator/cloud/processes/free-port";
import { call, type Version } from "./client";

/** One server under comparison, and the command that starts it on `HOST` and `PORT`. */
export interface Peer {
  readonly name: "ours" | "ours-2026" | "bare" | "bare-2026" | "sdk" | "python";
  readonly label: string;
  /** Of the requests that it gets. */
  readonly version: Version;
  readonly command: readonly [string, ...string[]];
}

export interface RunningPeer {
  readonly port: number;
  readonly process: ChildProcess;
  /** Milliseconds from the start of the process to its first answered call. */
  readonly coldStart: number;
}

/** The interpreter whose `mcp` package runs the article's server. @default - python3 */
const PYTHON = process.env["PYTHON"] ?? "python3";

/** The servers this machine can run. */
export function findPeers(): Peer[] {
  const server = [process.execPath, join(__dirname, "../../dist/server/main.js")] as const;
  const bare = [process.execPath, join(__dirname, "bare.mjs")] as const;
  const version = "2025-11-25";
  const peers: Peer[] = [
    { name: "bare", label: "bare node:http handler", version, command: bare },
    { name: "bare-2026", label: "bare, 2026-07-28", version: "2026-07-28", command: bare },
    { name: "ours", label: "server/", version, command: server },
    { name: "ours-2026", label: "server/, 2026-07-28", version: "2026-07-28", command: server },
    {
      name: "sdk",
      label: "SDK's stateless example",
      version,
      command: [process.execPath, join(__dirname, "sdk-stateless.mjs")],
    },
  ];
  const hasMcp = spawnSync(PYTHON, ["-c", "import mcp"], { stdio: "ignore" }).status === 0;
  if (!hasMcp) {
    console.log(`Left out: the article's Python server, since ${PYTHON} has no package mcp (PYTHON names another).`);
    return peers;
  }
  return [
    ...peers,
    { name: "python", label: "article's Python server", version, command: [PYTHON, join(__dirname, "article.py")] },
  ];
}

/** Starts a peer and makes one call. @throws Error when it does not answer within 30 s. */
export async function startPeer(peer: Peer): Promise<RunningPeer> {
  const port = await findFreePort();
  const [program, ...args] = peer.command;
  const startedAt = performance.now();
  const child = spawn(program, args, {
    env: { ...process.env, HOST: "127.0.0.1", PORT: String(port) },
    stdio: "ignore",
  });
  while (!(await answers(port, peer.version))) {
    if (child.exitCode !== null || performance.now() - startedAt > 30_000) {
      child.kill("SIGKILL");
      throw new Error(`${peer.label} did not start`);
    }
  }
  return { port, process: child, coldStart: performance.now() - startedAt };
}

export async function stopPeer({ process: child }: RunningPeer): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "close");
}

async function answers(port: number, version: Version): Promise<boolean> {
  try {
    return (await call(port, version, 5, 3)) === 8;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return false;
  }
}
