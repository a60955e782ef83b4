import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { residentMegabytes } from "./support/memory";
import { bundleServer, copyServer, ServerProcess, toolSource } from "./support/server-process";
import { post } from "./support/test-server";

const READERS_THAT_DO_NOT_READ = 200;
const UNFINISHED_BODIES = 500;
/** Megabytes. */
const CEILING = 256;
/** Milliseconds, on a machine that does nothing else: what calls take before the attack is allowed for three times. */
const P99 = 100;
const RECOVERY = 10_000;

const GIANT = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "giant", arguments: {} } };
const SUM = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "add_numbers", arguments: { a: 5, b: 3 } },
});

let server: ServerProcess;
beforeAll(() => {
  const tools = { "giant.ts": toolSource("giant", `return "x".repeat(4 * 1024 * 1024);`) };
  server = ServerProcess.start([process.execPath, bundleServer(copyServer(tools))]);
});
afterAll(() => server.kill());

/** Calls a small tool again and again on one connection, and notes how long each answer took. */
class Caller {
  readonly wrong: string[] = [];
  private readonly latencies: number[] = [];
  private readonly socket: Socket;
  private startedAt = 0;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("connect", () => this.call());
    this.socket.on("data", (chunk) => {
      if (!chunk.toString().includes('"result":8')) this.wrong.push(chunk.toString());
      this.latencies.push(performance.now() - this.startedAt);
      setTimeout(() => this.call(), 3);
    });
  }

  /** The latencies since the last time. */
  take(): number[] {
    return this.latencies.splice(0);
  }

  end(): void {
    this.socket.destroy();
  }

  private call(): void {
    this.startedAt = performance.now();
    this.socket.write(
      "POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
        `Accept: application/json, text/event-stream\r\nContent-Length: ${SUM.length}\r\n\r\n${SUM}`,
    );
  }
}

function percentile99(latencies: number[]): number {
  latencies.sort((one, other) => one - other);
  return latencies[Math.floor(latencies.length * 0.99)] ?? NaN;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

test("who does not read and who does not finish take no more than their share, and not for long", async () => {
  const url = await server.url();
  const port = Number(new URL(url).port);
  const callers = [new Caller(port), new Caller(port)];
  await pause(3_000);
  const before = percentile99(callers.flatMap((caller) => caller.take()));

  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, residentMegabytes(server.child.pid))), 50);
  const counts = [READERS_THAT_DO_NOT_READ, UNFINISHED_BODIES].map(String);
  const attack = spawn(process.execPath, [join(__dirname, "support/attack.mjs"), String(port), ...counts], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(attack.stdout, "data");
  const heldAt = performance.now();
  expect((await post(url, GIANT)).headers.get("retry-after")).toBe("1");

  let response: Response | undefined;
  while (response?.status !== 200 && performance.now() - heldAt < RECOVERY) {
    await response?.text();
    await pause(200);
    response = await post(url, GIANT);
  }
  const recovery = performance.now() - heldAt;
  expect((await response?.text())?.length).toBeGreaterThan(8 * 1024 * 1024);
  const during = percentile99(callers.flatMap((caller) => caller.take()));
  clearInterval(watch);
  callers.forEach((caller) => caller.end());
  attack.kill("SIGKILL");

  console.info(
    `peak ${peak.toFixed(0)} MB, p99 ${before.toFixed(0)} then ${during.toFixed(0)} ms, ${recovery.toFixed(0)} ms`,
  );
  expect(recovery).toBeLessThan(RECOVERY);
  expect(peak).toBeLessThan(CEILING);
  expect(callers.flatMap(({ wrong }) => wrong)).toStrictEqual([]);
  expect(during).toBeLessThan(P99 + 3 * before);
}, 60_000);
