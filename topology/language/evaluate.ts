import { callFunction } from "./functions";
import { ExpressionError, failed } from "./error";
import { applyBinary, getIndex, requireBoolean, requireNumber, requireText } from "./operators";
import { CONTEXT_ROOTS, referenceOf, references } from "./references";
import type { CallExpression, Expression, ForExpression, Step } from "./syntax";
import type { Value } from "./value";
import { joined, Marks } from "./marks";
import { isSymbolicList, isSymbolicObject, referencesIn, type Symbolic, type SymbolicObject, Unknown } from "./unknown";

/** Gives the value of a block by its address, with what is unknown in place. */
export type ResolveSymbol = (address: string) => Symbolic;

/** Functions that only move, join or quote the texts in their arguments, whatever these are. */
const PASSING = new Set(
  "concat,flatten,merge,tolist,toset,tomap,tostring,compact,one,values,sensitive,nonsensitive,join,format,jsonencode".split(
    ",",
  ),
);

/** Evaluates an expression as far as it is known. It never fails: what cannot be worked out is unknown. */
export function evaluateSymbolically(
  expression: Expression,
  resolve: ResolveSymbol,
  bound: SymbolicObject = {},
): Symbolic {
  try {
    return new SymbolicEvaluator(resolve, new Map(Object.entries(bound))).value(expression);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return new Unknown({ references: mentioned(expression).map((address) => ({ address, attribute: "" })) });
  }
}

function mentioned(expression: Expression): string[] {
  try {
    return [...references(expression)];
  } catch (error) {
    if (error instanceof ExpressionError) return [];
    throw error;
  }
}

class SymbolicEvaluator {
  constructor(
    private readonly resolve: ResolveSymbol,
    private readonly bound: ReadonlyMap<string, Symbolic>,
  ) {}

  value(expression: Expression): Symbolic {
    switch (expression.kind) {
      case "literal":
        return expression.value;
      case "source":
        return this.value(expression.expression);
      case "template":
        return joined(expression.parts.map((part) => textPiece(this.value(part))));
      case "variable":
        return this.traversal(expression, []);
      case "traversal":
        return this.traversal(expression.source, expression.steps);
      case "tuple":
        return expression.items.map((item) => this.value(item));
      case "object":
        return Object.fromEntries(expression.entries.map((entry) => [this.key(entry.key), this.value(entry.value)]));
      case "unary":
        return whenKnown([this.value(expression.operand)], ([operand = null]) =>
          expression.operator === "-"
            ? -requireNumber(operand, "the operand of -")
            : !requireBoolean(operand, "the operand of !"),
        );
      case "binary":
        return whenKnown([this.value(expression.left), this.value(expression.right)], ([left = null, right = null]) =>
          applyBinary(expression.operator, left, right),
        );
      case "conditional":
        return this.conditional(expression);
      case "call":
        return this.call(expression);
      case "for":
        return this.forExpression(expression);
    }
  }

  private key(expression: Expression): string {
    const key = this.value(expression);
    if (key instanceof Unknown || isSymbolicList(key) || isSymbolicObject(key)) throw failed("a key is not known");
    return requireText(key, "a key");
  }

  private conditional(expression: Extract<Expression, { kind: "conditional" }>): Symbolic {
    const condition = this.value(expression.condition);
    if (condition instanceof Unknown)
      return Unknown.madeOf([
        condition,
        this.attempt(expression.accepted) ?? null,
        this.attempt(expression.refused) ?? null,
      ]);
    if (isSymbolicList(condition) || isSymbolicObject(condition)) throw failed("the condition is no bool");
    return this.value(requireBoolean(condition, "the condition") ? expression.accepted : expression.refused);
  }

