import type { OutputInstance } from "../modules/inventory";
import { isSymbolicList, isSymbolicObject, referenceText, type Symbolic, Unknown } from "../language";
import { isNamedAfter, oneReference } from "./hidden/mentioned";
import type { PlannedSystem } from "./known-system";

/** What a deployment makes of an output. */
export interface PlanOutput extends Omit<OutputInstance, "value"> {
  /** Undefined where the plan hides it; nothing needs an output, so it is left out. */
  readonly value: Symbolic | undefined;
  /** What is taken for a text that the plan hides, in a sentence. */
  readonly assumption?: string;
}

export function readOutput({ address, value, sensitive }: OutputInstance, system: PlannedSystem): PlanOutput {
  const read = readValue(value, system);
  const one = value instanceof Unknown && value.parts === undefined ? oneReference(value) : undefined;
  const reading =
    read === undefined
      ? "left out"
      : one !== undefined && !isNamedAfter(one, address)
        ? `taken as ${referenceText(one)}`
        : undefined;
  return {
    address,
    sensitive,
    value: read,
    ...(reading && { assumption: `The plan hides the text of ${address}; ${reading}.` }),
  };
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
  return whole.parts !== undefined && whole.references.every((reference) => system.isKnown(reference))
    ? whole
    : undefined;
}

function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
