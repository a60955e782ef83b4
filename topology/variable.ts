import { invalidConfiguration, missingVariable } from "./errors";
import { ExpressionError, parseTemplate, toSet, unifyAll, type Expression } from "./expression";
import type { Node } from "./configuration";
import { asBoolean, asNumber, isList, isObject, primitiveText, typeName, type Value } from "./value";

/** @throws TopologyError MISSING_VARIABLE for one that nothing gives a value to. */
export function refuseMissing(node: Node, given: Value | undefined): void {
  if (given === undefined && !Object.hasOwn(node.body, "default")) throw missingVariable(node.address);
}

/** The value of a variable: what the folder gives to it, else its default, converted to its type. */
export function variableValue(node: Node, given: Value | undefined, defaultValue: Value): Value {
  const type = node.body["type"];
  const value = given ?? defaultValue;
  return typeof type === "string" ? convert(value, parseType(node.address, type), node.address) : value;
}

/** In JSON a type is a string such as `list(string)`, which Terraform reads as an expression. */
function parseType(address: string, type: string): Expression {
  try {
    return parseTemplate(`\${${type}}`);
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
  if (type === "number") return asNumber(value);
  return type === "bool" ? asBoolean(value) : value;
}

/** Structural types, `object({…})` and `tuple([…])`, are taken as they are. */
function toCollection(value: Value, type: Expression, address: string): Value | undefined {
  const [element] = type.kind === "call" ? type.arguments : [];
  if (type.kind !== "call" || element === undefined) return value;
  if (type.name === "map")
    return isObject(value) ? mapValues(value, (item) => convert(item, element, address)) : undefined;
  if (type.name !== "list" && type.name !== "set") return value;
  if (!isList(value)) return undefined;
  const items = value.map((item) => convert(item, element, address));
  return type.name === "set" ? toSet(items) : unifyAll(items);
}

function mapValues(object: Readonly<Record<string, Value>>, change: (value: Value) => Value): Value {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
