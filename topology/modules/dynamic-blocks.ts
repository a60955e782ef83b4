import { isList, isObject, oneOrMany, type Value, type ValueObject } from "../language/value";

/** A `dynamic` block, which makes blocks of a type, one for each element of a collection. */
export interface DynamicBlock {
  /** The type of the blocks that it makes. */
  readonly type: string;
  /** The name that stands for the element. */
  readonly iterator: string;
  readonly forEach: Value;
  readonly labels: readonly Value[];
  readonly content: ValueObject;
}

/** The `dynamic` blocks in the body of a block. */
export function dynamicBlocks({ dynamic }: ValueObject): DynamicBlock[] {
  if (dynamic === undefined || !isObject(dynamic)) return [];
  return Object.entries(dynamic).flatMap(([type, bodies]) =>
    oneOrMany(bodies)
      .filter(isObject)
      .flatMap((body) => {
        const { content, iterator, labels = [], for_each: forEach = null } = body;
        const [only] = oneOrMany(content);
        if (only === undefined || !isObject(only)) return [];
        const name = typeof iterator === "string" ? iterator.replace(/^\$\{|\}$/g, "") : type;
        return [{ type, iterator: name, forEach, labels: isList(labels) ? labels : [], content: only }];
      }),
  );
}

/** The names that stand for the elements of `dynamic` blocks, at whatever depth. */
export function iteratorsIn(json: Value): string[] {
  if (isList(json)) return json.flatMap(iteratorsIn);
  if (!isObject(json)) return [];
  return [...dynamicBlocks(json).map(({ iterator }) => iterator), ...Object.values(json).flatMap(iteratorsIn)];
}
