import type { Attribute, Block, NestedBlock, ValueType } from "../schema/model";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";
import { isStructure, type ApiStructure, type ApiValue } from "./api-value";
import { isListOfStructures, memberOf } from "./names";

/** How single blocks are translated whose form in the API is another. */
export interface Translation {
  toApi(value: ObjectValue, block: Block): ApiValue;
  fromApi(value: ApiValue, block: Block): ObjectValue;
}
export type Translations = Readonly<Record<string, Translation>>;

/** What the provider keeps to itself, or sends in a request of its own. */
const UNSENT = /^(tags|region)$|_wo_version$/;

/** The configured arguments as a request has them: what is null is left out. */
export function toApi(block: Block, value: ObjectValue, translations: Translations = {}): ApiStructure {
  const attributes = block.attributes
    .filter(({ name, required, optional }) => (required || optional) && !UNSENT.test(name))
    .flatMap(({ name }) => given(memberOf(name), plain(value[name] ?? null)));
  const blocks = block.blocks
    .filter(({ name }) => name !== "timeouts")
    .flatMap((nested) => given(memberOf(nested.name), nestedToApi(nested, value[nested.name] ?? null, translations)));
  return Object.fromEntries([...attributes, ...blocks]);
}

function given(member: string, value: ApiValue): readonly (readonly [string, ApiValue])[] {
  return value === undefined ? [] : [[member, value]];
}

function nestedToApi({ name, block }: NestedBlock, value: Value, translations: Translations): ApiValue {
  if (!isList(value) || value.length === 0) return undefined;
  const translation = translations[name];
  const all = value.map((each) => {
    const structure = isObject(each) ? each : {};
    if (isAroundPayload(block)) return plain(structure["payload"] ?? null);
    return translation ? translation.toApi(structure, block) : toApi(block, structure, translations);
  });
  return isListOfStructures(name) || block.attributes.some((attribute) => attribute.name === "name") ? all : all[0];
}

/** An attribute as JSON has it; a list of one object, which is a block in all but name, is the object. */
function plain(value: Value): ApiValue {
  if (value === null) return undefined;
  if (isList(value)) return value.length > 0 && value.every(isObject) ? plain(value[0] ?? null) : value.map(plain);
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, each]) => [memberOf(name), plain(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }
  return value as string | number | boolean;
}

/** An answer as the provider keeps it: every attribute and block has a place. */
export function fromApi(block: Block, answer: ApiStructure, translations: Translations = {}): ObjectValue {
  const attributes = block.attributes.map((attribute) => [
    attribute.name,
    attributeFromApi(attribute, answer[memberOf(attribute.name)]),
  ]);
  const blocks = block.blocks.map((nested) => [
    nested.name,
    nested.nesting === "SINGLE" ? null : nestedFromApi(nested, answer[memberOf(nested.name)], translations),
  ]);
  return Object.fromEntries([...attributes, ...blocks]) as ObjectValue;
}

function attributeFromApi({ type, writeOnly }: Attribute, value: ApiValue): Value {
  if (writeOnly || value === undefined || value instanceof Date) return null;
  return typed(type, value);
}

function typed(type: ValueType, value: ApiValue): Value {
  if (typeof type === "string") return scalar(type, value);
  const [kind, element] = type;
  if (kind === "object") {
    const structure = isStructure(value) ? value : {};
    return Object.fromEntries(
      Object.entries(element).map(([name, field]) => [
        name,
        attributeFromApi(asAttribute(name, field), structure[memberOf(name)]),
      ]),
    );
  }
  if (kind === "map") {
    const entries = Object.entries(value as ApiStructure).map(([name, each]) => [name, typed(element, each)] as const);
    return entries.length === 0 ? null : Object.fromEntries(entries);
  }
  const all = Array.isArray(value) ? value : [value];
  return all.map((each) => typed(element, each));
}

function asAttribute(name: string, type: ValueType): Attribute {
  return { name, type, required: false, optional: false, computed: true, sensitive: false, writeOnly: false };
}

function scalar(type: ValueType, value: ApiValue): Value {
  if (type === "number") return Number(value);
  return type === "bool" ? value === true : (value as string);
}

/** The API has the text itself. */
function isAroundPayload({ attributes, blocks }: Block): boolean {
  return blocks.length === 0 && attributes.map(({ name }) => name).join() === "payload";
}

function nestedFromApi({ name, block }: NestedBlock, value: ApiValue, translations: Translations): Value {
  if (value === undefined) return [];
  const translation = translations[name];
  if (isAroundPayload(block)) return [{ payload: value as string }];
  const all = Array.isArray(value) ? value : [value];
  return all.map((each) =>
    translation ? translation.fromApi(each, block) : fromApi(block, each as ApiStructure, translations),
  );
}
