import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { compile } from "./compile";
import { onceARun } from "./once-a-run";

const repository = resolve(__dirname, "../..");
const run = promisify(execFile);

/** The program whose stack the journeys walk, relative to the repository's root. */
export const sampleProgram = "main.ts";

/**
 * What a CDKTF program writes, in a fresh folder under the system's temporary folder. The program runs once for all test
 * files of a run.
 *
 * @param entry - the program, relative to the repository's root or absolute, e.g. `main.ts`
 * @returns the folder of the program's only stack, which holds `cdk.tf.json`; `discard` it after use
 * @throws Error with the program's own output when it fails, or when it does not write exactly one stack
 */
export async function synthesize(entry: string): Promise<string> {
  return soleStack(await synthesizeStacks(entry));
}

/** The same for a program of any number of stacks. @returns its `cdktf.out` */
export async function synthesizeStacks(entry: string): Promise<string> {
  const name = relative(repository, resolve(repository, entry)).replace(/\W+/g, "-");
  const made = await onceARun(`synth-${name}`, async (folder) => runProgram([await compile(entry)], folder));
  const outdir = await newOutdir();
  await cp(made, outdir, { recursive: true });
  return outdir;
}

/** Runs the program from its sources, as `npm run synth` does, to compare what it writes. */
export async function synthesizeAgain(entry: string): Promise<string> {
  return soleStack(await runProgram([require.resolve("tsx/cli"), resolve(repository, entry)], await newOutdir()));
}

const newOutdir = (): Promise<string> => mkdtemp(join(tmpdir(), "synth-"));

async function runProgram(command: readonly string[], outdir: string): Promise<string> {
  await run(process.execPath, command, {
    cwd: repository,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", CDKTF_OUTDIR: outdir },
  });
  return outdir;
}

/** Removes the output that `synthesize` made. */
export async function discard(stack: string): Promise<void> {
  await rm(dirname(dirname(stack)), { recursive: true, force: true });
}

async function soleStack(outdir: string): Promise<string> {
  const stacks = join(outdir, "stacks");
  const names = await readdir(stacks);
  const [name] = names;
  if (name === undefined || names.length > 1) {
    throw new Error(`Expected one stack in ${stacks}, found ${names.length}: ${names.join(", ")}.`);
  }
  return join(stacks, name);
}
