import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";

import { UsageError } from "../cli/errors";
import { checkArguments } from "../cli/stack/arguments";
import { checkNames } from "../cli/stack/names";
import { Emulator, lambdaHandler, RunningClock, type EmulatorOptions } from "../emulator";
import { type OptionKind, refuseOptions, refuseValue } from "../options";
import { inventoryOfStacks, readStacks, topologyOfStacks, type ReadingOptions } from "../topology";
import { Emulation } from "./emulation";
import { runtimeServer, type TestServer } from "./servers";
import { isStack, synthesizeStack, type Stack } from "./synthesis";

export interface EmulateOptions extends Pick<
  EmulatorOptions,
  | "hosts"
  | "issuers"
  | "limits"
  | "signal"
  | "allowLoaderVariables"
  | "onCreated"
  | "onAssumed"
  | "onLeftOut"
  | "onRefused"
> {
  /** The MCP server behind every runtime. @default - the bundled one */
  readonly server?: TestServer;
  /** MCP servers of single runtimes, by `agent_runtime_name`. @default - `server` for every runtime */
  readonly servers?: Readonly<Record<string, TestServer>>;
  /** Modules that stand for Lambda functions, by function name: `FILE#EXPORT`. @default - functions fail */
  readonly lambdas?: Readonly<Record<string, string>>;
  /** Values of Terraform's variables, as text. @default - those of the environment and of the folder */
  readonly variables?: Readonly<Record<string, string>>;
  /** What data sources answer, by their addresses. @default - what a plan tells, or a stand-in */
  readonly data?: Readonly<Record<string, object>>;
  /** The folder of the configuration that a plan was made of. @default - the plan alone is read */
  readonly source?: string;
  /** @default 0, any free port */
  readonly port?: number;
  /** The same text gives the same ids and keys. @default - they differ at every start, and stay with a reset */
  readonly seed?: string;
  /** Takes what the server and the emulator have to say, line by line. @default - dropped */
  readonly log?: (line: string) => void;
}

const OPTIONS: Readonly<Record<keyof EmulateOptions, OptionKind>> = {
  ...{ server: "any", servers: "object", lambdas: "object", variables: "object", data: "object", source: "text" },
  ...{
    port: "number",
    seed: "text",
    log: "function",
    hosts: "data",
    issuers: "list",
    limits: "object",
    signal: "object",
  },
  ...{ allowLoaderVariables: "boolean", onCreated: "function", onAssumed: "function", onLeftOut: "function" },
  onRefused: "function",
};

/** What messages call the options of names. */
const NAMES = { serverCommands: "servers", lambdaHandlers: "lambdas", hosts: "hosts" };

/**
 * Emulates what Terraform declares, within this process: deploys it, and starts the MCP servers behind its runtimes.
 *
 * @param source a stack of CDKTF or CDK Terrain, or the path of a `cdktf.out`, of a folder or file in HCL or Terraform JSON, or
 *   of what `terraform show -json` prints of a plan
 * @throws OptionError for options that there are not, TopologyError for what is no Terraform, DeploymentError for what AWS would refuse, and what the synthesis throws;
 *   nothing is left running then
 */
export async function emulate(source: Stack | string, options: EmulateOptions = {}): Promise<Emulation> {
  const isPath = typeof source === "string";
  if (!isPath && !isStack(source)) refuseValue("emulate", "What it is given first", source, "a stack or a path");
  refuseOptions("emulate", options, OPTIONS);
  const path = isPath ? source : synthesizeStack(source);
  const removeOutput = async () => {
    if (!isPath) await rm(path, { recursive: true, force: true });
  };
  try {
    const settings = emulatorSettings(options);
    const stacks = readStacks(path, readingOptions(options));
    const topology = topologyOfStacks(stacks, process.env, { skipsUnsupported: options.onLeftOut !== undefined });
    const inventory = inventoryOfStacks(stacks, process.env);
    checkArguments(inventory).forEach((sentence) => options.onAssumed?.(sentence));
    refuseUnknownNames(() => checkNames(inventory, settings, NAMES));
    return new Emulation(await Emulator.start({ ...settings, topology }), removeOutput);
  } catch (error) {
    await removeOutput();
    throw error;
  }
}

function readingOptions({ variables = {}, data = {}, source }: EmulateOptions): ReadingOptions {
  return {
    assignments: Object.entries(variables).map(([name, text]) => ({ kind: "value", name, text })),
    answers: Object.fromEntries(Object.entries(data).map(([address, answer]) => [address, JSON.stringify(answer)])),
    ...(source !== undefined && { source }),
  };
}

function emulatorSettings({ server, servers = {}, lambdas = {}, log, ...options }: EmulateOptions) {
  const mapped = <T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
  const { hosts, issuers, limits, signal, allowLoaderVariables, port = 0 } = options;
  const { onCreated, onAssumed, onLeftOut, onRefused } = options;
  return {
    ...{ hosts, issuers, limits, signal, allowLoaderVariables, port, log },
    ...{ onCreated, onAssumed, onLeftOut, onRefused },
    seed: options.seed ?? randomUUID(),
    clock: new RunningClock(),
    serverCommand: runtimeServer(server),
    serverCommands: mapped(servers, runtimeServer),
    lambdaHandlers: mapped(lambdas, lambdaHandler),
  };
}

function refuseUnknownNames(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof UsageError ? new RangeError(error.message) : error;
  }
}
