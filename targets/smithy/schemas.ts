import { MOST_LEVELS, MOST_SCHEMAS } from "../bounds";
import { isObject } from "../json";
import { type JsonSchema, TargetDocumentError } from "../target-kind";
import { type Member, type Model, type Shape, trait } from "./model";

const SIMPLE: ReadonlyMap<string, JsonSchema> = new Map<string, JsonSchema>([
  ["string", { type: "string" }],
  ["blob", { type: "string" }],
  ["timestamp", { type: "string", format: "date-time" }],
  ["boolean", { type: "boolean" }],
  ...["byte", "short", "integer", "long", "bigInteger"].map((type) => [type, { type: "integer" }] as const),
  ...["float", "double", "bigDecimal"].map((type) => [type, { type: "number" }] as const),
  ["document", {}],
]);

/** The keywords that the trait `length` stands for. */
const LENGTHS: ReadonlyMap<string, readonly [min: string, max: string]> = new Map([
  ["string", ["minLength", "maxLength"]],
  ["list", ["minItems", "maxItems"]],
  ["set", ["minItems", "maxItems"]],
  ["map", ["minProperties", "maxProperties"]],
]);

/** Where shapes hold many of one. */
const PARTS: ReadonlyMap<string, "member" | "value"> = new Map([
  ["list", "member"],
  ["set", "member"],
  ["map", "value"],
]);

/** Makes JSON Schemas of shapes. */
export class Schemas {
  private made = 0;

  constructor(private readonly model: Model) {}

  /** Of an operation's input, whose members are the arguments. @throws TargetDocumentError */
  input(shape: Shape | undefined): JsonSchema {
    const shared = this.sharedBelow(shape);
    const schema = this.object(this.model.members(shape), 0, shared);
    const definitions = [...shared].map((each) => [keyOf(each), this.whole(each, 0, shared)] as const);
    return definitions.length === 0 ? schema : { ...schema, $defs: Object.fromEntries(definitions) };
  }

  /** Structures and unions that stand at several places, or in themselves: written out at each, they multiply. */
  private sharedBelow(shape: Shape | undefined): ReadonlySet<Shape> {
    const seen = new Set<Shape>();
    const shared = new Set<Shape>();
    const left = shape ? [shape] : [];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (seen.has(next)) {
        shared.add(next);
        continue;
      }
      seen.add(next);
      left.push(...this.model.members(next).flatMap(({ target }) => this.composedIn(target) ?? []));
    }
    return shared;
  }

  /** A structure or a union: the shape itself, or what its lists and maps hold in the end. */
  private composedIn(shape: Shape, depth = 0): Shape | undefined {
    if (shape.type === "structure" || shape.type === "union") return shape;
    const part = PARTS.get(shape.type);
    return part && depth < MOST_LEVELS ? this.composedIn(this.model.part(shape, part).target, depth + 1) : undefined;
  }

  private object(members: readonly Member[], depth: number, shared: ReadonlySet<Shape>): JsonSchema {
    const required = members.filter((member) => trait(member, "required") !== undefined).map(({ name }) => name);
    return {
      type: "object",
      properties: Object.fromEntries(members.map((member) => [member.name, this.schema(member, depth, shared)])),
      ...(required.length > 0 && { required }),
    };
  }

  private schema(member: Member, depth: number, shared: ReadonlySet<Shape>): JsonSchema {
    const { target } = member;
    if (depth > MOST_LEVELS) throw new TargetDocumentError(`${target.id} nests too deep to be emulated.`, true);
    if (++this.made > MOST_SCHEMAS) {
      throw new TargetDocumentError("The shapes of the Smithy model are too many to be emulated.", true);
    }
    const typed = shared.has(target) ? { $ref: `#/$defs/${keyOf(target)}` } : this.typed(member, depth + 1, shared);
    return { ...typed, ...annotations(member) };
  }

  /** A structure or a union, written out. */
  private whole(shape: Shape, depth: number, shared: ReadonlySet<Shape>): JsonSchema {
    const object = this.object(this.model.members(shape), depth, shared);
    return shape.type === "union" ? { ...object, minProperties: 1, maxProperties: 1 } : object;
  }

  private typed(member: Member, depth: number, shared: ReadonlySet<Shape>): JsonSchema {
    const { target } = member;
    const simple = SIMPLE.get(target.type);
    if (simple) return { ...simple, ...valuesOf(target), ...limits(member) };
    switch (target.type) {
      case "enum":
      case "intEnum":
        return { type: target.type === "enum" ? "string" : "integer", enum: this.enumValues(target) };
      case "structure":
      case "union":
        return this.whole(target, depth, shared);
      case "list":
      case "set":
        return {
          type: "array",
          items: this.schema(this.model.part(target, "member"), depth, shared),
          ...limits(member),
          ...((target.type === "set" || trait(member, "uniqueItems") !== undefined) && { uniqueItems: true }),
        };
      case "map":
        return {
          type: "object",
          additionalProperties: this.schema(this.model.part(target, "value"), depth, shared),
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
  const [shortest, longest] = LENGTHS.get(type) ?? [];
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
