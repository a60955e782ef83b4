import { CommandFailure } from "./errors";

/** Between a target's name and a tool's in the names that a gateway shows. */
const SEPARATOR = "___";

/** Whether a name says which target has the tool. */
export function isWhole(name: string): boolean {
  return name.includes(SEPARATOR);
}

/** Of the names that a gateway lists, those of a tool: its own, behind any target's. @throws CommandFailure for none */
export function toolsNamed(tool: string, listed: readonly string[]): readonly [string, ...string[]] {
  const [first, ...others] = listed.filter((name) => name === tool || name.endsWith(`${SEPARATOR}${tool}`));
  if (first !== undefined) return [first, ...others];
  throw new CommandFailure(`The gateway lists no tool ${tool}: its tools are ${listed.join(", ") || "none"}.`);
}
