import { MOST_LEVELS, MOST_SCHEMAS } from "../bounds";
import { isObject } from "../json";
import { type JsonSchema, TargetDocumentError } from "../target-kind";

/** What the service does not take: gateway-schema-openapi, "Schema Composition". */
const COMPOSITION = ["oneOf", "anyOf", "allOf"];

/** What JSON Schema says in other words, or has no word for. */
const OF_OPEN_API_ALONE = [
  "discriminator",
  "example",
  "externalDocs",
  "nullable",
  "readOnly",
  "writeOnly",
  "xml",
  "title",
];

/** Keywords that hold a schema, or several by name: JSON Schema 2020-12, "Keywords for Applying Subschemas". */
const HOLDING_ONE = [
  ...["items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties"],
  ...["not", "if", "then", "else"],
];
const HOLDING_NAMED = ["properties", "patternProperties", "dependentSchemas"];

/** What counts beside a reference, in 3.1 alone: OpenAPI 3.1, "Reference Object" and "Schema Object". */
const BESIDE_REFERENCES = ["description", "readOnly"];

/** Follows the references of a document, which stay in it. */
export class References {
  private schemas = 0;

  constructor(private readonly document: JsonSchema) {}

  /** An object that may be named by a reference. @throws TargetDocumentError */
  follow(given: unknown, place: string): JsonSchema {
    let found = given;
    for (let steps = 0; isObject(found) && typeof found["$ref"] === "string"; steps++) {
      if (steps > MOST_LEVELS) {
        throw new TargetDocumentError(`${place}: the reference ${found["$ref"]} leads back to itself.`);
      }
      found = this.lookUp(found["$ref"], place);
    }
    if (isObject(found)) return found;
    throw new TargetDocumentError(`${place} is no object.`);
  }

  /** A schema as JSON Schema has it, without references. @throws TargetDocumentError */
  schema(given: unknown, place: string, path: readonly unknown[] = []): JsonSchema {
    const found = this.follow(given ?? {}, place);
    if (path.includes(found)) {
      throw new TargetDocumentError(`${place}: the schema is a part of itself, which is not emulated.`, true);
    }
    if (path.length > MOST_LEVELS) {
      throw new TargetDocumentError(`${place}: the schema nests too deep to be emulated.`, true);
    }
    if (++this.schemas > MOST_SCHEMAS) {
      throw new TargetDocumentError(`${place}: the schemas of the document are too many to be emulated.`, true);
    }
    const composed = COMPOSITION.find((keyword) => Object.hasOwn(found, keyword));
    if (composed !== undefined) {
      throw new TargetDocumentError(
        `${place}: complex schema features like oneOf, anyOf, and allOf are not supported, and it has ${composed}.`,
      );
    }
    const schema = plainKeywords({ ...found, ...this.beside(given) });
    const { properties, required } = found;
    if (isObject(properties)) {
      const members = this.writable(properties, place);
      schema["properties"] = members;
      if (Array.isArray(required)) {
        schema["required"] = required.filter((name) => typeof name === "string" && Object.hasOwn(members, name));
      }
    }
    return this.held(schema, place, [...path, found]);
  }

  /** The schemas in a schema, which may be true or false, too. */
  private held(schema: JsonSchema, place: string, path: readonly unknown[]): JsonSchema {
    const within = (inner: unknown, name: string) =>
      typeof inner === "boolean" ? inner : this.schema(inner, `${place}.${name}`, path);
    const read = ([keyword, value]: [string, unknown]): [string, unknown] => {
      if (HOLDING_ONE.includes(keyword)) {
        return [keyword, within(value, keyword === "additionalProperties" ? "*" : keyword)];
      }
      if (keyword === "prefixItems" && Array.isArray(value)) {
        return [keyword, value.map((inner, index) => within(inner, `${keyword}.${index}`))];
      }
      if (!HOLDING_NAMED.includes(keyword) || !isObject(value)) return [keyword, value];
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, within(inner, name)]))];
    };
    return Object.fromEntries(Object.entries(schema).map(read));
  }

  private beside(given: unknown): JsonSchema {
    const counts =
      String(this.document["openapi"]).startsWith("3.1") && isObject(given) && Object.hasOwn(given, "$ref");
    return counts ? Object.fromEntries(Object.entries(given).filter(([name]) => BESIDE_REFERENCES.includes(name))) : {};
  }

  /** What only answers have is nobody's to send. */
  private writable(properties: JsonSchema, place: string): JsonSchema {
    const isWritable = ([, inner]: [string, unknown]) =>
      !isObject(inner) || { ...this.follow(inner, place), ...this.beside(inner) }["readOnly"] !== true;
    return Object.fromEntries(Object.entries(properties).filter(isWritable));
  }

  private lookUp(reference: string, place: string): unknown {
    const steps = /^#\/(.*)$/s.exec(reference)?.[1]?.split("/");
    const found = steps
      ?.map(unescaped)
      .reduce<unknown>(
        (value, step) => (isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
        this.document,
      );
    if (found !== undefined) return found;
    throw new TargetDocumentError(`${place}: the reference ${reference} leads to nothing in the schema.`);
  }
}

/** RFC 6901, as part of a URI. */
function unescaped(step: string): string {
  const plain = step.replace(/~1/g, "/").replace(/~0/g, "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** With what OpenAPI 3.0 says in words of its own. */
function plainKeywords(schema: JsonSchema): Record<string, unknown> {
  const own = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !OF_OPEN_API_ALONE.includes(keyword) && !keyword.startsWith("x-")),
  );
  if (schema["nullable"] === true && typeof schema["type"] === "string") own["type"] = [schema["type"], "null"];
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof own[exclusive] !== "boolean") continue;
    const isExclusive = own[exclusive];
    delete own[exclusive];
    if (!isExclusive) continue;
    own[exclusive] = own[limit];
    delete own[limit];
  }
  return own;
}
