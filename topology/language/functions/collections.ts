import { equals, isList, isObject, sortedNames, typeName, type Value, type ValueObject } from "../value";
import { failed } from "../error";
import { requireBoolean, requireText } from "../operators";
import { characters } from "./characters";
import { toSet, unifyAll } from "./conversions";
import { fixed, variadic, type Arguments } from "./function";

function lists(args: Arguments): readonly (readonly Value[])[] {
  return args.values.map((_, index) => args.list(index));
}

function booleans(list: readonly Value[]): boolean[] {
  return list.map((value) => value !== null && requireBoolean(value, "an element"));
}

function compact(list: readonly Value[]): string[] {
  return list.flatMap((value) => (value === null || value === "" ? [] : [requireText(value, "an element")]));
}

function element(list: readonly Value[], index: number): Value {
  if (list.length === 0) throw failed("element needs a list that is not empty");
  return list[((index % list.length) + list.length) % list.length] ?? null;
}

function flatten(list: readonly Value[]): Value[] {
  return list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
}

function length(value: Value): number {
  if (typeof value === "string") return characters(value).length;
  if (isList(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw failed(`${typeName(value)} has no length`);
}

function lookup(map: ValueObject, key: string, fallback: Value | undefined): Value {
  const found = Object.hasOwn(map, key) ? map[key] : fallback;
  if (found === undefined) throw failed(`the map has no key "${key}" and lookup no default`);
  return found;
}

function merge(args: Arguments): ValueObject {
  const objects = args.values.map((value, index) => (value === null ? {} : args.object(index)));
  return Object.fromEntries(objects.flatMap((object) => Object.entries(object)));
}

function one(list: readonly Value[]): Value {
  if (list.length > 1) throw failed("one needs a list of at most one element");
  return list[0] ?? null;
}

function firstOf(values: readonly Value[], isMissing: (value: Value) => boolean): Value {
  const found = values.find((value) => !isMissing(value));
  if (found === undefined) throw failed("no argument has a value");
  return found;
}

function range(limits: readonly number[]): number[] {
  const [start = 0, end = 0] = limits.length === 1 ? [0, ...limits] : limits;
  const [, , step = start < end ? 1 : -1] = limits;
  if (start !== end && Math.sign(step) !== Math.sign(end - start))
    throw failed(`range never comes from ${start} to ${end} in steps of ${step}`);
  const count = start === end ? 0 : Math.ceil((end - start) / step);
  if (count > MAX_RANGE) throw failed(`range makes more than ${MAX_RANGE} numbers`);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** Terraform's own limit, https://developer.hashicorp.com/terraform/language/functions/range. */
const MAX_RANGE = 1024;

function slice(list: readonly Value[], start: number, end: number): readonly Value[] {
  if (start < 0 || end > list.length || start > end)
    throw failed(`slice goes from ${start} to ${end} in a list of ${list.length}`);
  return list.slice(start, end);
}

function zip(names: readonly string[], values: readonly Value[]): ValueObject {
  if (names.length !== values.length) throw failed("zipmap needs as many values as keys");
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

export const collectionFunctions = {
  alltrue: fixed(1, (args) => booleans(args.list(0)).every(Boolean)),
  anytrue: fixed(1, (args) => booleans(args.list(0)).some(Boolean)),
  coalesce: variadic(1, (args) => firstOf(unifyAll(args.values), (value) => value === null || value === "")),
  coalescelist: variadic(1, (args) => firstOf(lists(args), (value) => length(value) === 0)),
  compact: fixed(1, (args) => compact(args.list(0))),
  concat: variadic(1, (args) => lists(args).flat()),
  contains: fixed(2, (args) => args.list(0).some((value) => equals(value, args.value(1)))),
  distinct: fixed(1, (args) =>
    args.list(0).filter((value, index, all) => all.findIndex((other) => equals(other, value)) === index),
  ),
  element: fixed(2, (args) => element(args.list(0), args.integer(1))),
  flatten: fixed(1, (args) => flatten(args.list(0))),
  keys: fixed(1, (args) => sortedNames(Object.keys(args.object(0)))),
  length: fixed(1, (args) => length(args.value(0))),
  lookup: variadic(2, (args) => lookup(args.object(0), args.text(1), args.values[2]), 3),
  merge: variadic(0, merge),
  one: fixed(1, (args) => one(args.list(0))),
  range: variadic(1, (args) => range(args.values.map((_, index) => args.number(index))), 3),
  reverse: fixed(1, (args) => [...args.list(0)].reverse()),
  setunion: variadic(1, (args) => toSet(lists(args).flat())),
  slice: fixed(3, (args) => slice(args.list(0), args.integer(1), args.integer(2))),
  sort: fixed(1, (args) => sortedNames(args.texts(0))),
  values: fixed(1, (args) => sortedNames(Object.keys(args.object(0))).map((name) => args.object(0)[name] ?? null)),
  zipmap: fixed(2, (args) => zip(args.texts(0), args.list(1))),
};
