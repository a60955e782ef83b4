import { Budget } from "./budget";
import { ExpressionError, failed, unsupported } from "./error";
import { callWithUnknowns, isSurelyText } from "./functions/unknowns";
import { unifyAll } from "./functions/conversions";
import { joined } from "./marks";
import { calculate } from "./number";
import { applyBinary, getAttribute, getIndex, requireBoolean, requireNumeric, requireText } from "./operators";
import { parseTemplate } from "./parser";
import { CONTEXT_ROOTS, referenceOf, references } from "./references";
import type { BinaryOperator, CallExpression, Expression, ForExpression, Step } from "./syntax";
import { isResource } from "./text";
import {
  elementsOf,
  failureIn,
  isKnown,
  isSymbolicList,
  isSymbolicObject,
  measureOf,
  type Settle,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "./unknown";
import { isNumber, member, typeName, type Value } from "./value";

/** Evaluates the text of a template over these names alone. */
export type EvaluateTemplate = (text: string, names: SymbolicObject) => Symbolic;

/** A function that is not of the language alone, such as one that reads files of the module. */
export type ScopeFunction = (values: readonly Symbolic[], evaluateTemplate: EvaluateTemplate) => Symbolic;

/** What an expression may refer to and what its evaluation may cost. */
export interface Scope {
  /** Gives the value of a block by its address, with what is unknown in place. */
  readonly resolve: (address: string) => Symbolic;
  /** Names such as `each`, `count`, `self`, or the iterator of a dynamic block. */
  readonly bound?: SymbolicObject;
  readonly functions?: ReadonlyMap<string, ScopeFunction>;
  /** @default - one of its own */
  readonly budget?: Budget;
  /** What addresses of blocks begin with elsewhere. @default - as they are written */
  readonly prefix?: string;
}

/**
 * Evaluates an expression as far as it is known: what is unknown in its value keeps the expression and the scope.
 * @throws ExpressionError for an expression that has no value, whatever becomes known.
 */
export function evaluate(expression: Expression, scope: Scope): Symbolic {
  const { resolve, functions = NO_FUNCTIONS, budget = new Budget() } = scope;
  return new Evaluator({ resolve, functions, budget }, namesIn(scope.bound ?? {})).run(expression);
}

/** The same, but what has no value is unknown and keeps the reason. @throws ExpressionError OVER_BUDGET */
export function evaluateSymbolically(
  expression: Expression,
  scope: Scope,
  failure: (error: ExpressionError) => Error,
): Symbolic {
  const again = (settle: Settle): Symbolic => {
    try {
      return settle(evaluate(expression, scope));
    } catch (error) {
      throw error instanceof ExpressionError ? failure(error) : error;
    }
  };
  try {
    const value = evaluate(expression, scope);
    return value instanceof Unknown && value.again !== undefined ? value.with({ again }) : value;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (error.code === "OVER_BUDGET") throw failure(error);
    return Unknown.failed(failure(error), mentioned(expression, scope.prefix));
  }
}

const NO_FUNCTIONS: ReadonlyMap<string, ScopeFunction> = new Map();
const namesIn =
  (bound: SymbolicObject): Names =>
  (name) =>
    member(bound, name);

function mentioned(expression: Expression, prefix = ""): string[] {
  try {
    return Array.from(references(expression), (address) => prefix + address);
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

type BinaryExpression = Extract<Expression, { kind: "binary" }>;

/** What a name stands for in an expression. */
type Names = (name: string) => Symbolic | undefined;

/** What an interpolation may say of its surroundings: one folder and one workspace. */
const CONTEXT_VALUES = new Map<string, Value>(
  Object.entries({ "path.module": ".", "path.root": ".", "path.cwd": ".", "terraform.workspace": "default" }),
);

const WEIGHT_OF_FRACTION = 10_000;

class Evaluator {
  constructor(
    private readonly scope: Required<Omit<Scope, "bound" | "prefix">>,
    private readonly names: Names,
    /** Present while an expression is asked again. */
    private readonly settle?: Settle,
  ) {}

  run(expression: Expression): Symbolic {
    try {
      return this.value(expression);
    } catch (error) {
      // What JavaScript throws where a string or a recursion would become too long.
      if (error instanceof RangeError) throw failed("its value is too large");
      throw error;
    }
  }

  private value(expression: Expression): Symbolic {
    this.scope.budget.step();
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
        return this.made(expression.items.map((item) => this.value(item)));
      case "object":
        return this.object(expression);
      case "unary":
        return this.unary(expression);
      case "binary":
        return this.binary(expression);
      case "conditional":
        return this.conditional(expression);
      case "call":
        return this.call(expression);
      case "for":
        return this.forExpression(expression);
      case "joined":
        return this.joined(expression);
    }
  }

  private made<T extends Symbolic>(value: T): T {
    return this.scope.budget.made(value);
  }

  /** A value that is made of others in a way that only its expression tells. */
  private opaque(expression: Expression, values: readonly Symbolic[]): Unknown {
    return Unknown.madeOf(values, (settle) =>
      new Evaluator({ ...this.scope, budget: new Budget() }, this.names, settle).run(expression),
    );
  }

  /** Where names stand for an element of a collection. */
  private inner({ keyName, valueName }: ForExpression, key: Symbolic, value: Symbolic): Evaluator {
    const names: Names = (name) => (name === keyName ? key : name === valueName ? value : this.names(name));
    return new Evaluator(this.scope, names, this.settle);
  }

  private whenKnown(
    expression: Expression,
    values: readonly Symbolic[],
    calculateFrom: (known: readonly Value[]) => Value,
  ): Symbolic {
    return values.every(isKnown) ? calculateFrom(values) : this.opaque(expression, values);
  }

  private source(text: string, expression: Expression): Symbolic {
    try {
      return this.value(expression);
    } catch (error) {
      if (error instanceof ExpressionError) error.source ??= text;
      throw error;
    }
  }

  private template(parts: readonly Expression[]): Symbolic {
    return this.made(joined(parts.map((part) => textPiece(this.value(part)))));
  }

  private object(expression: Extract<Expression, { kind: "object" }>): Symbolic {
    const entries = expression.entries.map((entry) => [this.value(entry.key), this.value(entry.value)] as const);
    if (entries.some(([key]) => key instanceof Unknown)) return this.opaque(expression, entries.flat());
    return this.made(Object.fromEntries(entries.map(([key, value]) => [keyText(key), value])));
  }

  private unary(expression: Extract<Expression, { kind: "unary" }>): Symbolic {
    return this.whenKnown(expression, [this.value(expression.operand)], ([operand = null]) =>
      expression.operator === "-"
        ? calculate("-", 0, requireNumeric(operand, "the operand of -"))
        : !requireBoolean(operand, "the operand of !"),
    );
  }

  private binary(expression: BinaryExpression): Symbolic {
    const { operator } = expression;
    const values = this.sidesWithValue(expression);
    const decided = decidedBy(operator, values);
    if (decided !== undefined) return decided;
    return this.whenKnown(expression, values, ([left = null, right = null]) => {
      const result = applyBinary(operator, left, right);
      // Fractions of 512 bits take longer than anything else does in one step.
      if (isNumber(result) && !Number.isSafeInteger(result)) this.scope.budget.step(WEIGHT_OF_FRACTION);
      return result;
    });
  }

  /** One side of `&&` and `||` needs no value where the other decides, or may do so yet (Terraform 1.12). */
  private sidesWithValue({ operator, left, right }: BinaryExpression): readonly Symbolic[] {
    if (operator !== "&&" && operator !== "||") return [this.value(left), this.value(right)];
    const outcomes = [this.outcome(left), this.outcome(right)];
    const values = outcomes.filter((outcome): outcome is Symbolic => !(outcome instanceof ExpressionError));
    const error = outcomes.find((outcome) => outcome instanceof ExpressionError);
    const [only] = values;
    if (error !== undefined && !(only instanceof Unknown) && only !== (operator === "||")) throw error;
    return values;
  }

  /** Both results have one type, even though only one of them is used. */
  private conditional(expression: Extract<Expression, { kind: "conditional" }>): Symbolic {
    const condition = this.value(expression.condition);
    const { accepted, refused } = expression;
    if (!isKnown(condition)) {
      return this.opaque(expression, [condition, this.attempt(accepted) ?? null, this.attempt(refused) ?? null]);
    }
    const isTrue = requireBoolean(condition, "the condition");
    const value = this.value(isTrue ? accepted : refused);
    const unused = this.attempt(isTrue ? refused : accepted);
    if (unused === undefined || !isKnown(value) || !isKnown(unused)) return value;
    return unifyAll([value, unused])[0] ?? null;
  }

  private attempt(expression: Expression): Symbolic | undefined {
    const outcome = this.outcome(expression);
    return outcome instanceof ExpressionError ? undefined : outcome;
  }

  private outcome(expression: Expression): Symbolic | ExpressionError {
    try {
      return this.value(expression);
    } catch (error) {
      if (error instanceof ExpressionError && error.code !== "OVER_BUDGET") return error;
      throw error;
    }
  }

  private traversal(source: Expression, steps: readonly Step[]): Symbolic {
    const value = this.walkFrom(source, steps);
    return this.settle === undefined ? value : this.settle(value);
  }

  private walkFrom(source: Expression, steps: readonly Step[]): Symbolic {
    if (source.kind !== "variable") return this.walk(this.value(source), steps);
    const named = this.names(source.name);
    if (named !== undefined) return this.walk(named, steps);
    const { address, steps: further } = referenceOf(source.name, steps);
    if (!CONTEXT_ROOTS.has(source.name)) return this.walk(this.scope.resolve(address), further);
    const value = CONTEXT_VALUES.get(address);
    if (value === undefined) throw unsupported(`${address}, which has no value outside of known instances,`);
    return this.walk(value, further);
  }

  private walk(start: Symbolic, steps: readonly Step[]): Symbolic {
    return steps.reduce<Symbolic>((current, step) => {
      const value = current instanceof Unknown && this.settle !== undefined ? this.settle(current) : current;
      if (step.kind === "attribute") return memberOf(value, step.name);
      if (step.kind === "index") return this.elementOf(value, this.value(step.key));
      return this.splat(value, step.steps);
    }, start);
  }

  private elementOf(value: Symbolic, key: Symbolic): Symbolic {
    if (!isKnown(key)) {
      return Unknown.madeOf([value, key], (settle) => this.elementOf(settle(value), requireKnown(settle(key))));
    }
    if (!(value instanceof Unknown)) return getIndex(value as Value, key);
    if (typeof key !== "string" && typeof key !== "number") throw failed("the index is neither text nor number");
    return memberOf(value, key);
  }

  /** A value that is no list stands for a list of it alone. */
  private splat(value: Symbolic, steps: readonly Step[]): Symbolic {
    if (value === null) return [];
    if (value instanceof Unknown && !isOneBlock(value)) {
      return Unknown.madeOf([value], (settle) =>
        new Evaluator(this.scope, this.names, settle).splat(requireKnown(settle(value)), steps),
      );
    }
    const items = isSymbolicList(value) ? value : [value];
    return items.map((item) => this.walk(item, steps));
  }

  private call(expression: CallExpression): Symbolic {
    if (expression.name === "try") return this.firstThatWorks(expression.arguments);
    if (expression.name === "can") return expression.arguments.every((item) => this.attempt(item) !== undefined);
    const values = expression.arguments.map((item) => this.value(item));
    if (expression.expanded) {
      const last = values.pop() ?? null;
      if (last instanceof Unknown) return this.opaque(expression, [...values, last]);
      if (!isSymbolicList(last)) throw failed("what stands before ... must be a list");
      values.push(...last);
    }
    const own = this.scope.functions.get(expression.name);
    const value =
      own?.(values, (text, names) => this.templateText(text, names)) ??
      (expression.name === "templatestring"
        ? this.templateString(values)
        : callWithUnknowns(expression.name, values, this.scope.budget));
    return value === undefined ? this.opaque(expression, values) : this.made(value);
  }

  private templateString([template = null, names = null]: readonly Symbolic[]): Symbolic | undefined {
    if (template instanceof Unknown || !isSymbolicObject(names)) return undefined;
    return this.templateText(requireText(template as Value, "argument 1"), names);
  }

  private templateText(text: string, names: SymbolicObject): Symbolic {
    const resolve = (address: string): Symbolic => {
      throw failed(`the template has no value of ${address}`);
    };
    const evaluator = new Evaluator({ ...this.scope, resolve }, namesIn(names), this.settle);
    const value = evaluator.value(parseTemplate(text));
    return value instanceof Unknown ? value : requireText(value as Value, "a template");
  }

  private firstThatWorks(candidates: readonly Expression[]): Symbolic {
    for (const candidate of candidates) {
      const value = this.attempt(candidate);
      if (value !== undefined) return value;
    }
    throw failed("no argument of try works");
  }

  private forExpression(expression: ForExpression): Symbolic {
    const collection = this.value(expression.collection);
    if (collection instanceof Unknown) return this.opaque(expression, [collection]);
    const results: [Symbolic, Symbolic][] = [];
    for (const [key, value] of requireElements(collection)) {
      const inner = this.inner(expression, key, value);
      const keep = expression.condition === undefined || inner.value(expression.condition);
      if (!isKnown(keep)) return this.opaque(expression, [collection, keep]);
      if (!requireBoolean(keep, "the condition of for")) continue;
      const resultKey = expression.key === undefined ? "" : inner.value(expression.key);
      if (!isKnown(resultKey)) return this.opaque(expression, [collection, resultKey]);
      results.push([resultKey, inner.value(expression.value)]);
    }
    if (expression.key === undefined) return this.made(results.map(([, value]) => value));
    return this.made(objectOf(results, expression.grouped));
  }

  private joined(expression: Extract<Expression, { kind: "joined" }>): Symbolic {
    const texts = this.forExpression(expression.texts);
    if (!isSymbolicList(texts)) return this.opaque(expression, [texts]);
    return this.made(joined(texts.length === 0 ? [""] : texts.map(textPiece)));
  }
}

/** One side of `&&` and `||` may decide, whatever the other is; and what has members is not null, whatever these are. */
function decidedBy(operator: BinaryOperator, values: readonly Symbolic[]): boolean | undefined {
  if (values.length === 2 && values.every(isKnown)) return undefined;
  if (operator === "&&" && values.includes(false)) return false;
  if (operator === "||" && values.includes(true)) return true;
  const isOther = values.includes(null) && values.some(isSurelySomething);
  return isOther && (operator === "==" || operator === "!=") ? operator === "!=" : undefined;
}

function isSurelySomething(value: Symbolic): boolean {
  return isSymbolicList(value) || isSymbolicObject(value) || (value instanceof Unknown && isSurelyText(value));
}

function isOneBlock(value: Unknown): boolean {
  const [reference] = value.references;
  return value.isWhole && reference !== undefined && isResource(reference.address);
}

function textPiece(value: Symbolic): string | Unknown {
  return value instanceof Unknown ? value : requireText(value as Value, "a value inside a string");
}

function keyText(key: Symbolic): string {
  return requireText(key as Value, "a key");
}

function requireKnown(value: Symbolic): Symbolic {
  if (value instanceof Unknown) throw failed("a value that it needs is not known");
  return value;
}

function memberOf(value: Symbolic, name: string | number): Symbolic {
  if (!(value instanceof Unknown)) {
    return typeof name === "number" ? getIndex(value as Value, name) : getAttribute(value as Value, name);
  }
  const found = value.member(name);
  const isLost = measureOf(value).isShown && !measureOf(found).isShown && failureIn(found) === undefined;
  return isLost ? Unknown.madeOf([value], (settle) => memberOf(requireKnown(settle(value)), name)) : found;
}

function requireElements(collection: Symbolic): (readonly [Symbolic, Symbolic])[] {
  const elements = elementsOf(collection);
  if (elements === undefined) throw failed(`for needs a list or an object, not ${typeName(collection as Value)}`);
  return elements;
}

function objectOf(results: readonly (readonly [Symbolic, Symbolic])[], grouped: boolean): SymbolicObject {
  const entries = new Map<string, Symbolic[]>();
  for (const [key, value] of results) {
    const name = keyText(key);
    const values = entries.get(name);
    if (values && !grouped) throw failed(`for makes the key "${name}" twice`);
    if (values) values.push(value);
    else entries.set(name, [value]);
  }
  return Object.fromEntries([...entries].map(([name, values]) => [name, grouped ? values : (values[0] ?? null)]));
}
