import { asBoolean, asNumber, equals, primitiveText, sortedNames, typeName, type Value } from "../../value";
import { failed } from "../error";
import { fixed, type Arguments } from "./function";

/** Elements of one list have one type: numbers or bools among strings become strings. */
export function unifyAll(values: readonly Value[]): readonly Value[] {
  const types = new Set(values.filter((value) => value !== null).map(typeName));
  if (types.size <= 1) return values;
  return values.map((value) => {
    const text = types.has("string") ? primitiveText(value) : undefined;
    if (text === undefined && value !== null) throw failed(`${[...types].join(" and ")} have no common type`);
    return text ?? null;
  });
}

/** A set has no duplicates; strings, the usual elements, are in order. */
export function toSet(values: readonly Value[]): readonly Value[] {
  const unique: Value[] = [];
  for (const value of unifyAll(values)) {
    if (!unique.some((other) => equals(other, value))) unique.push(value);
  }
  if (unique.every((value) => typeof value === "string")) return sortedNames(unique);
  return unique.every((value) => typeof value === "number") ? unique.sort((left, right) => left - right) : unique;
}

function converted<T extends Value>(value: Value, convert: (value: Value) => T | undefined, type: string): T | null {
  const result = value === null ? null : convert(value);
  if (result === undefined) throw failed(`${typeName(value)} cannot become a ${type}`);
  return result;
}

function toMap(args: Arguments): Value {
  const names = Object.keys(args.object(0));
  const values = unifyAll(Object.values(args.object(0)));
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

export const conversionFunctions = {
  tobool: fixed(1, (args) => converted(args.value(0), asBoolean, "bool")),
  tolist: fixed(1, (args) => unifyAll(args.list(0))),
  tomap: fixed(1, toMap),
  tonumber: fixed(1, (args) => converted(args.value(0), asNumber, "number")),
  toset: fixed(1, (args) => toSet(args.list(0))),
  tostring: fixed(1, (args) => converted(args.value(0), primitiveText, "string")),
};
