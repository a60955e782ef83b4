import { escapedAsGo } from "../go-json";
import { numberText } from "../number";
import { isList, isNumber, isObject, sortedNames, type Value } from "../value";

function encodeString(text: string): string {
  return escapedAsGo(JSON.stringify(text));
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
  return isNumber(value) ? numberText(value) : String(value);
}
