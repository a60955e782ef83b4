import type { Problem } from "../errors";
import { quote } from "./quote";

export function nobodyNamed(): Problem {
  return {
    code: "LENGTH_OUT_OF_RANGE",
    message: 'A statement of a resource policy has no principal: name accounts or ARNs, or "*" for everybody.',
  };
}

export function unknownTool(target: string, tool: string, known: readonly string[]): Problem {
  return {
    code: "NAME_INVALID",
    message:
      `The target ${quote(target)} has no tool ${quote(tool)}, so that AWS would refuse a policy about it: use one of ` +
      `${known.join(", ")}.`,
  };
}