  private attempt(expression: Expression): Symbolic | undefined {
    try {
      return this.value(expression);
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  private traversal(source: Expression, steps: readonly Step[]): Symbolic {
    if (source.kind !== "variable") return this.walk(this.value(source), steps);
    const bound = this.bound.get(source.name);
    if (bound !== undefined) return this.walk(bound, steps);
    const reference = referenceOf(source.name, steps);
    if (!CONTEXT_ROOTS.has(source.name)) return this.walk(this.resolve(reference.address), reference.steps);
    return this.walk(Unknown.of({ address: reference.address, attribute: "" }), reference.steps);
  }

  private walk(value: Symbolic, steps: readonly Step[]): Symbolic {
    return steps.reduce<Symbolic>((current, step) => {
      if (step.kind === "attribute") return memberOf(current, step.name);
      if (step.kind === "index") return elementOf(current, this.value(step.key));
      return this.splat(current, step.steps);
    }, value);
  }

  private splat(value: Symbolic, steps: readonly Step[]): Symbolic {
    if (value instanceof Unknown) return Unknown.madeOf([value]);
    const items = isSymbolicList(value) ? value : value === null ? [] : [value];
    return items.map((item) => this.walk(item, steps));
  }

  private call(expression: CallExpression): Symbolic {
    if (expression.name === "try") return this.firstThatWorks(expression.arguments);
    if (expression.name === "can")
      return expression.arguments.every((argument) => this.attempt(argument) !== undefined);
    const values = expression.arguments.map((argument) => this.value(argument));
    const last = values.at(-1) ?? null;
    if (!expression.expanded) return callSymbolically(expression.name, values);
    if (!isSymbolicList(last)) return Unknown.madeOf(values);
    return callSymbolically(expression.name, [...values.slice(0, -1), ...last]);
  }

  private firstThatWorks(candidates: readonly Expression[]): Symbolic {
    for (const candidate of candidates) {
      const value = this.attempt(candidate);
      if (value !== undefined) return value;
    }
    throw failed("no argument of try works");
  }

  private forExpression(expression: ForExpression): Symbolic {
    const entries = entriesOf(this.value(expression.collection));
    if (entries === undefined) return new Unknown({ references: referencesIn(this.value(expression.collection)) });
    const results = entries.flatMap(([key, value]): (readonly [string, Symbolic])[] => {
      const names: [string, Symbolic][] = [[expression.valueName, value]];
      if (expression.keyName !== undefined) names.push([expression.keyName, key]);
      const inner = new SymbolicEvaluator(this.resolve, new Map([...this.bound, ...names]));
      const keep = expression.condition === undefined || inner.value(expression.condition);
      if (keep instanceof Unknown || (keep !== true && keep !== false))
        throw failed("the condition of for is not known");
      if (!keep) return [];
      return [[expression.key === undefined ? "" : inner.key(expression.key), inner.value(expression.value)]];
    });
    if (expression.key === undefined) return results.map(([, value]) => value);
    if (expression.grouped) throw failed("grouping is not worked out");
    return Object.fromEntries(results);
  }
}

function textPiece(value: Symbolic): string | Unknown {
  if (value instanceof Unknown) return value;
  if (isSymbolicList(value) || isSymbolicObject(value)) throw failed("a value inside a string is no text");
  return requireText(value, "a value inside a string");
}

function memberOf(value: Symbolic, name: string): Symbolic {
  if (value instanceof Unknown) return value.member(name);
  if (isSymbolicObject(value) && Object.hasOwn(value, name)) return value[name] ?? null;
  throw failed(`there is no attribute "${name}"`);
}

function elementOf(value: Symbolic, key: Symbolic): Symbolic {
  if (key instanceof Unknown) return Unknown.madeOf([value, key]);
  if (typeof key !== "string" && typeof key !== "number") throw failed("the index is neither text nor number");
  if (value instanceof Unknown) return value.member(key);
  if (isSymbolicObject(value)) return memberOf(value, String(key));
  if (!isSymbolicList(value)) return getIndex(value, key);
  const found = value[Number(key)];
  if (found === undefined) throw failed(`there is no element ${key}`);
  return found;
}

function whenKnown(values: readonly Symbolic[], calculate: (known: readonly Value[]) => Value): Symbolic {
  return values.every(isKnown) ? calculate(values as readonly Value[]) : Unknown.madeOf(values);
}

function isKnown(value: Symbolic): boolean {
  if (value instanceof Unknown) return false;
  if (isSymbolicList(value)) return value.every(isKnown);
  return !isSymbolicObject(value) || Object.values(value).every(isKnown);
}

function callSymbolically(name: string, values: readonly Symbolic[]): Symbolic {
  if (values.every(isKnown)) return callFunction(name, values as readonly Value[]);
  const [first] = values;
  if (name === "urlencode" && first instanceof Unknown) return encoded(first);
  if (!PASSING.has(name)) return Unknown.madeOf(values);
  const marks = new Marks();
  const marked = values.map((value) => marks.mark(value));
  try {
    return marks.unmark(callFunction(name, marked));
  } catch (error) {
    if (error instanceof ExpressionError) return Unknown.madeOf(values);
    throw error;
  }
}

function encoded({ references: made, parts }: Unknown): Unknown {
  const encodedParts = parts?.map((part) =>
    typeof part === "string" ? encodeURIComponent(part) : { ...part, encoded: true },
  );
  return new Unknown({ references: made, parts: encodedParts });
}

function entriesOf(collection: Symbolic): [Symbolic, Symbolic][] | undefined {
  if (isSymbolicList(collection)) return collection.map((value, index) => [index, value]);
  return isSymbolicObject(collection)
    ? Object.entries(collection).sort(([left], [right]) => (left < right ? -1 : 1))
    : undefined;
}
