import { isSymbolicList, isSymbolicObject, referenceText, type Symbolic, Unknown } from "../../language";
import type { OutputInstance } from "../../modules/inventory";
import type { KnownSystem } from "../known-system";
import type { Identifiers } from "./identifiers";
import { isNamedAfter, oneReference } from "./mentioned";

/** What a deployment makes of an output. */
export interface HiddenOutput {
  /** Undefined where the plan hides it; nothing needs an output, so it is left out. */
  readonly value: Symbolic | undefined;
  /** What is taken for a text that the plan hides, in a sentence. */
  readonly assumption?: string;
}

export function readOutput(
  { address, value }: OutputInstance,
  system: KnownSystem,
  identifiers: Identifiers,
): HiddenOutput {
  const read = readValue(value, system, identifiers);
  const one = value instanceof Unknown && value.parts === undefined ? oneReference(value) : undefined;
  const reading =
    read === undefined
      ? "left out"
      : one !== undefined && !isNamedAfter(one, address)
        ? `taken as ${referenceText(one)}`
        : undefined;
  return { value: read, ...(reading && { assumption: `The plan hides the text of ${address}; ${reading}.` }) };
}

function readValue(value: Symbolic, system: KnownSystem, identifiers: Identifiers): Symbolic | undefined {
  if (typeof value === "string") return identifiers.follow(value);
  if (value instanceof Unknown) return readUnknown(value, system);
  if (isSymbolicList(value)) return allOf(value.map((item) => readValue(item, system, identifiers)));
  if (!isSymbolicObject(value)) return value;
  const members = allOf(Object.values(value).map((item) => readValue(item, system, identifiers)));
  return members && Object.fromEntries(Object.keys(value).map((name, index) => [name, members[index] ?? null]));
}

function readUnknown(unknown: Unknown, system: KnownSystem): Unknown | undefined {
  const one = oneReference(unknown);
  const whole =
    unknown.parts === undefined && unknown.again === undefined && one !== undefined ? Unknown.of(one) : unknown;
  const isShown = whole.parts !== undefined || whole.again !== undefined;
  return isShown && whole.references.every((reference) => system.isKnown(reference)) ? whole : undefined;
}

function allOf<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
