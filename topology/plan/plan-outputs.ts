import type { OutputInstance } from "../inventory";
import { isSymbolicList, isSymbolicObject, type Symbolic, Unknown } from "../symbolic";
import { oneReference } from "./mentioned";
import type { PlannedSystem } from "./planned-system";

/** The outputs of a plan, and what a deployment makes of each; undefined for one whose text the plan hides. */
export type PlanOutputs = ReadonlyMap<OutputInstance, Symbolic | undefined>;

/** Nothing needs an output, so nothing is taken for one that cannot be read: it is left out. */
export function readOutputs(outputs: readonly OutputInstance[], system: PlannedSystem): PlanOutputs {
  return new Map(outputs.map((output) => [output, readValue(output.value, system)]));
}

function readValue(value: Symbolic, system: PlannedSystem): Symbolic | undefined {
  if (typeof value === "string") return system.identifiers.follow(value);
  if (value instanceof Unknown) return readUnknown(value, system);
  if (isSymbolicList(value)) return allOf(value.map((item) => readValue(item, system)));
  if (!isSymbolicObject(value)) return value;
  const members = allOf(Object.values(value).map((item) => readValue(item, system)));
  return members && Object.fromEntries(Object.keys(value).map((name, index) => [name, members[index] ?? null]));
}

function readUnknown(unknown: Unknown, system: PlannedSystem): Unknown | undefined {
  const one = oneReference(unknown);
  const whole = unknown.parts === undefined && one !== undefined ? Unknown.of(one) : unknown;
  return whole.parts !== undefined && whole.references.every((reference) => system.isKnown(reference)) ? whole : undefined;
}

function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
