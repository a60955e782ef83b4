import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { endAfterTests } from "./end-after-tests";

/** A new folder with files, for as long as the test or the file runs: text and bytes as they are, anything else as JSON. */
export function temporaryFolder(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  endAfterTests(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const isPlain = typeof content === "string" || Buffer.isBuffer(content);
    writeFileSync(path, isPlain ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
