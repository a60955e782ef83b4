import { isList, isObject, sortedNames, type Value, type ValueObject } from "./value";
import { ExpressionError, failed, unsupported } from "./error";
import { callFunction } from "./functions";
import { unifyAll } from "./functions/conversions";
import { applyBinary, getAttribute, getIndex, requireBoolean, requireNumber, requireText } from "./operators";
import { CONTEXT_ROOTS, referenceOf } from "./references";
import type { CallExpression, Expression, ForExpression, Step } from "./syntax";

/** Gives the value of a block by its address; throws when it has none. */
export type Resolve = (address: string) => Value;

/** Evaluates an expression. Failures are `ExpressionError`s that carry the template at fault. */
export function evaluate(expression: Expression, resolve: Resolve): Value {
  try {
    return new Evaluator(resolve, new Map()).value(expression);
  } catch (error) {
    // What JavaScript throws where a string or a recursion would become too long.
    if (error instanceof RangeError) throw failed("its value is too large");
    throw error;
  }
}

/** What an interpolation may say of its surroundings: one folder, one workspace, and one instance of each block. */
const CONTEXT_VALUES = new Map<string, Value>([
  ["path.module", "."],
  ["path.root", "."],
  ["terraform.workspace", "default"],
  ["count.index", 0],
]);

class Evaluator {
  constructor(
    private readonly resolve: Resolve,
    private readonly bound: ReadonlyMap<string, Value>,
  ) {}

  value(expression: Expression): Value {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "source":
        return this.source(expression.text, expression.expression);
      case "template":
        return this.template(expression.parts);
      case "variable":
        return this.traversal(expression, []);
      case "traversal":
        return this.traversal(expression.source, expression.steps);
      case "tuple":
        return expression.items.map((item) => this.value(item));
      case "object":
        return this.object(expression.entries);
      case "unary":
        return this.unary(expression.operator, this.value(expression.operand));
      case "binary":
        return applyBinary(expression.operator, this.value(expression.left), this.value(expression.right));
      case "conditional":
        return this.conditional(expression);
      case "call":
        return this.call(expression);
      case "for":
        return this.forExpression(expression);
    }
  }

  private source(text: string, expression: Expression): Value {
    try {
      return this.value(expression);
    } catch (error) {
      if (error instanceof ExpressionError) error.source ??= text;
      throw error;
    }
  }

  private template(parts: readonly Expression[]): string {
    return parts.map((part) => requireText(this.value(part), "a value inside a string")).join("");
  }

  private object(entries: readonly { key: Expression; value: Expression }[]): ValueObject {
    return Object.fromEntries(
      entries.map((entry) => [requireText(this.value(entry.key), "a key"), this.value(entry.value)]),
    );
  }

  private unary(operator: "-" | "!", operand: Value): Value {
    return operator === "-"
      ? 0 - requireNumber(operand, "the operand of -")
      : !requireBoolean(operand, "the operand of !");
  }

  /** Both results have one type, even though only one of them is used. */
  private conditional(expression: Extract<Expression, { kind: "conditional" }>): Value {
    const condition = requireBoolean(this.value(expression.condition), "the condition");
    const [chosen, other] = condition
      ? [expression.accepted, expression.refused]
      : [expression.refused, expression.accepted];
    const value = this.value(chosen);
    const unused = this.attempt(other);
    return unused === undefined ? value : (unifyAll([value, unused])[0] ?? null);
  }

  private attempt(expression: Expression): Value | undefined {
    try {
      return this.value(expression);
    } catch (error) {
      if (error instanceof ExpressionError && error.code === "EXPRESSION_FAILED") return undefined;
      throw error;
    }
  }

  private traversal(source: Expression, steps: readonly Step[]): Value {
    if (source.kind !== "variable") return this.walk(this.value(source), steps);
    const bound = this.bound.get(source.name);
    if (bound !== undefined) return this.walk(bound, steps);
    const reference = referenceOf(source.name, steps);
    if (!CONTEXT_ROOTS.has(source.name)) return this.walk(this.resolve(reference.address), reference.steps);
    const value = CONTEXT_VALUES.get(reference.address);
    if (value === undefined) throw unsupported(reference.address);
    return value;
  }

  private walk(value: Value, steps: readonly Step[]): Value {
    return steps.reduce<Value>((current, step) => {
      if (step.kind === "attribute") return getAttribute(current, step.name);
      if (step.kind === "index") return getIndex(current, this.value(step.key));
      return this.splat(current).map((item) => this.walk(item, step.steps));
    }, value);
  }

  private splat(value: Value): readonly Value[] {
    if (value === null) return [];
    return isList(value) ? value : [value];
  }

  private call(expression: CallExpression): Value {
    if (expression.name === "try") return this.firstThatWorks(expression.arguments);
    if (expression.name === "can") return expression.arguments.every((item) => this.attempt(item) !== undefined);
    const values = expression.arguments.map((item) => this.value(item));
    if (!expression.expanded) return callFunction(expression.name, values);
    const last = values.pop() ?? null;
    if (!isList(last)) throw failed("what stands before ... must be a list");
    return callFunction(expression.name, [...values, ...last]);
  }

  private firstThatWorks(candidates: readonly Expression[]): Value {
    for (const candidate of candidates) {
      const value = this.attempt(candidate);
      if (value !== undefined) return value;
    }
    throw failed("no argument of try works");
  }

  private forExpression(expression: ForExpression): Value {
    const results = entriesOf(this.value(expression.collection)).flatMap(([key, value]) => {
      const names: [string, Value][] = [[expression.valueName, value]];
      if (expression.keyName !== undefined) names.push([expression.keyName, key]);
      const inner = new Evaluator(this.resolve, new Map([...this.bound, ...names]));
      const keep =
        expression.condition === undefined || requireBoolean(inner.value(expression.condition), "the condition of for");
      if (!keep) return [];
      const resultKey = expression.key === undefined ? "" : requireText(inner.value(expression.key), "a key");
      return [[resultKey, inner.value(expression.value)] as const];
    });
    if (expression.key === undefined) return results.map(([, value]) => value);
    return objectOf(results, expression.grouped);
  }
}

function entriesOf(collection: Value): [Value, Value][] {
  if (isList(collection)) return collection.map((value, index) => [index, value]);
  if (isObject(collection)) return sortedNames(Object.keys(collection)).map((name) => [name, collection[name] ?? null]);
  throw failed("for needs a list or an object");
}

function objectOf(results: readonly (readonly [string, Value])[], grouped: boolean): ValueObject {
  const entries = new Map<string, Value[]>();
  for (const [key, value] of results) {
    const values = entries.get(key);
    if (values && !grouped) throw failed(`for makes the key "${key}" twice`);
    if (values) values.push(value);
    else entries.set(key, [value]);
  }
  return Object.fromEntries([...entries].map(([key, values]) => [key, grouped ? values : (values[0] ?? null)]));
}
