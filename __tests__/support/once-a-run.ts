import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** How long something may take that others wait for. */
const PATIENCE_MS = 250_000;

const PAUSE_MS = 50;

/**
 * What the test files of a run share: the first that asks makes it, and the others wait.
 *
 * @param make - writes into an empty folder, which goes when the run ends, and gives what JSON can hold
 * @throws Error what `make` has thrown, for everyone who asks
 */
export async function onceARun<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = folderOf(name);
  if (isFirst(folder)) {
    const made = await make(folder).then(
      (value) => ({ value }),
      (error: unknown) => ({ failure: String(error) }),
    );
    tell(folder, made);
  }
  const isMade = waiting(folder, name);
  while (!isMade()) await setTimeout(PAUSE_MS);
  return madeIn<T>(folder);
}

/** As `onceARun`, while a test file is loaded. */
export function onceARunSync<T>(name: string, make: () => T): T {
  const folder = folderOf(name);
  if (isFirst(folder)) tell(folder, attempted(make));
  const isMade = waiting(folder, name);
  const never = new Int32Array(new SharedArrayBuffer(4));
  while (!isMade()) Atomics.wait(never, 0, 0, PAUSE_MS);
  return madeIn<T>(folder);
}

/** What came of it, as it stands beside the folder. */
type Made<T> = { readonly value: T } | { readonly failure: string };

const resultOf = (folder: string): string => `${folder}.json`;

function folderOf(name: string): string {
  return join((process.env.RUN_FOLDER ??= folderOfProcess()), name);
}

function isFirst(folder: string): boolean {
  return mkdirSync(folder, { recursive: true }) !== undefined;
}

function attempted<T>(make: () => T): Made<T> {
  try {
    return { value: make() };
  } catch (error) {
    return { failure: String(error) };
  }
}

function tell(folder: string, made: Made<unknown>): void {
  // In one step, so that nobody reads half of it.
  const fresh = `${folder}.new`;
  writeFileSync(fresh, JSON.stringify(made));
  renameSync(fresh, resultOf(folder));
}

/** Asks whether it is made, for as long as one has patience. */
function waiting(folder: string, name: string): () => boolean {
  const begun = Date.now();
  return () => {
    if (existsSync(resultOf(folder))) return true;
    if (Date.now() - begun > PATIENCE_MS) throw new Error(`Whoever makes ${name} has not ended.`);
    return false;
  };
}

function madeIn<T>(folder: string): T {
  const made = JSON.parse(readFileSync(resultOf(folder), "utf8")) as Made<T>;
  if ("failure" in made) throw new Error(made.failure);
  return made.value;
}

/** For a process outside of a run, such as a bench. */
function folderOfProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
