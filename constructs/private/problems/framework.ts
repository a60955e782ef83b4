import type { Problem } from "../errors";
import { problem } from "./problem";

const ENTRIES = { cdktf: "cdktf-agentcore", cdktn: "cdktf-agentcore/cdktn" } as const;

const BINDINGS = { cdktf: "@cdktf/provider-aws", cdktn: "@cdktn/provider-aws" } as const;

/** CDKTF, or CDK Terrain: a program is of one of them, as its constructs are. */
export type Framework = keyof typeof ENTRIES;

export const stackOfOtherFramework = (framework: Framework) =>
  problem(
    "FRAMEWORK_MISMATCH",
    `The stack is one of ${framework}: import its constructs from "${ENTRIES[framework]}".`,
  );

export function elementOfOtherFramework(own: Framework): Problem {
  const other = own === "cdktf" ? "cdktn" : "cdktf";
  return problem(
    "FRAMEWORK_MISMATCH",
    `This is an element of ${other} in a stack of ${own}: make it with ${own}, and what is of AWS with ` +
      `"${BINDINGS[own]}" instead of "${BINDINGS[other]}".`,
  );
}
