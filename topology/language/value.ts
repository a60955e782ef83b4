/** A value of Terraform's language. Sets and lists are arrays, maps and objects are records. */
export type Value = null | boolean | number | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [name: string]: Value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value's type in Terraform's words, for messages. */
export function typeName(value: Value): string {
  if (value === null) return "null";
  if (isList(value)) return "list";
  if (isObject(value)) return "object";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** Reads an own member, so that a name such as `constructor` finds nothing. */
export function member(value: ValueObject, name: string): Value | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Names in Terraform's order: by Unicode code point, which for UTF-8 is the order of the bytes. */
export function sortedNames(names: Iterable<string>): string[] {
  return [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

/** A number in decimals without an exponent, as Terraform prints it. */
export function numberText(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = "", first = "", rest = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${first}${rest}`;
  return `${sign}${first}${rest.padEnd(shift, "0")}`;
}

/** The text of a string, number or bool, which Terraform converts freely; undefined for anything else. */
export function primitiveText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number that a value is or spells; undefined for anything else. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && DECIMAL.test(value) ? Number(value) : undefined;
}

/** The bool that a value is or spells; undefined for anything else. */
export function asBoolean(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  return value === "false" || value === "0" ? false : undefined;
}

/** Terraform's `==`: same type and same content, whatever the order of an object's names. */
export function equals(left: Value, right: Value): boolean {
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => equals(item, right[index] ?? null));
  }
  if (isObject(left) && isObject(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && equals(left[name] ?? null, right[name] ?? null))
    );
  }
  return left === right;
}
