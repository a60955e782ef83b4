import {
  DEFAULT_PORT,
  DeploymentError,
  Emulator,
  PortTakenError,
  RegionError,
  RunningClock,
  setClock,
  type EmulatorOptions,
  type MovableClock,
} from "../../emulator";
import { readTopology, type Topology } from "../../topology";
import { ArticleWalk } from "../article-walk";
import { bundledServer } from "../bundled-server";
import { CommandFailure, UsageError } from "../errors";
import { onInterruption, whenAborted } from "../interruption";
import { parseParameters, parsePort } from "../parameters";
import { DeploymentProgress } from "../progress";
import { parseServerCommand } from "../server-command";
import { ServerLog } from "../server-log";
import { printCommands, printStanding } from "../standing";
import { StateFile } from "../state-file";
import { watchServer } from "../watch";

/** What shells give for an end by Ctrl-C: 128 and the signal's number. */
const INTERRUPTED = 130;

/** Runs a Terraform configuration on this machine until Ctrl-C, or with `--once` until the walk is done. */
export async function up(parameters: string[]): Promise<void> {
  const { path, walk, once, watch, statePath, ...options } = parse(parameters);
  const topology = readTopology(path);
  const interruption = onInterruption();
  const serverLog = new ServerLog();
  const state = statePath === undefined ? undefined : StateFile.open(statePath, options.seed);
  const seed = state?.seed ?? options.seed;
  const emulator = await start({ ...options, seed, topology, signal: interruption, log: serverLog.write }, serverLog);
  if (!emulator) return;
  try {
    state?.attach(emulator);
    printStanding(emulator);
    if (emulator.deploymentState().status === "failed") return await keepServing(emulator, serverLog, interruption);
    if (walk) await Promise.race([walkThrough(emulator, topology, serverLog, once), whenAborted(interruption)]);
    if (interruption.aborted && once) process.exitCode = INTERRUPTED;
    if (once || interruption.aborted) return;
    serverLog.open();
    printCommands(emulator, topology.region);
    if (watch) await watchServer(emulator, options.serverCommand, interruption);
    else await whenAborted(interruption);
  } finally {
    await emulator.stop();
  }
}

function parse(parameters: string[]) {
  const { values, positionals } = parseParameters(parameters, {
    server: { type: "string" },
    port: { type: "string" },
    seed: { type: "string" },
    state: { type: "string" },
    clock: { type: "string" },
    watch: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    walk: { type: "boolean", default: false },
    once: { type: "boolean", default: false },
  });
  const [path = "cdktf.out", ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one path, not ${positionals.length}.`);
  return {
    path,
    walk: values.walk,
    once: values.once,
    watch: values.watch,
    seed: values.seed,
    statePath: values.state,
    clock: parseClock(values.clock),
    keepFailed: values.keep,
    port: parsePort(values.port, DEFAULT_PORT),
    serverCommand: values.server === undefined ? bundledServer() : parseServerCommand(values.server),
  };
}

/** @throws UsageError */
function parseClock(setting: string | undefined): MovableClock {
  const clock = new RunningClock();
  try {
    if (setting !== undefined) setClock(clock, setting);
    return clock;
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** @returns undefined when interrupted */
async function start(options: EmulatorOptions, serverLog: ServerLog): Promise<Emulator | undefined> {
  const progress = new DeploymentProgress(options.topology.resources);
  try {
    const emulator = await Emulator.start({ ...options, onCreated: progress.onCreated });
    if (emulator.deploymentState().status === "failed") progress.stop();
    else progress.done();
    return emulator;
  } catch (error) {
    progress.stop();
    if (options.signal?.aborted) return undefined;
    serverLog.open({ onFailure: true });
    if (error instanceof DeploymentError) throw new CommandFailure(`${error.address} failed: ${error.reason}`);
    if (error instanceof PortTakenError || error instanceof RegionError) throw new UsageError(error.message);
    throw error;
  }
}

/** Serves what stands of a failed deployment. @throws CommandFailure once it is interrupted */
async function keepServing(emulator: Emulator, serverLog: ServerLog, interruption: AbortSignal): Promise<void> {
  const { address, reason } = emulator.deploymentState();
  serverLog.open({ onFailure: true });
  process.stderr.write(`\n${address} failed: ${reason}\nOpen ${emulator.url} in a browser to see why. Ctrl-C stops the emulator.\n`);
  await whenAborted(interruption);
  throw new CommandFailure(`${address} had failed: ${reason}`);
}

/** A failed walk ends the command only where the command would end anyway. */
async function walkThrough(emulator: Emulator, { region }: Topology, serverLog: ServerLog, once: boolean): Promise<void> {
  try {
    await new ArticleWalk(emulator, region).run();
  } catch (error) {
    serverLog.open({ onFailure: true });
    if (once || !(error instanceof CommandFailure)) throw error;
    process.stderr.write(`cdktf-agentcore: ${error.message}\n`);
  }
}
