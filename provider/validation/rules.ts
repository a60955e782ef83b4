// provider/validation/: the words in which the checks of the provider and the service are stated.
import { isList, isObject, isUnknown, type ObjectValue, type Value } from "../wire/value";
import type { Path, Violation } from "../wire/violation";
import { blocksAt, type Place, placesAt } from "./places";

/** Checks one resource's configuration, in which unknown values count as right. */
export type Rule = (config: ObjectValue) => readonly Violation[];

/** The attribute, or each of its elements when it is a list, matches the whole pattern. */
export function matches(dotted: string, pattern: RegExp, words = `must match ${pattern.source}`): Rule {
  return everyText(dotted, words, (text) => pattern.test(text));
}

export function isOneOf(dotted: string, allowed: readonly string[]): Rule {
  return everyText(dotted, `must be one of ${allowed.join(", ")}`, (text) => allowed.includes(text));
}

export function isArn(...dotted: readonly string[]): Rule {
  return all(dotted.map((path) => matches(path, /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/, "must be an ARN")));
}

/** In characters. */
export function hasLength(dotted: string, minimum: number, maximum: number): Rule {
  const words = `must be ${minimum} to ${maximum} characters long`;
  return everyText(dotted, words, ({ length }) => length >= minimum && length <= maximum);
}

function everyText(dotted: string, words: string, fits: (text: string) => boolean): Rule {
  return (config) =>
    blocksAt(config, dotted).flatMap((place) =>
      typeof place.value === "string" && !fits(place.value) ? [invalid(place, words)] : [],
    );
}

export function isBetween(dotted: string, minimum: number, maximum: number): Rule {
  return (config) =>
    blocksAt(config, dotted).flatMap((place) =>
      typeof place.value === "number" && (place.value < minimum || place.value > maximum)
        ? [invalid(place, `must be between ${minimum} and ${maximum}`)]
        : [],
    );
}

/** How many elements a collection may have. A collection that is null is left alone, an absent block has none. */
export function hasSize(dotted: string, minimum: number, maximum = Infinity): Rule {
  const words = `must have a size of ${sizeInWords(minimum, maximum)}`;
  return (config) =>
    placesAt(config, dotted).flatMap((place) => {
      const size = sizeOf(place.value);
      return size === undefined || (size >= minimum && size <= maximum) ? [] : [invalid(place, words)];
    });
}

/** Exactly one of the named children is there, in each block at the path. */
export function hasExactlyOneOf(dotted: string, names: readonly string[]): Rule {
  return (config) =>
    blocksAt(config, dotted).flatMap(({ path, value }) => {
      const children = isObject(value) ? names.map((name) => value[name]) : [];
      const given = children.filter(isGiven).length;
      if (!isObject(value) || children.some(isUnknown) || given === 1) return [];
      return [combination(path, `Exactly one of ${names.join(", ")} is required, got ${given}.`)];
    });
}

/** The named children exclude each other, in each block at the path; unknown ones may turn out to be absent. */
export function hasAtMostOneOf(dotted: string, names: readonly string[]): Rule {
  return (config) =>
    blocksAt(config, dotted).flatMap(({ path, value }) => {
      const given = isObject(value) ? names.filter((name) => isGiven(value[name]) && !isUnknown(value[name])) : [];
      if (given.length < 2) return [];
      return [combination(path, `${given.join(" conflicts with ")}.`)];
    });
}

/** Where the first child is given, the others are too. */
export function requires(dotted: string, name: string, others: readonly string[]): Rule {
  return (config) =>
    blocksAt(config, dotted).flatMap(({ path, value }) => {
      if (!isObject(value) || !isGiven(value[name])) return [];
      const missing = others.filter((other) => !isGiven(value[other]));
      if (missing.length === 0) return [];
      return [combination([...path, name], `${name} also requires ${missing.join(", ")}.`)];
    });
}

export function all(rules: readonly Rule[]): Rule {
  return (config) => rules.flatMap((rule) => rule(config));
}

function sizeInWords(minimum: number, maximum: number): string {
  if (minimum === maximum) return `${minimum}`;
  return maximum === Infinity ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function isGiven(value: Value | undefined): boolean {
  return value !== undefined && value !== null && !(isList(value) && value.length === 0);
}

function sizeOf(value: Value): number | undefined {
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function combination(path: Path, detail: string): Violation {
  return { path, summary: "Invalid Attribute Combination", detail };
}

function invalid({ path, value }: Place, words: string): Violation {
  const got = isList(value) ? `a size of ${value.length}` : JSON.stringify(value);
  return { path, summary: "Invalid Attribute Value", detail: `Attribute ${path.join(".")} ${words}, got: ${got}.` };
}
