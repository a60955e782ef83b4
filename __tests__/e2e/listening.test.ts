import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { articleStack } from "../support/article-stack";
import { startUpApart } from "../support/command";
import { describeWhen } from "../support/skip";

/** The state LISTEN: the kernel's `include/net/tcp_states.h`. */
const LISTEN = "0A";
/** 127.0.0.1 and ::1 as Linux prints them, each word of four bytes in the machine's order. */
const LOOPBACK = ["0100007F", "00000000000000000000000001000000"];

interface Socket {
  readonly inode: string;
  /** In hexadecimal digits. */
  readonly address: string;
}

function listeningSockets(): Socket[] {
  const tables = ["/proc/net/tcp", "/proc/net/tcp6"].filter((file) => existsSync(file));
  const lines = tables.flatMap((file) => readFileSync(file, "utf8").trim().split("\n").slice(1));
  const rows = lines.map((line) => line.trim().split(/\s+/));
  return rows
    .filter((row) => row[3] === LISTEN)
    .map((row) => ({ address: row[1]?.split(":")[0] ?? "", inode: row[9] ?? "" }));
}

/** A process and its descendants. */
function processTree(pid: number): number[] {
  const table = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const processes = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const from = (parent: number): number[] => [
    parent,
    ...processes.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => from(child)),
  ];
  return from(pid);
}

function inodesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((descriptor) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, descriptor)))?.[1] ?? [];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
}

describeWhen(existsSync("/proc/net/tcp"), "Linux's /proc", "the emulator", () => {
  test("listens on the loopback interface only, and so does the server of its runtime", async () => {
    const { command } = await startUpApart(await articleStack());
    const listening = listeningSockets();
    const byProcess = processTree(command.pid).map((pid) => {
      const inodes = new Set(inodesOf(pid));
      return listening.filter(({ inode }) => inodes.has(inode)).map(({ address }) => address);
    });
    await command.kill();
    expect(byProcess.filter((addresses) => addresses.length > 0).length).toBeGreaterThanOrEqual(2);
    expect(LOOPBACK).toEqual(expect.arrayContaining([...new Set(byProcess.flat())]));
  });
});
