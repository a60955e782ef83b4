import { isList, isObject, type Value, type ValueObject } from "../../language/value";

/** The bodies of the `dynamic` blocks in a block, by the label of each, which is the type of the blocks it makes. */
export function dynamicBlocks({ dynamic }: ValueObject): [label: string, body: ValueObject][] {
  if (dynamic === undefined || !isObject(dynamic)) return [];
  return Object.entries(dynamic).flatMap(([label, bodies]) =>
    (isList(bodies) ? bodies : [bodies])
      .filter(isObject)
      .filter((body) => Object.hasOwn(body, "content"))
      .map((body): [string, ValueObject] => [label, body]),
  );
}

/** The names that stand for the elements of `dynamic` blocks, at whatever depth. */
export function iteratorsIn(json: Value): string[] {
  if (isList(json)) return json.flatMap(iteratorsIn);
  if (!isObject(json)) return [];
  const own = dynamicBlocks(json).map(([label, { iterator }]) =>
    typeof iterator === "string" ? iterator.replace(/^\$\{|\}$/g, "") : label,
  );
  return [...own, ...Object.values(json).flatMap(iteratorsIn)];
}
