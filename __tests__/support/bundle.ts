import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import "./jest/optimize-later";

const OPTIMIZE_LATER = `--require ${JSON.stringify(join(__dirname, "jest/optimize-later.js"))}`;

/**
 * Makes the command's and the server's bundle before any test, so that tests run what is published, never stale, and a
 * folder for what test files of one run share.
 */
export default function bundle(): void {
  // For Jest's workers, too.
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS ?? "", OPTIMIZE_LATER].join(" ").trim();
  for (const script of ["cli/bundle.mjs", "server/bundle.mjs"]) {
    execFileSync(process.execPath, [script], { cwd: resolve(__dirname, "../.."), stdio: "inherit" });
  }
  process.env.RUN_FOLDER = mkdtempSync(join(tmpdir(), "run-"));
}
