import { version } from "../package.json";
import { TopologyError } from "../topology";
import { CommandFailure, systemCode, UsageError } from "./errors";

const TOO_MANY_FILES = ["EMFILE", "ENFILE"];

/** The exit status that a failure has, and the sentence that says it: 2 for what cannot be read or used, never 1. */
export function judge(error: unknown): [number, string] {
  if (error instanceof TopologyError) return [2, error.sentence];
  if (error instanceof UsageError) return [2, error.message];
  if (error instanceof CommandFailure) return [1, error.message];
  if (TOO_MANY_FILES.includes(systemCode(error)) || isOfLoader(error)) {
    return [1, "The system lets no more files be open: raise the limit (ulimit -n), or close what has them open."];
  }
  // Its message may quote what was read, so only its kind and place in the program are told.
  const [, place = "an unknown place"] = /\n\s+at ([^\n]*)/.exec((error instanceof Error && error.stack) || "") ?? [];
  const kind = error instanceof Error ? error.name : typeof error;
  return [
    3,
    `This is a fault of cdktf-agentcore ${version} (${kind} at ${place}): please report it with this line and the command, and no secrets.`,
  ];
}

/** Node.js 24 gives no code where it cannot read the package.json of what it loads. */
function isOfLoader(error: unknown): boolean {
  return error instanceof Error && /^Cannot read package config .*too many open files/.test(error.message);
}
