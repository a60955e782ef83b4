/**
 * What the emulator adds to a call, and how it stands beside gateways without authorization: `npm run bench:emulator`.
 * Exits with 1 when a target is missed.
 */
import { bentResources, type TerraformJson } from "../__tests__/support/article-stack";
import { decideBy, intercept, INTERCEPTOR, permit } from "../__tests__/support/guarded-gateway";
import { measureLargeSystem } from "./emulator/large-system";
import {
  installPeers,
  measure,
  startBareProxy,
  startEmulator,
  startHub,
  startPassthrough,
  startServer,
  type System,
} from "./emulator/systems";
import { median } from "./median";

const ROUNDS = 5;
const COST_ROUNDS = 3;
const ALONE = { connections: 1, milliseconds: 3_000 };
const TOGETHER = { connections: 16, milliseconds: 4_000 };
const STARTS = 5;
const TARGETS = 100;

type Resources = TerraformJson["resource"];

interface Extra {
  readonly bend: (resources: Resources) => void;
  /** Of the command. */
  readonly options?: readonly string[];
}

const GUARD = ["--lambda", `guard=${INTERCEPTOR}`];

/** What a gateway may have done beside, none of which the targets below are for. */
const EXTRAS: Readonly<Record<string, Extra>> = {
  "a request interceptor": { bend: (resources) => intercept(resources, { points: ["REQUEST"] }), options: GUARD },
  "a response interceptor": { bend: (resources) => intercept(resources, { points: ["RESPONSE"] }), options: GUARD },
  "a policy engine": { bend: (resources) => decideBy(resources, { all: permit() }) },
  "a rate limit for each caller and tool": { bend: limitWidely },
};

/** Stops nothing. */
function limitWidely(resources: Resources): void {
  const keys = ["$.context.jwt.sub", "toolName"];
  resources["awscc_bedrockagentcore_gateway_rate_limit"] = {
    calls: {
      gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
      dimension_keys: keys,
      entries: [
        {
          dimensions: Object.fromEntries(keys.map((key) => [key, "*"])),
          requests: [{ rate: 10_000_000, period: "second" }],
          connections: [{ rate: 10_000, period: "second" }],
        },
      ],
    },
  };
}

interface Result {
  readonly name: string;
  readonly measured: number;
  readonly unit: string;
  readonly target: number;
  readonly isAtLeast?: boolean;
}

async function main(): Promise<void> {
  installPeers();
  const stack = await quietStack(() => undefined);
  const results = [await measureStart(stack), ...(await measureCalls(stack)), ...(await measureSize())];
  await measureCosts(stack);
  console.log("");
  for (const { name, measured, unit, target, isAtLeast } of results) {
    const verdict = isMet({ measured, target, isAtLeast }) ? "ok    " : "MISSED";
    console.log(
      `${verdict} ${name}: ${measured.toFixed(2)} ${unit} (target ${isAtLeast ? "at least" : "at most"} ${target})`,
    );
  }
  process.exitCode = results.every(isMet) ? 0 : 1;
}

/** As quiet as the servers behind the peers: a line of log for each call is not what is measured. */
function quietStack(bend: (resources: Resources) => void): Promise<string> {
  return bentResources((resources) => {
    const runtime = resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {};
    Object.assign(runtime, { environment_variables: { LOG_LEVEL: "ERROR" } });
    bend(resources);
  });
}

function isMet({ measured, target, isAtLeast }: Pick<Result, "measured" | "target" | "isAtLeast">): boolean {
  return isAtLeast ? measured >= target : measured <= target;
}

async function measureStart(stack: string): Promise<Result> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const emulator = await startEmulator(stack);
    times.push(emulator.ready);
    await emulator.stop();
  }
  return { name: "process start to target READY", measured: median(times), unit: "ms", target: 1_200 };
}

async function measureCalls(stack: string): Promise<Result[]> {
  const server = await startServer();
  const emulator = await startEmulator(stack);
  const hub = await startHub(server);
  const passthrough = await startPassthrough(server);
  const proxy = await startBareProxy(server);

  const alone = await rounds(ROUNDS, [server, emulator], ALONE, ({ p50 }) => p50);
  const together = await rounds(
    ROUNDS,
    [server, emulator, proxy, hub, passthrough],
    TOGETHER,
    ({ callsPerSecond }) => callsPerSecond,
  );
  for (const [{ name }, p50] of alone) {
    console.log(`${name}: p50 ${p50.toFixed(2)} ms at ${ALONE.connections} connection`);
  }
  for (const [{ name }, calls] of together) {
    console.log(`${name}: ${calls.toFixed(0)} calls/s at ${TOGETHER.connections} connections`);
  }
  for (const system of [proxy, passthrough, hub, emulator, server]) await system.stop();

  const added = (alone.get(emulator) ?? NaN) - (alone.get(server) ?? NaN);
  const betterPeer = Math.max(together.get(hub) ?? NaN, together.get(passthrough) ?? NaN);
  const besideProxy = (together.get(emulator) ?? NaN) / (together.get(proxy) ?? NaN);
  const times = (together.get(emulator) ?? NaN) / betterPeer;
  return [
    { name: "p50 that gateway, vault and runtime add", measured: added, unit: "ms", target: 1.5 },
    { name: "throughput beside the better peer", measured: times, unit: "times", target: 5, isAtLeast: true },
    { name: "throughput beside a bare proxy", measured: besideProxy, unit: "times", target: 0.8, isAtLeast: true },
  ];
}

/** Says what each extra costs, beside the same system without it. */
async function measureCosts(stack: string): Promise<void> {
  const plain = await startEmulator(stack);
  const extended: [string, System][] = [];
  for (const [name, { bend, options = [] }] of Object.entries(EXTRAS)) {
    extended.push([name, await startEmulator(await quietStack(bend), ...options)]);
  }
  const systems = [plain, ...extended.map(([, system]) => system)];
  const calls = await rounds(COST_ROUNDS, systems, TOGETHER, ({ callsPerSecond }) => callsPerSecond);
  for (const [name, system] of extended) {
    const share = (calls.get(system) ?? NaN) / (calls.get(plain) ?? NaN);
    console.log(`emulator with ${name}: ${share.toFixed(2)} times the calls/s without it`);
  }
  for (const system of systems) await system.stop();
}

/** All systems in turn, so that what else the machine does meets them alike; the median of the rounds. */
async function rounds(
  count: number,
  systems: readonly System[],
  load: typeof ALONE,
  figure: (measured: { p50: number; callsPerSecond: number }) => number,
): Promise<Map<System, number>> {
  const figures = new Map(systems.map((system): [System, number[]] => [system, []]));
  for (let round = 0; round < count; round++) {
    for (const system of systems) figures.get(system)?.push(figure(await measure(system, load)));
  }
  return new Map([...figures].map(([system, values]) => [system, median(values)]));
}

async function measureSize(): Promise<Result[]> {
  const { boot, pages } = await measureLargeSystem(TARGETS);
  return [
    { name: `boot with ${TARGETS} targets of 100 tools`, measured: boot, unit: "ms", target: 5_000 },
    { name: "p50 of their pages of tools/list", measured: median(pages), unit: "ms", target: 20 },
  ];
}

void main();
