import { refuseWeight } from "../budget";
import { failed } from "../error";
import { calculate, compareNumbers, type Numeric } from "../number";
import { requireBoolean, requireText } from "../operators";
import {
  collection,
  equals,
  identityOf,
  isList,
  isObject,
  kindOf,
  sortedNames,
  typeName,
  type Value,
  type ValueObject,
} from "../value";
import { characters } from "./characters";
import { toList, unifyAll } from "./conversions";
import { fixed, variadic, type CallArguments } from "./function";

function booleans(list: readonly Value[]): boolean[] {
  return list.map((value) => value !== null && requireBoolean(value, "an element"));
}

function chunks(list: readonly Value[], size: number): readonly Value[] {
  if (size < 0) throw failed("chunklist needs a size that is not negative");
  if (size === 0) return [list];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    toList(list.slice(index * size, (index + 1) * size)),
  );
}

function compact(list: readonly Value[]): readonly string[] {
  const kept = list.flatMap((value) => (value === null || value === "" ? [] : [requireText(value, "an element")]));
  return collection("list", kept);
}

/** Lists, or sets among them, become one list; tuples one tuple. */
function concat(lists: readonly (readonly Value[])[]): readonly Value[] {
  const isTyped = lists.length > 0 && lists.every((list) => kindOf(list) !== undefined);
  return isTyped ? toList(lists.flat()) : lists.flat();
}

/** Sets have no order, but a set of texts is sorted. */
function contains(list: readonly Value[], value: Value): boolean {
  const sought = kindOf(list) === undefined ? [value] : unifyAllOr([value, ...list.slice(0, 1)], value);
  return list.some((item) => equals(item, sought[0] ?? null));
}

function unifyAllOr(values: readonly Value[], value: Value): readonly Value[] {
  const [given, first = null] = values;
  return typeof first === "string" && given !== undefined && !isList(given) && !isObject(given) && given !== null
    ? [requireText(given, "argument 2")]
    : [value];
}

function distinct(list: readonly Value[]): readonly Value[] {
  const unique = new Map<string, Value>();
  for (const value of list) {
    const identity = identityOf(value);
    if (!unique.has(identity)) unique.set(identity, value);
  }
  return collection("list", [...unique.values()]);
}

function element(list: readonly Value[], index: number): Value {
  if (list.length === 0) throw failed("element needs a list that is not empty");
  const place = index % list.length;
  if (place < 0) throw failed("element needs an index that is not negative");
  return list[place] ?? null;
}

function flatten(list: readonly Value[]): Value[] {
  return list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
}

function indexOf(list: readonly Value[], value: Value): number {
  const found = list.findIndex((item) => equals(item, value));
  if (found < 0) throw failed("index finds no such element");
  return found;
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

function matchKeys(values: readonly Value[], keys: readonly Value[], wanted: readonly Value[]): readonly Value[] {
  if (values.length !== keys.length) throw failed("matchkeys needs as many keys as values");
  const identities = new Set(unifyAll(wanted).map(identityOf));
  return toList(values.filter((_, index) => identities.has(identityOf(keys[index] ?? null))));
}

/** Maps become one map; objects one object. */
function merge(args: CallArguments): ValueObject {
  const objects = args.values.flatMap((value, index) => (value === null ? [] : [args.object(index)]));
  const merged = Object.fromEntries(objects.flatMap((object) => Object.entries(object)));
  return objects.length > 0 && objects.every((object) => kindOf(object) === "map") ? collection("map", merged) : merged;
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

function range(limits: readonly Numeric[]): readonly Value[] {
  const [start = 0, end = 0] = limits.length === 1 ? [0, ...limits] : limits;
  const direction = compareNumbers(end, start);
  const [, , step = direction >= 0 ? 1 : -1] = limits;
  const stepDirection = compareNumbers(step, 0);
  if (direction !== 0 && Math.sign(stepDirection) !== Math.sign(direction)) {
    throw failed("range never comes to its end");
  }
  if (direction !== 0 && compareNumbers(calculate("/", calculate("-", end, start), step), MAX_RANGE) > 0) {
    throw failed(`range makes more than ${MAX_RANGE} numbers`);
  }
  const numbers: Numeric[] = [];
  for (let next = start; compareNumbers(end, next) * direction > 0; next = calculate("+", next, step)) {
    if (numbers.length === MAX_RANGE) throw failed(`range makes more than ${MAX_RANGE} numbers`);
    numbers.push(next);
  }
  return collection("list", numbers);
}

/** Terraform's own limit, https://developer.hashicorp.com/terraform/language/functions/range. */
const MAX_RANGE = 1024;

function reversed(list: readonly Value[]): readonly Value[] {
  return collection(kindOf(list) === undefined ? undefined : "list", [...list].reverse());
}

function slice(list: readonly Value[], start: number, end: number): readonly Value[] {
  if (kindOf(list) === "set") throw failed("a set has no order to slice");
  if (start < 0 || end > list.length || start > end) {
    throw failed(`slice goes from ${start} to ${end} in a list of ${list.length}`);
  }
  return collection(kindOf(list), list.slice(start, end));
}

function zip(names: readonly string[], values: readonly Value[]): ValueObject {
  if (names.length !== values.length) throw failed("zipmap needs as many values as keys");
  refuseWeight(names.length);
  const zipped = Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
  return kindOf(values) === undefined ? zipped : collection("map", zipped);
}

export const collectionFunctions = {
  alltrue: fixed(1, (args) => booleans(args.list(0)).every(Boolean)),
  anytrue: fixed(1, (args) => booleans(args.list(0)).some(Boolean)),
  chunklist: fixed(2, (args) => collection("list", [...chunks(args.list(0), args.integer(1))])),
  coalesce: variadic(1, (args) => firstOf(unifyAll(args.values), (value) => value === null || value === "")),
  coalescelist: variadic(1, (args) =>
    firstOf(
      args.values.map((_, index) => args.sequence(index)),
      (value) => length(value) === 0,
    ),
  ),
  compact: fixed(1, (args) => compact(args.list(0))),
  concat: variadic(1, (args) => concat(args.values.map((_, index) => args.sequence(index)))),
  contains: fixed(2, (args) => contains(args.list(0), args.something(1))),
  distinct: fixed(1, (args) => distinct(unifyAll(args.list(0)))),
  element: fixed(2, (args) => element(args.sequence(0), args.integer(1))),
  flatten: fixed(1, (args) => flatten(args.list(0))),
  index: fixed(2, (args) => indexOf(args.list(0), args.something(1))),
  keys: fixed(1, (args) => sortedNames(Object.keys(args.object(0)))),
  length: fixed(1, (args) => length(args.value(0))),
  lookup: variadic(2, (args) => lookup(args.object(0), args.text(1), args.values[2]), 3),
  matchkeys: fixed(3, (args) => matchKeys(args.list(0), args.list(1), args.list(2))),
  merge: variadic(0, merge),
  one: fixed(1, (args) => one(args.list(0))),
  range: variadic(1, (args) => range(args.numerics()), 3),
  reverse: fixed(1, (args) => reversed(args.list(0))),
  slice: fixed(3, (args) => slice(args.list(0), args.integer(1), args.integer(2))),
  sort: fixed(1, (args) => collection("list", sortedNames(args.texts(0)))),
  values: fixed(1, (args) => sortedNames(Object.keys(args.object(0))).map((name) => args.object(0)[name] ?? null)),
  zipmap: fixed(2, (args) => zip(args.texts(0), args.list(1))),
};
