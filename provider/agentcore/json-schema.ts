import type { Block } from "../schema/model";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";
import { isStructure, type ApiStructure, type ApiValue } from "./api-value";

/** A block of a tool's schema as the JSON schema that the API takes: properties are a map, and name what is required. */
export function schemaOf(block: ObjectValue): ApiStructure {
  const properties = isList(block["property"]) ? block["property"].filter(isObject) : [];
  const required = properties.filter((property) => property["required"] === true).map(nameOf);
  return {
    ...texts(block, ["type", "description"]),
    ...(properties.length > 0 && {
      properties: Object.fromEntries(properties.map((property) => [nameOf(property), schemaOf(property)])),
    }),
    ...(required.length > 0 && { required }),
    ...itemsOf(block["items"]),
    ...fromJson("properties", block["properties_json"]),
    ...fromJson("items", block["items_json"]),
  };
}

/** @param block of the provider's schema, whose innermost level holds what is deeper as JSON */
export function blockOfSchema(block: Block, schema: ApiStructure, required = false): ObjectValue {
  const { type, description, properties, items } = schema;
  const isRequired = Array.isArray(schema["required"]) ? schema["required"] : [];
  const names = new Set([...block.attributes, ...block.blocks].map(({ name }) => name));
  const child = (name: string) => block.blocks.find((nested) => nested.name === name)?.block;
  const [property, item] = [child("property"), child("items")];
  const members: readonly [string, ApiValue][] = isStructure(properties) ? Object.entries(properties) : [];
  return {
    type: typeof type === "string" ? type : null,
    description: typeof description === "string" ? description : null,
    ...(names.has("required") && { required: required || null }),
    ...(property && {
      property: members.flatMap(([name, value]) =>
        isStructure(value) ? [{ ...blockOfSchema(property, value, isRequired.includes(name)), name }] : [],
      ),
    }),
    ...(item && { items: isStructure(items) ? [blockOfSchema(item, items)] : [] }),
    ...(names.has("properties_json") && { properties_json: asJson(properties) }),
    ...(names.has("items_json") && { items_json: asJson(items) }),
  };
}

function itemsOf(items: Value | undefined): ApiStructure {
  const [item] = isList(items) ? items.filter(isObject) : [];
  return item ? { items: schemaOf(item) } : {};
}

function fromJson(member: string, text: Value | undefined): ApiStructure {
  return typeof text === "string" ? { [member]: JSON.parse(text) as ApiValue } : {};
}

function asJson(value: ApiValue | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function texts(block: ObjectValue, names: readonly string[]): ApiStructure {
  return Object.fromEntries(
    names.flatMap((name) => (typeof block[name] === "string" ? [[name, block[name]] as const] : [])),
  );
}

function nameOf({ name }: ObjectValue): string {
  return typeof name === "string" ? name : "";
}
