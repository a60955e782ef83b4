import { type Symbolic, type SymbolicObject, Unknown } from "../../language";
import { isList, isObject, member, type Value, type ValueObject } from "../../language/value";
import { expressionValue, fill, isExpression, type Surroundings } from "./expressions";

/** Blocks that keep the order in which they are written. */
const ORDERED_BLOCKS = new Set(["statement"]);

function mergeInOrder(
  value: Value | undefined,
  unknown: Value | undefined,
  expression: Value | undefined,
  surroundings: Surroundings,
): Symbolic {
  const [values, open, written] = [value, unknown, expression].map((list) =>
    list !== undefined && isList(list) ? list : [],
  );
  return (values ?? []).map((item, index) => {
    const block = values?.length === written?.length ? written?.[index] : undefined;
    return mergeBlock(item, open?.[index], blockIn(block), surroundings);
  });
}

function blockIn(expression: Value | undefined): ValueObject | undefined {
  return expression !== undefined && isObject(expression) ? expression : undefined;
}

/**
 * The values of a block, and of the blocks in it, with their unknown attributes as the expressions make them.
 * @param expressions - undefined where the block cannot be told from others
 */
export function mergeBlock(
  value: Value | undefined,
  unknown: Value | undefined,
  expressions: ValueObject | undefined,
  surroundings: Surroundings,
): SymbolicObject {
  const known = value !== undefined && isObject(value) ? value : {};
  const open = unknown !== undefined && isObject(unknown) ? unknown : {};
  const names = [...Object.keys(known), ...Object.keys(open).filter((name) => !Object.hasOwn(known, name))];
  return Object.fromEntries(
    names.map((name) => {
      const expression = expressions && member(expressions, name);
      if (ORDERED_BLOCKS.has(name)) {
        return [name, mergeInOrder(member(known, name), member(open, name), expression, surroundings)];
      }
      const isOpen = isWriteOnly(name, member(known, name)) && expression !== undefined;
      const merged = mergeMember(member(known, name), isOpen || member(open, name), expression, surroundings);
      if (merged !== undefined) return [name, merged];
      // What the configuration leaves out, the provider fills in.
      const computed = expressions !== undefined && expression === undefined;
      return [name, new Unknown({ references: [], computed })];
    }),
  );
}

/** Of write-only arguments no plan shows a value, also where it is known. */
function isWriteOnly(name: string, value: Value | undefined): boolean {
  return value === null && name.endsWith("_wo");
}

/** @returns undefined for what is unknown and not written */
function mergeMember(
  value: Value | undefined,
  unknown: Value | undefined,
  expression: Value | undefined,
  surroundings: Surroundings,
): Symbolic | undefined {
  if (unknown === undefined || unknown === false || unknown === null) {
    const areBlocks = value !== undefined && isList(value) && expression !== undefined && isList(expression);
    // Nothing is unknown in blocks here, but they may hold write-only arguments.
    return areBlocks ? mergeBlocks(value, [], expression, surroundings) : (value ?? null);
  }
  if (expression !== undefined && isObject(expression) && isExpression(expression)) {
    return fill(value, unknown, expressionValue(expression, surroundings));
  }
  if (unknown === true) return undefined;
  if (isList(unknown)) return mergeBlocks(value, unknown, expression, surroundings);
  return mergeBlock(value, unknown, blockIn(expression), surroundings);
}

/** Blocks of a set come in another order than written, so expressions are matched only where there is one block. */
function mergeBlocks(
  value: Value | undefined,
  unknown: readonly Value[],
  expression: Value | undefined,
  surroundings: Surroundings,
): Symbolic {
  const values = value !== undefined && isList(value) ? value : [];
  // Most of the blocks that a kind may have are not there.
  if (values.length === 0 && unknown.length === 0) return values;
  const written = expression !== undefined && isList(expression) ? expression : [];
  return Array.from({ length: Math.max(values.length, unknown.length) }, (_, index) => {
    if (!isBlock(unknown[index]) && !isBlock(values[index])) {
      return unknown[index] === true ? new Unknown({ references: [] }) : (values[index] ?? null);
    }
    const block = written.length === 1 ? written[0] : undefined;
    return mergeBlock(values[index], unknown[index], blockIn(block), surroundings);
  });
}

function isBlock(value: Value | undefined): boolean {
  return value !== undefined && isObject(value);
}
