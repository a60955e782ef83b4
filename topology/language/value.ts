import { compareNumbers, ExactNumber, type Numeric, numberText, parseNumber } from "./number";

/** A value of Terraform's language. Tuples, lists and sets are arrays, objects and maps are records. */
export type Value = null | boolean | Numeric | string | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [name: string]: Value;
}

/** What a function or a type made of a tuple or an object, which are written and have no such kind. */
export type CollectionKind = "list" | "set" | "map";

const collectionKinds = new WeakMap<object, CollectionKind>();

/** Says what kind of collection a new array or record is. */
export function collection<T extends object>(kind: CollectionKind | undefined, value: T): T {
  if (kind !== undefined) collectionKinds.set(value, kind);
  return value;
}

export function kindOf(value: unknown): CollectionKind | undefined {
  return typeof value === "object" && value !== null ? collectionKinds.get(value) : undefined;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The items of a list, or what stands in its place alone. */
export function oneOrMany(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : isList(value) ? value : [value];
}

export function isObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

export function isNumber(value: unknown): value is Numeric {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** The value's type in Terraform's words, for messages. */
export function typeName(value: Value): string {
  if (value === null) return "null";
  if (isList(value)) return "list";
  if (isObject(value)) return "object";
  return typeof value === "boolean" ? "bool" : isNumber(value) ? "number" : typeof value;
}

/** Reads an own member, so that a name such as `constructor` finds nothing. */
export function member<T>(value: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

export function without(value: ValueObject, ...names: readonly string[]): ValueObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

const ASCII = /^[\0-\x7f]*$/;

/** Names in Terraform's order: by Unicode code point, which for UTF-8 is the order of the bytes. */
export function sortedNames(names: Iterable<string>): string[] {
  const all = [...names];
  if (all.every((name) => ASCII.test(name))) return all.sort();
  return all.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

/** The text of a string, number or bool, which Terraform converts freely; undefined for anything else. */
export function primitiveText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (isNumber(value)) return numberText(value);
  return typeof value === "boolean" ? String(value) : undefined;
}

/** The number that a value is or spells; undefined for anything else. */
export function asNumeric(value: Value): Numeric | undefined {
  if (isNumber(value)) return value;
  return typeof value === "string" ? parseNumber(value) : undefined;
}

/** The same as a JavaScript number, which may be a little off. */
export function asNumber(value: Value): number | undefined {
  const number = asNumeric(value);
  return number instanceof ExactNumber ? Number(number.text) : number;
}

/** The bool that a value is or spells; undefined for anything else. */
export function asBoolean(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "1") return true;
  return value === "false" || value === "0" ? false : undefined;
}

/** Terraform's `==`: same type and same content, whatever the order of an object's names. */
export function equals(left: Value, right: Value): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (isList(left) && isList(right)) {
    return (
      kindOf(left) === kindOf(right) &&
      left.length === right.length &&
      left.every((item, index) => equals(item, right[index] ?? null))
    );
  }
  if (isObject(left) && isObject(right)) {
    const names = Object.keys(left);
    return (
      kindOf(left) === kindOf(right) &&
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && equals(left[name] ?? null, right[name] ?? null))
    );
  }
  return left === right;
}

/** A text that two values share when they are equal, whatever collections they are. */
export function identityOf(value: Value): string {
  if (isList(value)) return `[${value.map(identityOf).join()}]`;
  if (isObject(value)) {
    return `{${sortedNames(Object.keys(value))
      .map((name) => `${JSON.stringify(name)}:${identityOf(value[name] ?? null)}`)
      .join()}}`;
  }
  return isNumber(value) ? numberText(value) : JSON.stringify(value);
}
