import { failed } from "../error";
import { refuseWeight } from "../budget";
import { addTo } from "../maps";
import { collection, identityOf, isList, kindOf, type Value } from "../value";
import { toSet, unifyAll } from "./conversions";
import { fixed, variadic } from "./function";

function identities(list: readonly Value[]): Set<string> {
  return new Set(list.map(identityOf));
}

function intersection([first = [], ...others]: readonly (readonly Value[])[]): readonly Value[] {
  const kept = others.map((list) => identities(toSet(list)));
  return toSet(toSet(first).filter((value) => kept.every((set) => set.has(identityOf(value)))));
}

function difference(first: readonly Value[], second: readonly Value[]): readonly Value[] {
  const excluded = identities(toSet(second));
  return toSet(toSet(first).filter((value) => !excluded.has(identityOf(value))));
}

/** Every combination, in the order of the lists; of sets, a set. */
function product(lists: readonly (readonly Value[])[]): readonly Value[] {
  const isSet = lists.every((list) => kindOf(list) === "set");
  const factors = lists.map((list) => unifyAll(list));
  refuseWeight(factors.reduce((count, list) => count * list.length, factors.length));
  const combinations = factors.reduce<readonly (readonly Value[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
  return collection(isSet ? "set" : "list", [...combinations]);
}

/** Of a map of lists of keys, the map of the lists of its keys. */
function transpose(entries: readonly (readonly [string, Value])[]): Value {
  const turned = new Map<string, string[]>();
  for (const [name, keys] of entries) {
    if (!isList(keys)) throw failed("transpose needs a map of lists");
    for (const key of keys) {
      if (typeof key !== "string") throw failed("transpose needs lists of strings");
      addTo(turned, key, name);
    }
  }
  return collection(
    "map",
    Object.fromEntries([...turned].map(([key, names]) => [key, collection("list", names.sort())])),
  );
}

export const setFunctions = {
  setintersection: variadic(1, (args) => intersection(args.lists())),
  setproduct: variadic(2, (args) => product(args.lists())),
  setsubtract: fixed(2, (args) => difference(args.list(0), args.list(1))),
  setunion: variadic(1, (args) => toSet(args.lists().flat())),
  transpose: fixed(1, (args) => transpose(Object.entries(args.object(0)))),
};
