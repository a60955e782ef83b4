import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import "./jest/optimize-later";

const OPTIMIZE_LATER = `--require ${JSON.stringify(join(__dirname, "jest/optimize-later.js"))}`;

const IN_MEMORY = "/dev/shm";

/** A run has 1 GB at the most: what images are made of. */
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Makes the command's and the server's bundle before any test, so that tests run what is published, never stale, and a
 * folder for what test files of one run share, and for what they leave.
 */
export default function bundle(): void {
  // For Jest's workers, too.
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS ?? "", OPTIMIZE_LATER].join(" ").trim();
  // Programs in Go, such as esbuild, take a fifth of their time to keep their memory small.
  process.env.GOGC ??= "400";
  for (const script of ["cli/bundle.mjs", "server/bundle.mjs"]) {
    execFileSync(process.execPath, [script], { cwd: resolve(__dirname, "../.."), stdio: "inherit" });
  }
  process.env.RUN_OWNER = String(process.pid);
  process.env.RUN_FOLDER = mkdtempSync(join(quickFolder(), "run-"));
  process.env.TMPDIR = join(process.env.RUN_FOLDER, "tmp");
  mkdirSync(process.env.TMPDIR);
}

/** In memory, where it takes a fifth of the time to make and remove files, unless they do not fit or cannot be run there. */
function quickFolder(): string {
  if (process.env.TMPDIR !== undefined || !existsSync(IN_MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  const runsNothing = / \/dev\/shm \S+ \S*\bnoexec\b/.test(readFileSync("/proc/mounts", "utf8"));
  return bavail * bsize < ENOUGH_BYTES || runsNothing ? tmpdir() : IN_MEMORY;
}
