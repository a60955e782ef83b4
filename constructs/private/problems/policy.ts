import { problem, quote } from "./problem";

export const nobodyNamed = () =>
  problem(
    "LENGTH_OUT_OF_RANGE",
    'A statement of a resource policy has no principal: name accounts or ARNs, or "*" for everybody.',
  );

export const unknownTool = (target: string, tool: string, known: readonly string[]) =>
  problem(
    "NAME_INVALID",
    `The target ${quote(target)} has no tool ${quote(tool)}, so that AWS would refuse a policy about it: use one of ` +
      `${known.join(", ")}.`,
  );
