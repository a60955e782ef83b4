import { Connection, type Version } from "./client";

export interface Load {
  readonly connections: number;
  /** The load ends after so many calls or milliseconds, whichever comes first. */
  readonly calls: number;
  readonly milliseconds: number;
}

export interface Measured {
  readonly calls: number;
  readonly callsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Calls as fast as each connection gets its answers. */
export async function applyLoad(port: number, version: Version, load: Load): Promise<Measured> {
  const connections = await Promise.all(Array.from({ length: load.connections }, () => Connection.open(port, version)));
  const latencies: number[] = [];
  const startedAt = performance.now();
  let started = 0;

  async function callRepeatedly(connection: Connection): Promise<void> {
    while (started < load.calls && performance.now() - startedAt < load.milliseconds) {
      started += 1;
      const before = performance.now();
      await connection.add(started, 3);
      latencies.push(performance.now() - before);
    }
  }

  await Promise.all(connections.map(callRepeatedly));
  const seconds = (performance.now() - startedAt) / 1000;
  connections.forEach((connection) => connection.close());
  latencies.sort((one, other) => one - other);
  const percentile = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? NaN;
  return {
    calls: latencies.length,
    callsPerSecond: latencies.length / seconds,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}
