/** The JSON syntax of RFC 8259 as a machine over tokens, to say where a text leaves it. */
const TOKEN =
  /[{}[\]:,]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const BLANK = /[ \t\r\n]*/y;

type Expected = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end" | "nothing";

/** The line and column (from 1) at which a text stops being JSON; undefined when it is JSON. */
export function locateJsonError(text: string): { line: number; column: number } | undefined {
  const offset = errorOffset(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function errorOffset(text: string): number | undefined {
  const containers: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let offset = skip(BLANK, text, 0);
  while (offset < text.length) {
    const end = skip(TOKEN, text, offset);
    const next: Expected | undefined = end === offset ? undefined : step(text.slice(offset, end), expected, containers);
    if (next === undefined) return offset;
    expected = next;
    offset = skip(BLANK, text, end);
  }
  return expected === "nothing" ? undefined : offset;
}

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}

function step(token: string, expected: Expected, containers: ("{" | "[")[]): Expected | undefined {
  const container = containers.at(-1);
  const after = (): Expected => (containers.length === 0 ? "nothing" : "comma or end");
  if (expected === "colon") return token === ":" ? "value" : undefined;
  if (expected === "comma or end" && token === ",") return container === "{" ? "name" : "value";
  if (expected.endsWith("or end") && token === (container === "{" ? "}" : "]")) {
    containers.pop();
    return after();
  }
  if (expected.startsWith("name")) return token.startsWith('"') ? "colon" : undefined;
  if (!expected.startsWith("value") || /^[}\]:,]/.test(token)) return undefined;
  if (token !== "{" && token !== "[") return after();
  containers.push(token);
  return token === "{" ? "name or end" : "value or end";
}
