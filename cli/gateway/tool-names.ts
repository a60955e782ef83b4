import { TOOL_NAME_SEPARATOR } from "../../aws/agentcore/names";
import { CommandFailure } from "../errors";

/** Whether a name says which target has the tool. */
export function isWhole(name: string): boolean {
  return name.includes(TOOL_NAME_SEPARATOR);
}

/** Whether a name that a gateway lists is that of a tool of any target. */
export function isToolOf(name: string, tool: string): boolean {
  return name === tool || name.endsWith(`${TOOL_NAME_SEPARATOR}${tool}`);
}

/** Of the names that a gateway lists, those of a tool: its own, behind any target's. @throws CommandFailure for none */
export function toolsNamed(tool: string, listed: readonly string[]): readonly [string, ...string[]] {
  const [first, ...others] = listed.filter((name) => isToolOf(name, tool));
  if (first !== undefined) return [first, ...others];
  throw new CommandFailure(`The gateway lists no tool ${tool}: its tools are ${listed.join(", ") || "none"}.`);
}
