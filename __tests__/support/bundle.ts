import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/** Makes the command's and the server's bundle before any test, so that tests run what is published, never stale. */
export default function bundle(): void {
  for (const script of ["cli/bundle.mjs", "server/bundle.mjs"]) {
    execFileSync(process.execPath, [script], { cwd: resolve(__dirname, "../.."), stdio: "inherit" });
  }
}
