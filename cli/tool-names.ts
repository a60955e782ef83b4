import { TOOL_NAME_SEPARATOR } from "../aws/agentcore/names";
import { CommandFailure } from "./errors";

/** Whether a name says which target has the tool. */
export function isWhole(name: string): boolean {
  return name.includes(TOOL_NAME_SEPARATOR);
}

/** Of the names that a gateway lists, those of a tool: its own, behind any target's. @throws CommandFailure for none */
export function toolsNamed(tool: string, listed: readonly string[]): readonly [string, ...string[]] {
  const [first, ...others] = listed.filter((name) => name === tool || name.endsWith(`${TOOL_NAME_SEPARATOR}${tool}`));
  if (first !== undefined) return [first, ...others];
  throw new CommandFailure(`The gateway lists no tool ${tool}: its tools are ${listed.join(", ") || "none"}.`);
}
