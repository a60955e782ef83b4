import { legible, lineWidth } from "../../terminal";

/** JSON for reading: what fits on a line stays on it. @param indent - columns that the lines lose to an indentation */
export function formatJson(value: unknown, indent: number): string {
  return legible(formatAt(value, indent, lineWidth())).replaceAll("\n", `\n${" ".repeat(indent)}`);
}

function formatAt(value: unknown, column: number, width: number): string {
  const line = onOneLine(value);
  if (typeof value !== "object" || value === null || column + line.length <= width) return line;
  const inner = (member: unknown, key = "") => `${key}${formatAt(member, column + 2 + key.length, width)}`;
  const members = Array.isArray(value)
    ? value.map((member: unknown) => inner(member))
    : Object.entries(value).map(([key, member]) => inner(member, `${JSON.stringify(key)}: `));
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${members.join(",\n").replace(/^/gm, "  ")}\n${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
