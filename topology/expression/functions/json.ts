import { isList, isObject, numberText, sortedNames, type Value } from "../../value";

/** Go's JSON encoder escapes these for HTML and JavaScript, and Terraform keeps it that way. */
const ESCAPED = /[<>&\u2028\u2029]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function encodeString(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, escape);
}

/** Terraform's `jsonencode`: no blanks, names in order. */
export function encodeJson(value: Value): string {
  if (isList(value)) return `[${value.map(encodeJson).join(",")}]`;
  if (isObject(value)) {
    const members = sortedNames(Object.keys(value)).map(
      (name) => `${encodeString(name)}:${encodeJson(value[name] ?? null)}`,
    );
    return `{${members.join(",")}}`;
  }
  if (typeof value === "string") return encodeString(value);
  return typeof value === "number" ? numberText(value) : String(value);
}
