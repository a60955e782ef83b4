// cli/commands/up/: deploys a configuration or a plan to an emulator, and shows what stands there.
import { setFlagsFromString } from "node:v8";

import { DeploymentError, Emulator, type EmulatorOptions } from "../../../emulator";
import { inventoryOfStacks, isUnsupported, topologyOfStacks, type Topology } from "../../../topology";
import { onInterruption, whenAborted } from "../../emulator/interruption";
import { ServerLog } from "../../emulator/server-log";
import { asUsageError } from "../../emulator/start-error";
import { StateFile } from "../../emulator/state-file";
import { CommandFailure, UsageError } from "../../errors";
import { checkArguments } from "../../stack/arguments";
import { readDeployedStacks } from "../../stack/documents";
import { checkNames } from "../../stack/names";
import { legible, paint } from "../../terminal";
import { ArticleWalk } from "./article-walk";
import { printAssumptions } from "./assumptions";
import { printLinesToCopy } from "./lines-to-copy";
import { parseUpOptions, type UpOptions } from "./options";
import { DeploymentProgress, type Refused } from "./progress";
import type { SourceWatcher } from "./source-watcher";
import { printStanding } from "./standing";
import { describeFolders, sourceChanged, watchServers, watchSources } from "./watch";

/** What shells give for an end by Ctrl-C: 128 and the signal's number. */
const INTERRUPTED = 130;

/**
 * V8 makes objects old from the beginning where earlier ones of their kind lived long, as those of the first calls do. Old
 * ones are seldom collected, and what they refer to stays with them; those of later calls are soon over.
 */
const NO_OLD_AGE_AT_BIRTH = "--no-allocation-site-pretenuring";
/** Of what calls make little is alive when it is collected: V8's helpers cost more than they take off the one thread. */
const NO_HELPERS_FOR_LITTLE = "--no-parallel-scavenge";

/**
 * Runs a Terraform configuration or a plan on this machine until Ctrl-C, or with `--once` until the walk is done. With
 * `--watch` a deployment that fails is tried again after each change of a server's source.
 */
export async function up(parameters: string[]): Promise<void> {
  const options = parseUpOptions(parameters);
  for (const flag of [NO_OLD_AGE_AT_BIRTH, NO_HELPERS_FOR_LITTLE]) setFlagsFromString(flag);
  const stacks = await readDeployedStacks(options.path, options.reading);
  const topology = advising(() => topologyOfStacks(stacks, process.env, options));
  const inventory = inventoryOfStacks(stacks, process.env);
  checkNames(inventory, options.emulator);
  printAssumptions([...topology.assumptions, ...checkArguments(inventory)]);
  const interruption = onInterruption();
  const { serverCommand, serverCommands = {} } = options.emulator;
  const commands = [serverCommand, ...Object.values(serverCommands)];
  const watcher = options.watch && !options.once ? watchSources(commands) : undefined;
  try {
    let isOver = false;
    while (!isOver) isOver = await deployAndServe(options, topology, interruption, watcher);
  } finally {
    watcher?.close();
  }
}

/** @returns false where the deployment failed and is to be tried again */
async function deployAndServe(
  options: UpOptions,
  topology: Topology,
  interruption: AbortSignal,
  watcher: SourceWatcher | undefined,
): Promise<boolean> {
  const serverLog = new ServerLog();
  const state = options.statePath === undefined ? undefined : StateFile.open(options.statePath, options.emulator.seed);
  const seed = state?.seed ?? options.emulator.seed;
  const keepFailed = options.emulator.keepFailed === true || watcher !== undefined;
  const progress = new DeploymentProgress(topology.resources);
  const emulator = await start(
    { ...options.emulator, seed, keepFailed, topology, signal: interruption, log: serverLog.write },
    serverLog,
    progress,
    options,
  );
  if (!emulator) return true;
  try {
    state?.attach(emulator);
    printStanding(emulator, options.emulator, progress.missing);
    if (emulator.deploymentState().status === "failed") {
      return !(await keepServing(emulator, serverLog, interruption, watcher));
    }
    if (options.walk) {
      await Promise.race([walkThrough(emulator, topology, serverLog, options.once), whenAborted(interruption)]);
    }
    if (interruption.aborted && options.once) {
      process.exitCode = INTERRUPTED;
      return true;
    }
    if (!options.once && !interruption.aborted) {
      serverLog.open();
      printLinesToCopy(emulator, topology.region);
      await serve(emulator, options.statePath, interruption, watcher);
    }
    refuseMissing(progress.missing);
    return true;
  } finally {
    await emulator.stop();
  }
}

