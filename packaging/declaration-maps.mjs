// Makes declarations and their maps small: names alone are looked for, so names alone are mapped.
import { createRequire } from "node:module";
import { decode, encode } from "@jridgewell/sourcemap-codec";

const ts = createRequire(import.meta.url)("typescript");

/** What one level of indentation loses. */
const LOST = "    ".length - "\t".length;

/**
 * A file of declarations without empty lines, indented by tabs, and the mappings of the names that it declares.
 *
 * @param text - the declarations
 * @param mappings - of the compiler's map
 */
export function compactDeclarations(text, mappings) {
  const names = declaredNames(text);
  const segments = decode(mappings);
  const lines = text.split("\n").map((line, index) => {
    const levels = /^(?: {4})*/.exec(line)[0].length / 4;
    const isName = ([column]) => names.has(`${index}:${column}`);
    return {
      text: "\t".repeat(levels) + line.slice(levels * 4),
      segments: (segments[index] ?? []).filter(isName).map(([column, ...to]) => [column - levels * LOST, ...to]),
    };
  });
  const kept = lines.filter((line) => line.text !== "" && !line.text.startsWith("//# sourceMappingURL="));
  return {
    text: `${kept.map((line) => line.text).join("\n")}\n`,
    mappings: encode(kept.map((line) => line.segments)),
  };
}

/** Lines and columns, from 0. */
function declaredNames(text) {
  const file = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
  const names = new Set();
  const visit = (node) => {
    if (node.name) {
      const { line, character } = file.getLineAndCharacterOfPosition(node.name.getStart());
      names.add(`${line}:${character}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
