import { decode, encode, ExtData } from "@msgpack/msgpack";

/**
 * A Terraform value as it travels between terraform and a provider
 * (https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md). Blocks are objects
 * with one key for every attribute and block of the schema; lists and sets are arrays.
 */
export type Value = null | string | number | boolean | Unknown | readonly Value[] | ObjectValue;
export interface ObjectValue {
  readonly [name: string]: Value;
}

/**
 * A value that terraform learns only during apply. Terraform sends it as a msgpack extension, with what it knows
 * already (such as a prefix) inside; the same extension has to go back.
 */
export type Unknown = ExtData;

export interface DynamicValue {
  readonly msgpack: Uint8Array;
  readonly json?: Uint8Array;
}

export function unknown(): Unknown {
  return new ExtData(0, new Uint8Array([0]));
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof ExtData;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !isUnknown(value) && !isList(value);
}

/** True when neither the value nor anything in it is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (isList(value)) return value.every(isWhollyKnown);
  return !isObject(value) || Object.values(value).every(isWhollyKnown);
}

export function decodeValue(wire: DynamicValue | null | undefined): Value {
  if (wire?.msgpack.length) return decode(wire.msgpack) as Value;
  if (wire?.json?.length) return JSON.parse(Buffer.from(wire.json).toString()) as Value;
  return null;
}

/** @throws TypeError when the value is not a block: terraform only sends blocks where this is called. */
export function decodeBlock(wire: DynamicValue | null | undefined): ObjectValue {
  const value = decodeValue(wire);
  if (!isObject(value)) throw new TypeError(`Expected a block, got ${JSON.stringify(value)}.`);
  return value;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: encode(value) };
}
