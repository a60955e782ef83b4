#!/usr/bin/env node
import { systemCode } from "./errors";
import { complain, run } from "./run";

/** Who reads only the beginning of the output has got what he wants; a full disk is told. */
function watchOutput(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error) => {
    if (systemCode(error) === "EPIPE") return;
    process.exitCode = 1;
    process.stderr.write(`cdktf-agentcore: The output cannot be written: ${systemCode(error)}.\n`);
  });
}

watchOutput();
process.on("uncaughtException", (error) => void complain(error).finally(() => process.exit()));
void run(process.argv.slice(2));
