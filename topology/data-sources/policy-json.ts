import { Arguments } from "../arguments/arguments";
import { TopologyError } from "../errors";
import { Marks, type Symbolic, type SymbolicObject } from "../language";
import { isObject } from "../language/value";
import { policyDocument } from "./iam-policy-document";

/** The document with its unknown parts in place, as the provider writes it. */
export function policyJson(
  address: string,
  values: SymbolicObject,
  name: "json" | "minified_json" = "json",
): Symbolic | undefined {
  const marks = new Marks();
  try {
    const marked = marks.mark(values);
    return isObject(marked)
      ? marks.unmark(policyDocument(Arguments.evaluated(address, marked))[name] ?? null)
      : undefined;
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}
