import type { Path } from "../wire/violation";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";

/** A value in a configuration, with the way to it. */
export interface Place {
  readonly path: Path;
  readonly value: Value;
}

/** Every place that a dotted path leads to, through all blocks of each name. The empty path is the resource itself. */
export function placesAt(config: ObjectValue, dotted: string): readonly Place[] {
  const names = dotted === "" ? [] : dotted.split(".");
  return names.reduce<readonly Place[]>(
    (places, name) => places.flatMap(spread).flatMap((place) => child(place, name)),
    [{ path: [], value: config }],
  );
}

/** Like `placesAt`, but each block of a list by itself. */
export function blocksAt(config: ObjectValue, dotted: string): readonly Place[] {
  return placesAt(config, dotted).flatMap(spread);
}

function spread({ path, value }: Place): readonly Place[] {
  return isList(value)
    ? value.map((element, index) => ({ path: [...path, index], value: element }))
    : [{ path, value }];
}

function child({ path, value }: Place, name: string): readonly Place[] {
  const found = isObject(value) ? value[name] : undefined;
  return found === undefined ? [] : [{ path: [...path, name], value: found }];
}
