import type { Symbolic } from "../language";

/** The key of an instance: a number with `count`, a text with `for_each`. */
export type InstanceKey = string | number;

/** Beyond this, a count is a mistake. */
export const MAX_INSTANCES = 10_000;

/**
 * One value without a key, a list of those with numbers, or an object of those with texts; undefined where there is none.
 */
export function byKey(values: readonly (readonly [InstanceKey | undefined, Symbolic])[]): Symbolic | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  if (first[0] === undefined) return first[1];
  if (typeof first[0] === "string") return Object.fromEntries(values.map(([key, value]) => [String(key), value]));
  const list: Symbolic[] = [];
  for (const [key, value] of values) if (Number(key) < MAX_INSTANCES) list[Number(key)] = value;
  return Array.from(list, (value) => value ?? null);
}
