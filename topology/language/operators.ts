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

export function requireNumeric(value: Value, what: string): Numeric {
  const number = asNumeric(value);
  if (number === undefined) throw failed(`${what} must be a number, not ${typeName(value)}`);
  return number;
}

/** As a JavaScript number, which is exact for what counts or measures. */
export function requireNumber(value: Value, what: string): number {
  const number = requireNumeric(value, what);
  return number instanceof ExactNumber ? Number(number.text) : number;
}

export function requireBoolean(value: Value, what: string): boolean {
  const boolean = asBoolean(value);
  if (boolean === undefined) throw failed(`${what} must be true or false, not ${typeName(value)}`);
  return boolean;
}

export function requireText(value: Value, what: string): string {
  const text = primitiveText(value);
  if (text === undefined) throw failed(`${what} must be a string, not ${typeName(value)}`);
  return text;
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const numbers = (): [Numeric, Numeric] => [
    requireNumeric(left, `the left of ${operator}`),
    requireNumeric(right, `the right of ${operator}`),
  ];
  const booleans = (): [boolean, boolean] => [
    requireBoolean(left, `the left of ${operator}`),
    requireBoolean(right, `the right of ${operator}`),
  ];
  switch (operator) {
    case "==":
      return equals(left, right);
    case "!=":
      return !equals(left, right);
    case "||":
      return booleans().some(Boolean);
    case "&&":
      return booleans().every(Boolean);
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
