import { isList, isObject, type Value } from "./value";
import { ExpressionError } from "./error";
import { parseTemplate } from "./parser";
import type { Expression } from "./syntax";

/** What JSON holds as the bare text of an expression, such as a type or a reference, and HCL as an expression. */
export function asTemplate(text: string): string {
  return text.includes("${") ? text : `\${${text}}`;
}

/** Compiles a JSON value of a configuration, in which every string and every key is a template. */
export function compile(json: Value): Expression {
  if (typeof json === "string") return compileTemplate(json);
  if (isList(json)) return { kind: "tuple", items: json.map(compile) };
  if (!isObject(json)) return { kind: "literal", value: json };
  const entries = Object.entries(json).map(([key, value]) => ({ key: compileTemplate(key), value: compile(value) }));
  return { kind: "object", entries };
}

function compileTemplate(text: string): Expression {
  try {
    const expression = parseTemplate(text);
    return expression.kind === "literal" ? expression : { kind: "source", text, expression };
  } catch (error) {
    if (error instanceof ExpressionError) error.source = text;
    throw error;
  }
}

const compiled = new Map<string, Expression>();
const MAX_COMPILED = 50_000;

/** The same for a text that many instances of a block have. @throws ExpressionError */
export function compileOnce(text: string): Expression {
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size > MAX_COMPILED) compiled.clear();
  const expression = compileTemplate(text);
  compiled.set(text, expression);
  return expression;
}
