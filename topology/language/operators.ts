import { failed } from "./error";
import { calculate, compareNumbers, ExactNumber, type Numeric } from "./number";
import type { BinaryOperator } from "./syntax";
import {
  asBoolean,
  asNumeric,
  equals,
  isList,
  isObject,
  kindOf,
  member,
  primitiveText,
  typeName,
  type Value,
} from "./value";

/** Converts a value. @param what - how a message calls it */
type Require<T> = (value: Value, what: string) => T;

function required<T>(convert: (value: Value) => T | undefined, type: string): Require<T> {
  return (value, what) => {
    const converted = convert(value);
    if (converted === undefined) throw failed(`${what} must be ${type}, not ${typeName(value)}`);
    return converted;
  };
}

export const requireNumeric = required(asNumeric, "a number");
export const requireBoolean = required(asBoolean, "true or false");
export const requireText = required(primitiveText, "a string");

/** As a JavaScript number, which is exact for what counts or measures. */
export function requireNumber(value: Value, what: string): number {
  const number = requireNumeric(value, what);
  return number instanceof ExactNumber ? Number(number.text) : number;
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const both = <T>(require: Require<T>): [T, T] => [
    require(left, `the left of ${operator}`),
    require(right, `the right of ${operator}`),
  ];
  const numbers = (): [Numeric, Numeric] => both(requireNumeric);
  switch (operator) {
    case "==":
      return equals(left, right);
    case "!=":
      return !equals(left, right);
    case "||":
      return both(requireBoolean).some(Boolean);
    case "&&":
      return both(requireBoolean).every(Boolean);
    case "<":
      return compareNumbers(...numbers()) < 0;
    case ">":
      return compareNumbers(...numbers()) > 0;
    case "<=":
      return compareNumbers(...numbers()) <= 0;
    case ">=":
      return compareNumbers(...numbers()) >= 0;
    default:
      return arithmetic(operator, ...numbers());
  }
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "%", left: Numeric, right: Numeric): Numeric {
  if (right === 0 && operator === "/") throw failed("it divides by zero");
  if (right === 0 && operator === "%") return left;
  return calculate(operator, left, right);
}

export function getAttribute(value: Value, name: string): Value {
  if (!isObject(value)) throw failed(`${typeName(value)} has no attribute "${name}"`);
  const found = member(value, name);
  if (found === undefined) throw failed(`there is no attribute "${name}"`);
  return found;
}

export function getIndex(value: Value, key: Value): Value {
  if (isObject(value)) return getAttribute(value, requireText(key, "the key"));
  if (!isList(value)) throw failed(`${typeName(value)} has no elements`);
  if (kindOf(value) === "set") throw failed("the elements of a set have no index");
  const index = requireNumber(key, "the index");
  const found = value[index];
  if (found === undefined) throw failed(`there is no element ${index} in a list of ${value.length}`);
  return found;
}
