import { createRequire } from "node:module";
import { failed } from "../error";
import { numberText } from "../number";
import { collection, isList, isNumber, isObject, sortedNames, type Value } from "../value";
import { fixed, variadic } from "./function";
import { encodeJson } from "./json";

function decodeJson(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw failed("argument 1 is not JSON");
  }
}

/** A row with the names of the columns, and then one for each object: https://www.rfc-editor.org/rfc/rfc4180 */
function decodeCsv(text: string): Value {
  const [names = [], ...rows] = csvRows(text);
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

/** YAML 1.2's core schema with the merge key, as Terraform reads it; loaded when the first is met. */
function decodeYaml(text: string): Value {
  const { parse } = load("yaml") as Yaml;
  try {
    return jsonValue(parse(text, { merge: true, maxAliasCount: 100, logLevel: "silent", version: "1.2" }) as unknown);
  } catch {
    throw failed("argument 1 is not one document of YAML");
  }
}

function jsonValue(value: unknown): Value {
  if (value === undefined) return null;
  return JSON.parse(JSON.stringify(value)) as Value;
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
  if (isEmpty(value) || (!isList(value) && !isObject(value))) return ` ${encodeYaml(value, indent)}`;
  return `\n${encodeYaml(value, isList(value) ? indent : `${indent}  `)}`;
}

function yamlScalar(value: Value, indent: string): string {
  if (typeof value === "string" && value.includes("\n") && !/^[\s]|\s\n|[^\n]\n*$(?<!\n)\n\n$/.test(value))
    return yamlLines(value, indent);
  if (typeof value === "string") return yamlString(value);
  return isNumber(value) ? numberText(value) : JSON.stringify(value);
}

function yamlLines(text: string, indent: string): string {
  const mark = text.endsWith("\n\n") ? "|+" : text.endsWith("\n") ? "|" : "|-";
  const lines = text.replace(/\n$/, "").split("\n");
  return [mark, ...lines.map((line) => (line === "" ? "" : `${indent === "" ? "  " : `${indent}  `}${line}`))].join(
    "\n",
  );
}

function yamlString(text: string): string {
  return JSON.stringify(text);
}

export const documentFunctions = {
  csvdecode: fixed(1, (args) => decodeCsv(args.text(0))),
  jsondecode: fixed(1, (args) => decodeJson(args.text(0))),
  jsonencode: fixed(1, (args) => encodeJson(args.value(0))),
  nonsensitive: variadic(1, (args) => args.value(0), 1),
  sensitive: variadic(1, (args) => args.value(0), 1),
  yamldecode: fixed(1, (args) => decodeYaml(args.text(0))),
  yamlencode: fixed(1, (args) => `${encodeYaml(args.value(0))}\n`),
};