async function serve(
  emulator: Emulator,
  statePath: string | undefined,
  interruption: AbortSignal,
  watcher: SourceWatcher | undefined,
): Promise<void> {
  const fate = statePath === undefined ? "go with it" : `stay in ${statePath}`;
  process.stdout.write(
    `\nServing. Open ${paint.cyan(emulator.url)} in a browser to see every call.\n` +
      `Ctrl-C stops the emulator; its users and keys ${fate}.\n`,
  );
  if (watcher) await watchServers(emulator, watcher, interruption);
  else await whenAborted(interruption);
}

/** @returns undefined when interrupted */
async function start(
  options: EmulatorOptions,
  serverLog: ServerLog,
  progress: DeploymentProgress,
  { skipsUnsupported, keepsGoing }: UpOptions,
): Promise<Emulator | undefined> {
  const { onCreated, onAssumed } = progress;
  const onLeftOut = skipsUnsupported ? progress.onLeftOut : undefined;
  const onRefused = keepsGoing ? progress.onRefused : undefined;
  try {
    const emulator = await Emulator.start({ ...options, onCreated, onAssumed, onLeftOut, onRefused });
    if (emulator.deploymentState().status === "failed") progress.failed();
    else progress.done();
    return emulator;
  } catch (error) {
    if (options.signal?.aborted) return void progress.stop();
    progress.failed();
    serverLog.open({ onFailure: true });
    if (error instanceof DeploymentError) throw new CommandFailure(describeFailure(error));
    throw asUsageError(error);
  }
}

/** How to go on all the same. */
const ADVICE: Readonly<Record<DeploymentError["kind"], string | undefined>> = {
  unsupported: "--skip-unsupported leaves it out",
  refused: "--keep-going deploys what does not wait for it",
  handler: undefined,
};

function withAdvice(sentence: string, kind: DeploymentError["kind"]): string {
  const advice = ADVICE[kind];
  return advice === undefined ? sentence : `${sentence.replace(/\.$/, "")}; ${advice}.`;
}

/** @throws CommandFailure where resources are not there, whatever else worked */
function refuseMissing([first, ...others]: readonly Refused[]): void {
  if (first === undefined) return;
  const more = others.length === 0 ? "" : ` And ${others.length} more ${others.length === 1 ? "is" : "are"} not there.`;
  throw new CommandFailure(`${first.address} had failed: ${first.reason.replace(/\.$/, "")}.${more}`);
}

/** @throws UsageError, with what to do, for what is not supported */
function advising<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    throw new UsageError(withAdvice(error.sentence, "unsupported"));
  }
}

function describeFailure({ address, reason, kind }: DeploymentError): string {
  return `${address} failed: ${withAdvice(reason, kind)}`;
}

/**
 * Serves what stands of a failed deployment.
 *
 * @returns true once a watched source has changed. @throws CommandFailure once it is interrupted
 */
async function keepServing(
  emulator: Emulator,
  serverLog: ServerLog,
  interruption: AbortSignal,
  watcher: SourceWatcher | undefined,
): Promise<boolean> {
  const { address, reason } = emulator.deploymentState();
  serverLog.open({ onFailure: true });
  const retry = watcher ? `A change in ${describeFolders(watcher)} deploys again. ` : "";
  process.stderr.write(
    `\n${legible(`${address} failed: ${reason}`)}\n` +
      `${retry}Open ${emulator.url} in a browser to see why. Ctrl-C stops the emulator.\n`,
  );
  if (watcher && (await sourceChanged(watcher, interruption))) return true;
  await whenAborted(interruption);
  throw new CommandFailure(`${address} had failed: ${reason}`);
}

/** A failed walk ends the command only where the command would end anyway. */
async function walkThrough(
  emulator: Emulator,
  { region }: Topology,
  serverLog: ServerLog,
  once: boolean,
): Promise<void> {
  try {
    const walk = await ArticleWalk.of(emulator, region);
    await walk.run();
  } catch (error) {
    serverLog.open({ onFailure: true });
    if (once || !(error instanceof CommandFailure)) throw error;
    process.stderr.write(`cdktf-agentcore: ${legible(error.message)}\n`);
  }
}
