/**
 * Compares the bundled MCP server with others on this machine: `npm run bench:server`. Exits with 1 when a target of
 * docs/server.md is missed.
 */
import { readFileSync } from "node:fs";
import { median } from "./median";
import type { Version } from "./server/client";
import { applyLoad, type Measured } from "./server/load";
import { findPeers, startPeer, stopPeer, type Peer } from "./server/peers";

const ROUNDS = 5;
const COLD_STARTS = 15;
const WARM_UP = { connections: 16, calls: 5_000, milliseconds: 2_000 };
const LOAD = { connections: 16, calls: 100_000, milliseconds: 4_000 };

type Results = Map<string, { coldStarts: number[]; loads: Measured[] }>;

async function main(): Promise<void> {
  const peers = findPeers();
  const results: Results = new Map(peers.map(({ name }) => [name, { coldStarts: [], loads: [] }]));
  for (let start = 0; start < COLD_STARTS; start++) {
    await eachPeer(peers, async (peer) => {
      const running = await startPeer(peer);
      results.get(peer.name)?.coldStarts.push(running.coldStart);
      await stopPeer(running);
    });
  }
  for (let round = 0; round < ROUNDS; round++) {
    await eachPeer(peers, async (peer) => {
      const running = await startPeer(peer);
      await applyLoad(running.port, peer.version, WARM_UP);
      results.get(peer.name)?.loads.push(await applyLoad(running.port, peer.version, LOAD));
      await stopPeer(running);
    });
  }
  printResults(peers, results);
  let met = true;
  for (const [ours, bare] of [
    ["ours", "bare"],
    ["ours-2026", "bare-2026"],
  ] as const) {
    const peer = peers.find(({ name }) => name === ours);
    const memory = peer && (await measureMemory(peer));
    met = reportTargets([ours, bare], peer?.version, results, memory) && met;
  }
  process.exitCode = met ? 0 : 1;
}

async function eachPeer(peers: readonly Peer[], visit: (peer: Peer) => Promise<void>): Promise<void> {
  for (const peer of peers) await visit(peer);
}

function printResults(peers: readonly Peer[], results: Results): void {
  console.log(
    `\ntools/call at ${LOAD.connections} connections, median of ${ROUNDS} rounds; ${COLD_STARTS} cold starts`,
  );
  for (const { name, label } of peers) {
    const { callsPerSecond, p50, p99, coldStart } = summarize(results, name);
    console.log(
      `${label.padEnd(26)} ${callsPerSecond.toFixed(0).padStart(7)} calls/s   p50 ${p50.toFixed(2)} ms   ` +
        `p99 ${p99.toFixed(2)} ms   cold start ${coldStart.toFixed(0)} ms`,
    );
  }
}

function summarize(results: Results, name: string): Omit<Measured, "calls"> & { coldStart: number } {
  const { coldStarts, loads } = results.get(name) ?? { coldStarts: [], loads: [] };
  return {
    callsPerSecond: median(loads.map((load) => load.callsPerSecond)),
    p50: median(loads.map((load) => load.p50)),
    p99: median(loads.map((load) => load.p99)),
    coldStart: median(coldStarts),
  };
}

/** Resident megabytes after 100,000 and after 200,000 calls. Linux tells them; elsewhere there is no answer. */
async function measureMemory(ours: Peer): Promise<{ early: number; late: number } | undefined> {
  if (process.platform !== "linux") return undefined;
  const running = await startPeer(ours);
  const load = { connections: 16, milliseconds: 300_000 };
  await applyLoad(running.port, ours.version, { ...load, calls: 100_000 });
  const early = residentMegabytes(running.process.pid);
  await applyLoad(running.port, ours.version, { ...load, calls: 100_000 });
  const late = residentMegabytes(running.process.pid);
  await stopPeer(running);
  return { early, late };
}

function residentMegabytes(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

function reportTargets(
  [oursName, bareName]: readonly [Peer["name"], Peer["name"]],
  version: Version | undefined,
  results: Results,
  memory: { early: number; late: number } | undefined,
): boolean {
  const [ours, bare, sdk, python] = [oursName, bareName, "sdk", "python"].map((peer) => summarize(results, peer));
  const checks: [string, number | undefined, "at least" | "at most", number][] = [
    ["calls/s, ours : SDK example", ratio(ours?.callsPerSecond, sdk?.callsPerSecond), "at least", 12],
    ["calls/s, ours : Python", ratio(ours?.callsPerSecond, python?.callsPerSecond), "at least", 25],
    ["calls/s, ours : bare", ratio(ours?.callsPerSecond, bare?.callsPerSecond), "at least", 0.35],
    ["p99, ours : Python", ratio(ours?.p99, python?.p99), "at most", 0.1],
    ["cold start, ours : bare", ratio(ours?.coldStart, bare?.coldStart), "at most", 1.5],
    ["cold start, ours : Python", ratio(ours?.coldStart, python?.coldStart), "at most", 0.2],
    ["MB after 200,000 calls", memory?.late, "at most", 120],
    ["MB grown since 100,000 calls", memory && memory.late - memory.early, "at most", 20],
  ];
  console.log(`\nWith requests of ${version}:`);
  return checks
    .map(([what, value, direction, target]) => {
      if (value === undefined || Number.isNaN(value)) {
        console.log(`-       ${what}: not measured here`);
        return true;
      }
      const met = direction === "at least" ? value >= target : value <= target;
      console.log(`${met ? "met   " : "MISSED"}  ${what}: ${value.toFixed(2)} (${direction} ${target})`);
      return met;
    })
    .every(Boolean);
}

function ratio(one: number | undefined, other: number | undefined): number | undefined {
  return one !== undefined && other !== undefined ? one / other : undefined;
}

void main();
