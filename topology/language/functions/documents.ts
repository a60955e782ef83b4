import { createRequire } from "node:module";
import { failed } from "../error";
import { nestsDeeper } from "../nesting";
import { numberOfWhole, numberText, type Numeric, parseNumber } from "../number";
import { collection, isList, isNumber, isObject, sortedNames, type Value } from "../value";
import { fixed, variadic } from "./function";
import { encodeJson } from "./json";

/** Stands in front of a number with more digits than JavaScript keeps; no text has it. */
const EXACT = "\u{F0002}";
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.]{15,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d+/g;

/** What nests deeper exhausts the stack of whatever goes through it. */
const MAX_DEPTH = 150;

function decodeJson(text: string): Value {
  if (nestsDeeper(text, MAX_DEPTH)) throw failed(`argument 1 nests more than ${MAX_DEPTH} levels deep`);
  const kept = text.replace(STRING_OR_LONG_NUMBER, (token) => (token.startsWith('"') ? token : `"${EXACT}${token}"`));
  try {
    return JSON.parse(kept, (_, value: Value) =>
      typeof value === "string" && value.startsWith(EXACT) ? finite(parseNumber(value.slice(EXACT.length))) : value,
    ) as Value;
  } catch {
    throw failed("argument 1 is not JSON");
  }
}

/** A row with the names of the columns, and then one for each object: https://www.rfc-editor.org/rfc/rfc4180 */
function decodeCsv(text: string): Value {
  const [names, ...rows] = csvRows(text);
  if (names === undefined) throw failed("argument 1 has no line with the names of the columns");
  if (new Set(names).size < names.length) throw failed("two columns have one name");
  return collection(
    "list",
    rows.map((row) => {
      if (row.length !== names.length) throw failed("a row has not as many fields as there are columns");
      return Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""]));
    }),
  );
}

const CSV_FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  CSV_FIELD.lastIndex = 0;
  while (CSV_FIELD.lastIndex < text.length || row.length > 0) {
    const [, quoted, plain = "", end] = CSV_FIELD.exec(text) ?? [];
    if (end === undefined) throw failed("argument 1 is not CSV");
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}

type Yaml = typeof import("yaml");
const load = createRequire(__filename);

/** YAML 1.1 without numbers to the base of 8 or 60, as Terraform reads it; loaded when the first is met. */
function decodeYaml(text: string): Value {
  if (nestsDeeper(text, MAX_DEPTH) || DEEP_BLOCKS.test(text)) {
    throw failed(`argument 1 nests more than ${MAX_DEPTH} levels deep`);
  }
  const { parseDocument } = load("yaml") as Yaml;
  const document = parseDocument(text, {
    schema: "yaml-1.1",
    intAsBigInt: true,
    uniqueKeys: false,
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || !["OCT", "TIME"].includes(tag.format ?? "")),
  });
  if (document.errors.length > 0 || document.contents === null) throw failed("argument 1 is not one document of YAML");
  try {
    return yamlValue(document.toJS({ maxAliasCount: 100 }) as unknown);
  } catch (error) {
    throw error instanceof ReferenceError ? failed("argument 1 repeats its parts without end") : error;
  }
}

/** Blocks in blocks, by their indentation or one behind the other. */
const DEEP_BLOCKS = /^ {300}|(?:[-?] +){100}/m;

function finite(number: Numeric | undefined): Numeric {
  if (number === undefined) throw failed("argument 1 has a number that is not finite, or out of all bounds");
  return number;
}

function yamlValue(value: unknown): Value {
  if (typeof value === "bigint") return numberOfWhole(value);
  if (typeof value === "number") return finite(parseNumber(String(value)));
  if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
  if (Array.isArray(value)) return value.map(yamlValue);
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" || typeof value === "boolean" ? value : null;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, yamlValue(item)]));
}

/** As Terraform writes it: strings in quotes, names in order, block style. */
function encodeYaml(value: Value, indent = ""): string {
  if (isList(value)) {
    if (value.length === 0) return "[]";
    return value.map((item) => `${indent}- ${yamlItem(item, `${indent}  `)}`).join("\n");
  }
  if (!isObject(value)) return yamlScalar(value, indent);
  const names = sortedNames(Object.keys(value));
  if (names.length === 0) return "{}";
  return names.map((name) => `${indent}${yamlString(name)}:${yamlMember(value[name] ?? null, indent)}`).join("\n");
}

function isEmpty(value: Value): boolean {
  return (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

/** The first line of what stands in a list stands behind its dash. */
function yamlItem(value: Value, indent: string): string {
  return encodeYaml(value, indent).replace(/^ +/, "");
}

function yamlMember(value: Value, indent: string): string {
  if (isEmpty(value) || (!isList(value) && !isObject(value))) return ` ${encodeYaml(value, `${indent}  `)}`;
  return `\n${encodeYaml(value, isList(value) ? indent : `${indent}  `)}`;
}

function yamlScalar(value: Value, indent: string): string {
  if (typeof value !== "string") return isNumber(value) ? numberText(value) : JSON.stringify(value);
  return value.includes("\n") && !/ (\n|$)/.test(value) ? yamlLines(value, indent) : yamlString(value);
}

/** Blanks in front need the number of blanks that belong to none; line breaks at the end are stripped, one, or all kept. */
function yamlLines(text: string, indent: string): string {
  const end = /\n\n$|^\n$/.test(text) ? "+" : text.endsWith("\n") ? "" : "-";
  const lines = text.replace(/\n$/, "").split("\n");
  const inner = indent === "" ? "  " : indent;
  const mark = `|${/^[ \n]/.test(text) ? "2" : ""}${end}`;
  return [mark, ...lines.map((line) => (line === "" ? "" : inner + line))].join("\n");
}

/** What is beyond the basic plane is escaped. */
function yamlString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(8, "0")}`,
  );
}

/** A number, bool or null alone ends its document. */
function yamlDocument(value: Value): string {
  const isPlain = value === null || typeof value === "boolean" || isNumber(value);
  return `${encodeYaml(value)}\n${isPlain ? "...\n" : ""}`;
}

export const documentFunctions = {
  csvdecode: fixed(1, (args) => decodeCsv(args.text(0))),
  jsondecode: fixed(1, (args) => decodeJson(args.text(0))),
  jsonencode: fixed(1, (args) => encodeJson(args.value(0))),
  nonsensitive: variadic(1, (args) => args.value(0), 1),
  sensitive: variadic(1, (args) => args.value(0), 1),
  yamldecode: fixed(1, (args) => decodeYaml(args.text(0))),
  yamlencode: fixed(1, (args) => yamlDocument(args.value(0))),
};
