import { asBoolean, asNumber, equals, isList, isObject, member, primitiveText, typeName, type Value } from "./value";
import { failed } from "./error";
import type { BinaryOperator } from "./syntax";

export function requireNumber(value: Value, what: string): number {
  const number = asNumber(value);
  if (number === undefined) throw failed(`${what} must be a number, not ${typeName(value)}`);
  return number;
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

/** Terraform calculates in decimals of high precision; 15 digits are what a double holds of them. */
const EXACT_DIGITS = 15;

function calculated(value: number): number {
  if (!Number.isFinite(value)) throw failed("the result is not a finite number");
  if (!Number.isInteger(value)) return Number(value.toPrecision(EXACT_DIGITS));
  if (!Number.isSafeInteger(value)) throw failed(`the result ${value} is too large to be exact`);
  return value;
}

function arithmetic(operator: "+" | "-" | "*" | "/" | "%", left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      if (right === 0) throw failed("it divides by zero");
      return left / right;
    case "%":
      if (right === 0) throw failed("it divides by zero");
      return left % right;
  }
}

export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  const numbers = (): [number, number] => [
    requireNumber(left, `the left of ${operator}`),
    requireNumber(right, `the right of ${operator}`),
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
    case ">":
    case "<=":
    case ">=":
      return compare(operator, ...numbers());
    default:
      return calculated(arithmetic(operator, ...numbers()));
  }
}

function compare(operator: "<" | ">" | "<=" | ">=", left: number, right: number): boolean {
  if (operator === "<") return left < right;
  if (operator === ">") return left > right;
  return operator === "<=" ? left <= right : left >= right;
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
  const index = requireNumber(key, "the index");
  const found = value[index];
  if (found === undefined) throw failed(`there is no element ${index} in a list of ${value.length}`);
  return found;
}
