import type { TerraformOutput } from "../../../emulator";
import type { Outputs } from "../../emulator/running";

/** Outputs as `terraform output -json` gives them. A list is given as a tuple: its declared type is not known here. */
export function outputsAsJson(outputs: Outputs): string {
  const typed = named(outputs).map(([name, { sensitive, value }]) => [name, { sensitive, type: typeOf(value), value }]);
  return `${JSON.stringify(Object.fromEntries(typed), undefined, 2)}\n`;
}

/** Outputs as `terraform output` gives them. */
export function outputsAsText(outputs: Outputs): string {
  return named(outputs)
    .map(([name, { value, sensitive }]) => `${name} = ${sensitive ? "<sensitive>" : valueAsText(value)}\n`)
    .join("");
}

/** The names of outputs that a failed deployment did not come to know. */
export function unknownOutputs(outputs: Outputs): string[] {
  return Object.keys(outputs).filter((name) => outputs[name]?.value === undefined);
}

/** Terraform sorts outputs and forgets those that are null or, after a failed apply, unknown. */
function named(outputs: Outputs): [string, TerraformOutput][] {
  return Object.entries(outputs)
    .filter(([, { value }]) => value !== null && value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

type OutputType =
  | string
  | readonly ["tuple", readonly OutputType[]]
  | readonly ["object", Readonly<Record<string, OutputType>>];

function typeOf(value: unknown): OutputType {
  if (value === null) return "dynamic";
  if (Array.isArray(value)) return ["tuple", value.map(typeOf)];
  if (typeof value === "object") {
    return ["object", Object.fromEntries(Object.entries(value).map(([name, member]) => [name, typeOf(member)]))];
  }
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** A value in Terraform's language, as the command shows it. */
export function valueAsText(value: unknown, indent = 0): string {
  const margin = " ".repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${margin}  ${valueAsText(item, indent + 2)},\n`).join("")}${margin}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    if (members.length === 0) return "{}";
    const lines = members.map(([name, member]) => `${margin}  ${quote(name)} = ${valueAsText(member, indent + 2)}\n`);
    return `{\n${lines.join("")}${margin}}`;
  }
  if (typeof value !== "string") return String(value);
  return value.includes("\n") ? heredoc(value, indent) : quote(value);
}

function heredoc(text: string, indent: number): string {
  const lines = text.split("\n");
  let delimiter = "EOT";
  while (lines.some((line) => line.trim() === delimiter)) delimiter += "_";
  const margin = " ".repeat(indent);
  return [`<<${indent > 0 ? "-" : ""}${delimiter}`, ...[...lines, delimiter].map((line) => margin + line)].join("\n");
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
};

/** Terraform quotes as Go's `strconv.Quote` does. */
function quote(text: string): string {
  const escaped = text.replace(/["\\]|\p{Cc}/gu, (character) => {
    return NAMED_ESCAPES[character] ?? escapeCode(character.codePointAt(0) ?? 0);
  });
  return `"${escaped}"`;
}

function escapeCode(code: number): string {
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
