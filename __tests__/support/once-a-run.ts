import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** How long something may take that others wait for. */
const PATIENCE_MS = 250_000;

/**
 * What the test files of a run share: the first that asks makes it, and the others wait.
 *
 * @param make - writes into an empty folder, which goes when the run ends, and gives what JSON can hold
 * @throws Error what `make` has thrown, for everyone who asks
 */
export async function onceARun<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = join((process.env.RUN_FOLDER ??= folderOfProcess()), name);
  const result = `${folder}.json`;
  const isFirst = mkdirSync(folder, { recursive: true }) !== undefined;
  if (isFirst) {
    const made = await make(folder).then(
      (value) => ({ value }),
      (error: unknown) => ({ failure: String(error) }),
    );
    // In one step, so that nobody reads half of it.
    writeFileSync(`${result}.new`, JSON.stringify(made));
    renameSync(`${result}.new`, result);
  }
  for (const begun = Date.now(); !existsSync(result); await setTimeout(50)) {
    if (Date.now() - begun > PATIENCE_MS) throw new Error(`Whoever makes ${name} has not ended.`);
  }
  const made = JSON.parse(readFileSync(result, "utf8")) as { readonly value: T } | { readonly failure: string };
  if ("failure" in made) throw new Error(made.failure);
  return made.value;
}

/** For a process outside of a run, such as a bench. */
function folderOfProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
