import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { endAfterTests } from "./end-after-tests";

const folders: string[] = [];

// All at once: a file system has whoever removes one folder after the other wait for each.
endAfterTests(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

/** A new folder with files, for as long as the test file runs: text and bytes as they are, anything else as JSON. */
export function temporaryFolder(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const isPlain = typeof content === "string" || Buffer.isBuffer(content);
    writeFileSync(path, isPlain ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
