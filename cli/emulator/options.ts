// cli/emulator/: the emulator that a command starts, or finds running.
import {
  HandlerError,
  lambdaHandler,
  RunningClock,
  setClock,
  type EmulatorOptions,
  type MovableClock,
  type ServerCommand,
} from "../../emulator";
import { bundledServer } from "../bundled-server";
import { UsageError } from "../errors";
import { parseHttpsUrl, parsePort, type ValuesOf } from "../parameters";
import { readCommandLine } from "./command-line";

/** What every command that runs the emulator takes. */
export const EMULATOR_OPTIONS = {
  server: { type: "string" },
  "server-port": { type: "string" },
  runtime: { type: "string", multiple: true },
  lambda: { type: "string", multiple: true },
  "run-lambda-packages": { type: "boolean", default: false },
  host: { type: "string", multiple: true },
  issuer: { type: "string", multiple: true },
  "allow-loader-variables": { type: "boolean", default: false },
  port: { type: "string" },
  listen: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  seed: { type: "string" },
  clock: { type: "string" },
} as const;

/** From a command line, servers are commands. */
export interface EmulatorSettings extends Omit<EmulatorOptions, "topology"> {
  readonly serverCommand: ServerCommand;
  readonly serverCommands?: Readonly<Record<string, ServerCommand>>;
}

/** @throws UsageError */
export function readEmulatorOptions(values: ValuesOf<typeof EMULATOR_OPTIONS>): EmulatorSettings {
  return {
    serverCommand: parseServer(values.server, values["server-port"]),
    serverCommands: parseAssignments("--runtime", values.runtime, (text) => parseCommand("--runtime", text)),
    lambdaHandlers: parseAssignments("--lambda", values.lambda, parseHandler),
    runLambdaPackages: values["run-lambda-packages"],
    hosts: parseAssignments("--host", values.host, (origin) => origin),
    issuers: values.issuer?.map(parseIssuer),
    allowLoaderVariables: values["allow-loader-variables"],
    port: parsePort(values.port),
    listen: parseAddress(values.listen),
    allowedHosts: values["allow-host"]?.map(parseHostName),
    clock: parseClock(values.clock),
    seed: values.seed,
  };
}

/** @throws UsageError */
function parseServer(command: string | undefined, port: string | undefined): ServerCommand {
  if (command === undefined && port !== undefined) {
    throw new UsageError("--server-port goes with --server: the bundled server takes the port it is given.");
  }
  const server = command === undefined ? bundledServer() : parseCommand("--server", command);
  return port === undefined ? server : { ...server, port: parsePort(port) };
}

/** @throws UsageError */
function parseHandler(reference: string): ServerCommand {
  try {
    return lambdaHandler(reference);
  } catch (error) {
    throw error instanceof HandlerError ? new UsageError(`--lambda: ${error.message}`) : error;
  }
}

/** @throws UsageError */
function parseAddress(text: string | undefined): string | undefined {
  if (text === undefined || ["127.0.0.1", "0.0.0.0", "::"].includes(text)) return text;
  throw new UsageError(`--listen takes 127.0.0.1, 0.0.0.0 or ::, not '${text}'.`);
}

/** @throws UsageError */
function parseHostName(text: string): string {
  if (/^[a-z0-9]([a-z0-9_.-]*[a-z0-9])?$/i.test(text)) return text;
  throw new UsageError(`--allow-host takes a host's name without a port, for example emulator, not '${text}'.`);
}

/** The host of an issuer, which may be given as its URL. @throws UsageError */
function parseIssuer(text: string): string {
  const url = parseHttpsUrl(text);
  if (url?.hostname.includes(".")) return url.host;
  throw new UsageError(`--issuer takes a host, for example login.example.com, not '${text}'.`);
}

/** @throws UsageError */
function parseCommand(option: string, text: string): ServerCommand {
  const command = readCommandLine(text);
  if (!command) throw new UsageError(`${option} needs a command, for example 'node server.js'.`);
  return command;
}

/** `NAME=VALUE` for each time that an option was given. @throws UsageError */
function parseAssignments<T>(
  option: string,
  texts: readonly string[] = [],
  parse: (value: string) => T,
): Record<string, T> {
  const assignments = texts.map((text) => {
    const [, name, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`${option} takes NAME=VALUE, not '${text}'.`);
    return [name, parse(value)] as const;
  });
  return Object.fromEntries(assignments);
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
