import { invalidConfiguration } from "../errors";
import {
  asTemplate,
  evaluate,
  ExpressionError,
  type Expression,
  isKnown,
  isSymbolicList,
  isSymbolicObject,
  parseTemplate,
  type Symbolic,
  type SymbolicObject,
  toList,
  toSet,
  Unknown,
} from "../language";
import {
  asBoolean,
  asNumeric,
  collection,
  isList,
  member,
  primitiveText,
  typeName,
  type Value,
} from "../language/value";
import type { Node } from "./node";

/**
 * The value of a variable: what is given to it, else its default, converted to its type. What is unknown in it stays as
 * it is.
 */
export function variableValue(node: Node, given: Symbolic | undefined, defaultValue: Value): Symbolic {
  const { type, nullable } = node.body;
  const isGiven = given !== undefined && !(given === null && nullable === false);
  const value = isGiven ? given : defaultValue;
  return typeof type === "string" ? convert(value, parseType(node.address, type), node.address) : value;
}

/** In JSON a type is a string such as `list(string)`, in HCL an expression. */
function parseType(address: string, type: string): Expression {
  try {
    return parseTemplate(asTemplate(type));
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw invalidConfiguration(address, `its type ${JSON.stringify(type.slice(0, 100))} cannot be read`);
    }
    throw error;
  }
}

function convert(value: Symbolic, type: Expression, address: string): Symbolic {
  if (value === null || value instanceof Unknown) return value;
  const converted = type.kind === "variable" ? toPrimitive(value, type.name) : toCollection(value, type, address);
  if (converted === undefined) {
    throw invalidConfiguration(address, `its value, ${kindOf(value)}, does not fit its type`);
  }
  return converted;
}

function kindOf(value: Symbolic): string {
  if (isSymbolicList(value)) return "a list";
  return isSymbolicObject(value) ? "an object" : `a ${typeName(value as Value)}`;
}

function toPrimitive(value: Symbolic, type: string): Symbolic | undefined {
  if (type !== "string" && type !== "number" && type !== "bool") return value;
  if (value instanceof Unknown || isSymbolicList(value) || isSymbolicObject(value)) return undefined;
  if (type === "string") return primitiveText(value);
  return type === "number" ? asNumeric(value) : asBoolean(value);
}

function toCollection(value: Symbolic, type: Expression, address: string): Symbolic | undefined {
  const [element] = type.kind === "call" ? type.arguments : [];
  if (type.kind !== "call" || element === undefined) return value;
  if (type.name === "object") return isSymbolicObject(value) ? toObject(value, element, address) : undefined;
  if (type.name === "map") return isSymbolicObject(value) ? toMap(value, element, address) : undefined;
  if (type.name === "tuple") return isSymbolicList(value) ? toTuple(value, element, address) : undefined;
  if (type.name !== "list" && type.name !== "set") return value;
  if (!isSymbolicList(value)) return undefined;
  const items: Symbolic = value.map((item) => convert(item, element, address));
  if (!isKnown(items) || !isList(items)) return collection(type.name, items);
  return type.name === "set" ? toSet(items) : toList(items);
}

function toTuple(value: readonly Symbolic[], type: Expression, address: string): Symbolic | undefined {
  const types = type.kind === "tuple" ? type.items : [];
  if (types.length !== value.length) return undefined;
  return types.map((element, index) => convert(value[index] ?? null, element, address));
}

function toMap(value: SymbolicObject, element: Expression, address: string): Symbolic {
  const entries = Object.entries(value).map(([name, item]) => [name, convert(item, element, address)] as const);
  return collection("map", Object.fromEntries(entries));
}

/** The attributes of the type and no others; `optional(type, default)` may be left out. */
function toObject(value: SymbolicObject, type: Expression, address: string): Symbolic {
  const attributes = type.kind === "object" ? type.entries : [];
  return Object.fromEntries(
    attributes.map(({ key, value: attributeType }) => {
      const name = key.kind === "literal" && typeof key.value === "string" ? key.value : "";
      const [required, fallback] = optionalType(attributeType);
      const given = member(value, name);
      if (given === undefined && required === attributeType) {
        throw invalidConfiguration(address, `its value has no attribute "${name}"`);
      }
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
