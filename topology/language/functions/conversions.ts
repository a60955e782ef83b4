import { failed } from "../error";
import type { Numeric } from "../number";
import {
  asBoolean,
  asNumeric,
  collection,
  identityOf,
  isList,
  isNumber,
  isObject,
  kindOf,
  primitiveText,
  sortedNames,
  typeName,
  type Value,
} from "../value";
import { compareNumbers } from "../number";
import { fixed, type CallArguments } from "./function";

/** Elements of one list have one type: numbers or bools among strings become strings, also in lists and objects. */
export function unifyAll(values: readonly Value[]): readonly Value[] {
  const types = new Set(values.filter((value) => value !== null).map(typeName));
  if (types.size > 1) return values.map((value) => toText(value, types));
  const records = values.filter((value) => isList(value) || isObject(value));
  if (records.length < 2) return values;
  const kind = commonKind(records);
  const unified = unifyMembers(records.map((record) => Object.entries(record))).values();
  return values.map((value) => {
    if (value === null) return null;
    const members = unified.next().value ?? [];
    const items = isList(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
    return collection(kind, kind === "set" && isList(items) ? [...toSet(items)] : items);
  });
}

/** Tuples and objects of the same members stay such; others become lists and maps, and lists beside sets become sets. */
function commonKind(records: readonly object[]): ReturnType<typeof kindOf> {
  const kinds = new Set(records.map(kindOf));
  if (kinds.size === 1) {
    const [only] = kinds;
    if (only !== undefined) return only;
    const namesOf = (record: object): string => JSON.stringify(Object.keys(record).sort());
    if (new Set(records.map(namesOf)).size === 1) return undefined;
  }
  if (kinds.has("set")) return "set";
  return records.every(Array.isArray) ? "list" : "map";
}

function toText(value: Value, types: ReadonlySet<string>): string | null {
  const text = types.has("string") ? primitiveText(value) : undefined;
  if (text === undefined && value !== null) throw failed(`${[...types].join(" and ")} have no common type`);
  return text ?? null;
}

type Member = readonly [name: string, value: Value];

/** Those of the same names are tuples or objects of one type; others become lists or maps, whose members are alike. */
function unifyMembers(records: readonly (readonly Member[])[]): (readonly Member[])[] {
  const namesOf = (members: readonly Member[]): string => JSON.stringify(members.map(([name]) => name).sort());
  const isOneType = new Set(records.map(namesOf)).size === 1;
  const groupOf = (name: string): string => (isOneType ? name : "");
  const groups = new Map<string, Value[]>(records.flat().map(([name]) => [groupOf(name), []]));
  for (const [name, value] of records.flat()) groups.get(groupOf(name))?.push(value);
  const unified = new Map([...groups].map(([name, values]) => [name, unifyAll(values).values()]));
  return records.map((members) =>
    members.map(([name]) => [name, unified.get(groupOf(name))?.next().value ?? null] as const),
  );
}

/** A set has no duplicates; strings, numbers and bools, the usual elements, are in order. */
export function toSet(values: readonly Value[]): readonly Value[] {
  const all = [...new Map(unifyAll(values).map((value) => [identityOf(value), value])).values()];
  const unique = all.filter((value) => value !== null);
  if (unique.length < all.length) return collection("set", [...toSet(unique), null]);
  if (unique.every((value) => typeof value === "string")) return collection("set", sortedNames(unique));
  if (unique.every(isNumber)) return collection("set", unique.sort(compareNumbers));
  const isOrdered = unique.every((value) => typeof value === "boolean");
  return collection("set", isOrdered ? unique.sort((left, right) => Number(left) - Number(right)) : unique);
}

export function toList(values: readonly Value[]): readonly Value[] {
  return collection("list", [...unifyAll(values)]);
}

function converted<T extends Value>(value: Value, convert: (value: Value) => T | undefined, type: string): T | null {
  const result = value === null ? null : convert(value);
  if (result === undefined) throw failed(`${typeName(value)} cannot become a ${type}`);
  return result;
}

function unlessNull(args: CallArguments, convert: () => Value): Value {
  return args.value(0) === null ? null : convert();
}

function toMap(args: CallArguments): Value {
  const names = Object.keys(args.object(0));
  const values = unifyAll(Object.values(args.object(0)));
  return collection("map", Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));
}

export const conversionFunctions = {
  tobool: fixed(1, (args) => converted(args.value(0), asBoolean, "bool")),
  tolist: fixed(1, (args) => unlessNull(args, () => toList(args.list(0)))),
  tomap: fixed(1, (args) => unlessNull(args, () => toMap(args))),
  tonumber: fixed(1, (args) => converted<Numeric>(args.value(0), asNumeric, "number")),
  toset: fixed(1, (args) => unlessNull(args, () => toSet(args.list(0)))),
  tostring: fixed(1, (args) => converted(args.value(0), primitiveText, "string")),
};
