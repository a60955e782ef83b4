import { isList, isObject, member, type Value, type ValueObject } from "./value";

/** The JSON object that a text holds; undefined for any other text. */
export function parseObject(text: string): ValueObject | undefined {
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a member of a document that may have any shape. */
export function at(value: Value | undefined, ...names: readonly string[]): Value | undefined {
  return names.reduce<Value | undefined>(
    (current, name) => (current !== undefined && isObject(current) ? member(current, name) : undefined),
    value,
  );
}

export function objectAt(value: Value | undefined, ...names: readonly string[]): ValueObject {
  const found = at(value, ...names);
  return found !== undefined && isObject(found) ? found : {};
}

export function objectsAt(value: Value | undefined, ...names: readonly string[]): readonly ValueObject[] {
  const found = at(value, ...names);
  return found !== undefined && isList(found) ? found.filter(isObject) : [];
}

export function textAt(value: Value | undefined, ...names: readonly string[]): string | undefined {
  const found = at(value, ...names);
  return typeof found === "string" ? found : undefined;
}

export function textsAt(value: Value | undefined, ...names: readonly string[]): readonly string[] {
  const found = at(value, ...names);
  return found !== undefined && isList(found) ? found.filter((item) => typeof item === "string") : [];
}
