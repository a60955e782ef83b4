import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTopology } from "../topology/reading";

import { bundledServer } from "./published-server";
import { serverHere } from "./server-here";
import { Emulator, type EmulatorOptions } from "../../emulator";
import type { Topology } from "../../topology";
import { endAfterTests } from "./end-after-tests";
import { synthesize } from "./synthesize";
import { temporaryFolder } from "./temporary-folder";

/** Terraform JSON, loose enough to be bent by a test. */
export interface TerraformJson {
  readonly output: Record<string, unknown>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

let synthesized: Promise<string> | undefined;

/** The folder of the sample stack, synthesized once for each test file. */
export function articleStack(): Promise<string> {
  synthesized ??= synthesize("main.ts");
  return synthesized;
}

/** Changes the text of the sample stack's JSON and writes it into a folder of its own. */
export async function bentStack(bend: (json: string) => string): Promise<string> {
  const original = readFileSync(join(await articleStack(), "cdk.tf.json"), "utf8");
  const bent = bend(original);
  if (bent === original) throw new Error("The change did not touch the stack.");
  return temporaryFolder({ "cdk.tf.json": bent });
}

/** Like `bentStack`, on the parsed document. */
export function bentDocument(bend: (document: TerraformJson) => void): Promise<string> {
  return bentStack((json) => {
    const document = JSON.parse(json) as TerraformJson;
    bend(document);
    return JSON.stringify(document);
  });
}

export function bentResources(bend: (resources: TerraformJson["resource"]) => void): Promise<string> {
  return bentDocument(({ resource }) => bend(resource));
}

/** How many different emulators a test file may compare. */
const SEEDS = 8;
let emulated = 0;

/**
 * Emulates a stack folder with the bundled MCP server, on a free port, for as long as the test or the file runs. Whoever
 * reads the log gets the server as a process.
 */
export function emulate(folder: string, options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  return emulateTopology(readTopology(folder), options);
}

/**
 * The same of what was read already. The seeds are the same in each test file: to find
 * the primes of the keys is half of the work of a boot, and those of a seed are found once in a process.
 */
export async function emulateTopology(topology: Topology, options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const seed = String(emulated++ % SEEDS);
  const serverCommand = options.log ? bundledServer() : serverHere;
  const emulator = await Emulator.start({ topology, serverCommand, port: 0, seed, ...options });
  endAfterTests(() => emulator.stop());
  return emulator;
}

/** The value of one of the sample stack's outputs. */
export function outputOf(emulator: Emulator, name: string): string {
  return String(emulator.outputs()[name]?.value);
}
