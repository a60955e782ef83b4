import { once } from "node:events";

import { DEFAULT_PORT, DeploymentError, Emulator, PortTakenError, type ServerCommand } from "../../emulator";
import { readTopology, type Topology } from "../../topology";
import { ArticleWalk } from "../article-walk";
import { bundledServer } from "../bundled-server";
import { CommandFailure, UsageError } from "../errors";
import { parseParameters, parsePort } from "../parameters";
import { printCommands, printStanding } from "../standing";

export const UP_USAGE = `up [PATH] [--server COMMAND] [--port N] [--seed TEXT] [--walk] [--once]
                  emulate a cdktf.out, or a file or folder of Terraform JSON (default: cdktf.out)
                  --server  the MCP server to start (default: the bundled one); it is told HOST and PORT
                  --port    ${DEFAULT_PORT} unless given, 0 picks a free one
                  --seed    the same text gives the same ids and keys
                  --walk    make the article's test user and its calls, and show them
                  --once    stop after that`;

/** Runs a Terraform configuration on this machine until Ctrl-C, or with `--once` until the walk is done. */
export async function up(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters, {
    server: { type: "string" },
    port: { type: "string" },
    seed: { type: "string" },
    walk: { type: "boolean" },
    once: { type: "boolean" },
  });
  const [path = "cdktf.out", ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one path, not ${positionals.length}.`);
  const port = parsePort(values.port, DEFAULT_PORT);
  const serverCommand = values.server === undefined ? bundledServer() : parseServerCommand(values.server);

  const topology = readTopology(path);
  const interruption = new AbortController();
  const interrupted = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]).then(() => interruption.abort());
  const emulator = await start(topology, { serverCommand, port, seed: values.seed, signal: interruption.signal });
  if (!emulator) return;
  try {
    printStanding(emulator);
    if (values.walk) await Promise.race([walk(emulator, topology, values.once), interrupted]);
    if (values.once || interruption.signal.aborted) return;
    printCommands(emulator, topology.region);
    await interrupted;
  } finally {
    await emulator.stop();
  }
}

/** A failed walk ends the command only where the command would end anyway. */
async function walk(emulator: Emulator, { region }: Topology, once = false): Promise<void> {
  try {
    await new ArticleWalk(emulator, region).run();
  } catch (error) {
    if (once || !(error instanceof CommandFailure)) throw error;
    process.stderr.write(`cdktf-agentcore: ${error.message}\n`);
  }
}

/** A command line without shell syntax: words between blanks, quoted where they hold some. @throws UsageError */
function parseServerCommand(text: string): ServerCommand {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
  const [program, ...rest] = words;
  if (program === undefined) throw new UsageError("--server needs a command, for example --server 'node server.js'.");
  return { program, arguments: rest };
}

/** @returns undefined when interrupted */
async function start(
  topology: Topology,
  options: { serverCommand: ServerCommand; port: number; seed: string | undefined; signal: AbortSignal },
): Promise<Emulator | undefined> {
  process.stdout.write(`Deploying ${topology.resources.length} resources to the emulator\n`);
  try {
    return await Emulator.start({
      topology,
      ...options,
      onCreated: ({ address }) => process.stdout.write(`  created ${address}\n`),
      log: (line) => process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    if (options.signal.aborted) return undefined;
    if (error instanceof DeploymentError) throw new CommandFailure(`${error.address} failed: ${error.reason}`);
    if (error instanceof PortTakenError) throw new UsageError(error.message);
    throw error;
  }
}
