import { MOST_LEVELS, MOST_SCHEMAS } from "../bounds";
import { isObject } from "../json";
import { type JsonSchema, TargetDocumentError } from "../target-kind";
import { type Member, type Model, type Shape, trait } from "./model";

const SIMPLE: Readonly<Record<string, JsonSchema>> = {
  string: { type: "string" },
  blob: { type: "string" },
  timestamp: { type: "string", format: "date-time" },
  boolean: { type: "boolean" },
  ...Object.fromEntries(["byte", "short", "integer", "long", "bigInteger"].map((type) => [type, { type: "integer" }])),
  ...Object.fromEntries(["float", "double", "bigDecimal"].map((type) => [type, { type: "number" }])),
  document: {},
};

/** The keywords that the trait `length` stands for. */
const LENGTHS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  string: ["minLength", "maxLength"],
  list: ["minItems", "maxItems"],
  set: ["minItems", "maxItems"],
  map: ["minProperties", "maxProperties"],
};

/** Makes JSON Schemas of shapes. */
export class Schemas {
  private made = 0;

  constructor(private readonly model: Model) {}

  /** Of an operation's input, whose members are the arguments. @throws TargetDocumentError */
  input(shape: Shape | undefined): JsonSchema {
    // Those that are a part of themselves, which are told apart from where they stand.
    const again = new Set<Shape>();
    const schema = this.object(this.model.members(shape), shape ? [shape] : [], again);
    const definitions: Record<string, JsonSchema> = {};
    for (const each of again) {
      definitions[keyOf(each)] = this.schema({ name: "", traits: {}, target: each }, [], again);
    }
    return again.size === 0 ? schema : { ...schema, $defs: definitions };
  }

  private object(members: readonly Member[], path: readonly Shape[], again: Set<Shape>): JsonSchema {
    const required = members.filter((member) => trait(member, "required") !== undefined).map(({ name }) => name);
    return {
      type: "object",
      properties: Object.fromEntries(members.map((member) => [member.name, this.schema(member, path, again)])),
      ...(required.length > 0 && { required }),
    };
  }

  private schema(member: Member, path: readonly Shape[], again: Set<Shape>): JsonSchema {
    const { target } = member;
    if (path.includes(target)) {
      again.add(target);
      return { $ref: `#/$defs/${keyOf(target)}` };
    }
    if (path.length > MOST_LEVELS) {
      throw new TargetDocumentError(`${target.id} nests too deep to be emulated.`, true);
    }
    if (++this.made > MOST_SCHEMAS) {
      throw new TargetDocumentError("The shapes of the Smithy model are too many to be emulated.", true);
    }
    return { ...this.typed(member, [...path, target], again), ...annotations(member) };
  }

  private typed(member: Member, path: readonly Shape[], again: Set<Shape>): JsonSchema {
    const { target } = member;
    const simple = SIMPLE[target.type];
    if (simple) return { ...simple, ...valuesOf(target), ...limits(member) };
    switch (target.type) {
      case "enum":
      case "intEnum":
        return { type: target.type === "enum" ? "string" : "integer", enum: this.enumValues(target) };
      case "structure":
        return this.object(this.model.members(target), path, again);
      case "union":
        return { ...this.object(this.model.members(target), path, again), minProperties: 1, maxProperties: 1 };
      case "list":
      case "set":
        return {
          type: "array",
          items: this.schema(this.model.part(target, "member"), path, again),
          ...limits(member),
          ...((target.type === "set" || trait(member, "uniqueItems") !== undefined) && { uniqueItems: true }),
        };
      case "map":
        return {
          type: "object",
          additionalProperties: this.schema(this.model.part(target, "value"), path, again),
          ...limits(member),
        };
      default:
        throw new TargetDocumentError(`${target.id} is of the type ${target.type}, which no member can have.`);
    }
  }

  private enumValues(shape: Shape): unknown[] {
    return this.model.members(shape).map((member) => trait(member, "enumValue") ?? member.name);
  }
}

function keyOf({ id }: Shape): string {
  return id.replace(/[^\w.]/g, ".");
}

/** Those of a string that has the trait `enum`, as Smithy 1.0 has it. */
function valuesOf(shape: Shape): JsonSchema {
  const values = trait(shape, "enum");
  return Array.isArray(values) ? { enum: values.filter(isObject).map(({ value }) => value) } : {};
}

function limits(member: Member): JsonSchema {
  const { type } = member.target;
  const [shortest, longest] = LENGTHS[type] ?? [];
  const length = trait(member, "length");
  const range = trait(member, "range");
  const pattern = trait(member, "pattern");
  return {
    ...(isObject(length) && shortest !== undefined && numbers({ [shortest]: length["min"] })),
    ...(isObject(length) && longest !== undefined && numbers({ [longest]: length["max"] })),
    ...(isObject(range) && numbers({ minimum: range["min"], maximum: range["max"] })),
    ...(type === "string" && typeof pattern === "string" && isPattern(pattern) && { pattern }),
  };
}

function numbers(keywords: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => typeof value === "number"));
}

/** Models hold patterns of other languages' engines, too. */
function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

function annotations(member: Member): JsonSchema {
  const description = trait(member, "documentation");
  const value = member.traits["smithy.api#default"];
  return {
    ...(typeof description === "string" && { description }),
    ...(value !== undefined && value !== null && { default: value }),
  };
}
