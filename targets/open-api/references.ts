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
    const schema = this.follow(given ?? {}, place);
    if (path.includes(schema)) {
      throw new TargetDocumentError(`${place}: the schema is a part of itself, which is not emulated.`, true);
    }
    if (path.length > MOST_LEVELS) {
      throw new TargetDocumentError(`${place}: the schema nests too deep to be emulated.`, true);
    }
    if (++this.schemas > MOST_SCHEMAS) {
      throw new TargetDocumentError(`${place}: the schemas of the document are too many to be emulated.`, true);
    }
    const composed = COMPOSITION.find((keyword) => Object.hasOwn(schema, keyword));
    if (composed !== undefined) {
      throw new TargetDocumentError(
        `${place}: complex schema features like oneOf, anyOf, and allOf are not supported, and it has ${composed}.`,
      );
    }
    const within = (inner: unknown, name: string) => this.schema(inner, `${place}.${name}`, [...path, schema]);
    const { properties, items, additionalProperties } = schema;
    const members = isObject(properties) ? writable(properties, (inner) => this.follow(inner, place)) : undefined;
    return {
      ...plainKeywords(schema),
      ...(members && {
        properties: Object.fromEntries(Object.entries(members).map(([name, inner]) => [name, within(inner, name)])),
      }),
      ...(members &&
        Array.isArray(schema["required"]) && {
          required: schema["required"].filter((name) => typeof name === "string" && Object.hasOwn(members, name)),
        }),
      ...(items !== undefined && { items: within(items, "items") }),
      ...(isObject(additionalProperties) && { additionalProperties: within(additionalProperties, "*") }),
    };
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

/** What only answers have is nobody's to send. */
function writable(properties: JsonSchema, follow: (inner: unknown) => JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).filter(([, inner]) => follow(inner)["readOnly"] !== true));
}

/** All but those that hold schemas, with what OpenAPI 3.0 says in words of its own. */
function plainKeywords(schema: JsonSchema): JsonSchema {
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
