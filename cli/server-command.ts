import type { ServerCommand } from "../emulator";
import { UsageError } from "./errors";

/** A command line without shell syntax: words between blanks, quoted where they hold some. @throws UsageError */
export function parseServerCommand(text: string): ServerCommand {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
  const [program, ...rest] = words;
  if (!program) throw new UsageError("--server needs a command, for example --server 'node server.js'.");
  return { program, arguments: rest };
}
