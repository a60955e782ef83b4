#!/usr/bin/env node
import { TopologyError } from "../topology";
import { CommandFailure, UsageError } from "./errors";
import { OUTPUT_USAGE, output } from "./commands/output";
import { UP_USAGE, up } from "./commands/up";
import { version } from "../package.json";

const USAGE = `Usage: cdktf-agentcore COMMAND

  ${UP_USAGE}
  ${OUTPUT_USAGE}

Options: --help, --version. Exit status: 0 fine, 1 a failed deployment or call, 2 unusable input.
`;

const COMMANDS: Readonly<Record<string, (parameters: string[]) => Promise<void>>> = { up, output };

async function run([name, ...parameters]: string[]): Promise<void> {
  if (name === "--version") return void process.stdout.write(`${version}\n`);
  if (name === undefined || name === "help" || [name, ...parameters].includes("--help")) {
    return void process.stdout.write(USAGE);
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`There is no command '${name}': use one of ${Object.keys(COMMANDS).join(", ")}.`);
  await command(parameters);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError || error instanceof TopologyError) {
    process.exitCode = 2;
  } else if (error instanceof CommandFailure) {
    process.exitCode = 1;
  } else {
    throw error;
  }
  process.stderr.write(`cdktf-agentcore: ${error.message}\n`);
});
