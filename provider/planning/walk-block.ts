import type { Attribute, Block, NestedBlock } from "../schema/model";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";

/** Rebuilds a block and all in it with each attribute replaced, and with one key for everything in the schema. */
export function mapAttributes(
  block: Block,
  value: ObjectValue,
  replace: (attribute: Attribute, value: Value, depth: number) => Value,
  depth = 0,
): ObjectValue {
  const attributes = block.attributes.map((attribute) => [
    attribute.name,
    replace(attribute, value[attribute.name] ?? null, depth),
  ]);
  const nested = block.blocks.map((child) => [
    child.name,
    mapNested(child, value[child.name] ?? null, replace, depth + 1),
  ]);
  return Object.fromEntries([...attributes, ...nested]) as ObjectValue;
}

function mapNested(
  { nesting, block }: NestedBlock,
  value: Value,
  replace: (attribute: Attribute, value: Value, depth: number) => Value,
  depth: number,
): Value {
  const one = (element: Value): Value => (isObject(element) ? mapAttributes(block, element, replace, depth) : element);
  if (isList(value)) return value.map(one);
  return value === null && nesting !== "SINGLE" ? [] : one(value);
}
