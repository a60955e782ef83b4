import { invalidConfiguration, missingVariable } from "../errors";
import { asTemplate, evaluate, ExpressionError, parseTemplate, toList, toSet, type Expression } from "../language";
import type { Node } from "../sources/configuration/nodes";
import {
  asBoolean,
  asNumeric,
  collection,
  isList,
  isObject,
  member,
  primitiveText,
  typeName,
  type Value,
  type ValueObject,
} from "../language/value";

/** @throws TopologyError MISSING_VARIABLE for one that nothing gives a value to. */
export function refuseMissing(node: Node, given: Value | undefined): void {
  if (given === undefined && !Object.hasOwn(node.body, "default")) throw missingVariable(node.address);
}

/** The value of a variable: what is given to it, else its default, converted to its type. */
export function variableValue(node: Node, given: Value | undefined, defaultValue: Value): Value {
  const type = node.body["type"];
  const value = given ?? defaultValue;
  return typeof type === "string" ? convert(value, parseType(node.address, type), node.address) : value;
}

/** In JSON a type is a string such as `list(string)`, in HCL an expression. */
function parseType(address: string, type: string): Expression {
  try {
    return parseTemplate(asTemplate(type));
  } catch (error) {
    if (error instanceof ExpressionError)
      throw invalidConfiguration(address, `its type ${JSON.stringify(type)} cannot be read`);
    throw error;
  }
}

function convert(value: Value, type: Expression, address: string): Value {
  if (value === null) return null;
  const converted = type.kind === "variable" ? toPrimitive(value, type.name) : toCollection(value, type, address);
  if (converted === undefined)
    throw invalidConfiguration(address, `its value, a ${typeName(value)}, does not fit its type`);
  return converted;
}

function toPrimitive(value: Value, type: string): Value | undefined {
  if (type === "string") return primitiveText(value);
  if (type === "number") return asNumeric(value);
  return type === "bool" ? asBoolean(value) : value;
}

/** A tuple is taken as it is. */
function toCollection(value: Value, type: Expression, address: string): Value | undefined {
  const [element] = type.kind === "call" ? type.arguments : [];
  if (type.kind !== "call" || element === undefined) return value;
  if (type.name === "object") return isObject(value) ? toObject(value, element, address) : undefined;
  if (type.name === "map")
    return isObject(value)
      ? collection(
          "map",
          mapValues(value, (item) => convert(item, element, address)),
        )
      : undefined;
  if (type.name !== "list" && type.name !== "set") return value;
  if (!isList(value)) return undefined;
  const items = value.map((item) => convert(item, element, address));
  return type.name === "set" ? toSet(items) : toList(items);
}

/** The attributes of the type and no others; `optional(type, default)` may be left out. */
function toObject(value: ValueObject, type: Expression, address: string): Value {
  const attributes = type.kind === "object" ? type.entries : [];
  return Object.fromEntries(
    attributes.map(({ key, value: attributeType }) => {
      const name = key.kind === "literal" && typeof key.value === "string" ? key.value : "";
      const [required, fallback] = optionalType(attributeType);
      const given = member(value, name);
      if (given === undefined && required === attributeType)
        throw invalidConfiguration(address, `its value has no attribute "${name}"`);
      const isMissing = given === undefined || (given === null && fallback !== undefined);
      return [name, convert(isMissing ? defaultOf(fallback, address) : given, required, address)];
    }),
  );
}

function optionalType(type: Expression): readonly [type: Expression, fallback?: Expression] {
  const [inner = type, fallback] = type.kind === "call" && type.name === "optional" ? type.arguments : [type];
  return [inner, fallback];
}

function defaultOf(fallback: Expression | undefined, address: string): Value {
  if (fallback === undefined) return null;
  return evaluate(fallback, {
    resolve: () => {
      throw invalidConfiguration(address, "the default of an attribute may not refer to anything");
    },
  }) as Value;
}

function mapValues(object: Readonly<Record<string, Value>>, change: (value: Value) => Value): ValueObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
