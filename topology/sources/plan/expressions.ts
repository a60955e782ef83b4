import {
  compile,
  evaluateSymbolically,
  type Expression,
  ExpressionError,
  isKnown,
  isSymbolicList,
  isSymbolicObject,
  type Reference,
  referencesIn,
  type Scope,
  type Symbolic,
  type SymbolicObject,
  uniqueReferences,
  Unknown,
} from "../../language";
import { entryOf } from "../../language/maps";
import { isList, isObject, member, type Value, type ValueObject } from "../../language/value";
import { textsAt } from "../../language/members";

/** What an expression of a plan's configuration may refer to. */
export interface Surroundings {
  readonly resolve: Scope["resolve"];
  /** `each` and `count` of the instance. */
  readonly bound: SymbolicObject;
}

/** What a plan shows of an expression, which all instances of a block have in common. */
interface Shown {
  readonly constant: Value | undefined;
  /** What it names, without what only begins another name. */
  readonly references: readonly string[];
  /** The constant, where it is the text as it is written. */
  readonly compiled: Expression | undefined;
}

const shown = new WeakMap<ValueObject, Shown>();

/**
 * A plan shows of an expression its constant value, or the references in it. For configurations in JSON it shows both,
 * and then the value is the text as it is written, with its templates.
 */
function shownOf(expression: ValueObject): Shown {
  return entryOf(shown, expression, () => {
    const constant = member(expression, "constant_value");
    const references = withoutPrefixes(textsAt(expression, "references"));
    const compiled = constant === undefined || references.length === 0 ? undefined : compiledTemplate(constant);
    return { constant, references, compiled };
  });
}

export function expressionValue(expression: ValueObject, surroundings: Surroundings): Symbolic {
  const { constant, references, compiled } = shownOf(expression);
  if (compiled !== undefined) return evaluateSymbolically(compiled, surroundings, (error) => error);
  return constant === undefined || references.length > 0 ? madeOfReferences(references, surroundings) : constant;
}

/** The text as it is written, where the plan shows it. */
export function writtenValue(expression: Value | undefined): Symbolic {
  if (expression === undefined) return new Unknown({ references: [] });
  if (isList(expression)) return expression.map(writtenValue);
  if (!isObject(expression)) return expression;
  const constant = member(expression, "constant_value");
  if (constant !== undefined) return constant;
  if (isExpression(expression)) return new Unknown({ references: [] });
  return Object.fromEntries(Object.entries(expression).map(([name, value]) => [name, writtenValue(value)]));
}

/** Nested blocks are lists or objects of expressions; an expression has these members only. */
export function isExpression(value: Value): boolean {
  return isObject(value) && Object.keys(value).every((name) => name === "constant_value" || name === "references");
}

function compiledTemplate(constant: Value): Expression | undefined {
  try {
    return compile(constant);
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

const parsedReferences = new Map<string, Expression | undefined>();
const MAX_PARSED = 50_000;

function parseReference(text: string): Expression | undefined {
  if (parsedReferences.has(text)) return parsedReferences.get(text);
  if (parsedReferences.size > MAX_PARSED) parsedReferences.clear();
  const expression = compiledTemplate(`\${${text}}`);
  parsedReferences.set(text, expression);
  return expression;
}

/** A value of which only the references are shown: what is unknown among them is what it is made of. */
function madeOfReferences(longest: readonly string[], surroundings: Surroundings): Symbolic {
  const ownKey = ownKeyAmong(longest, surroundings);
  const mentioned = (): readonly Reference[] =>
    uniqueReferences(longest.flatMap((text) => mentionedBy(text, surroundings, ownKey)));
  // Each in a list, for a value may be one.
  const values = longest.flatMap((text) => {
    const value = evaluated(text, surroundings);
    return value === undefined ? [] : [value];
  });
  const [only] = values;
  if (longest.length === 1 && only !== undefined && USED_AS_IT_IS.test(longest[0] ?? "")) {
    return only instanceof Unknown ? only.with({ mentioned }) : only;
  }
  const references = uniqueReferences(values.flatMap((value) => referencesIn(instanceOf(value, ownKey))));
  const whole = longest.length === 1 && only instanceof Unknown ? only : undefined;
  const isVariable = longest.length === 1 && /^var\.[^.[]+$/.test(longest[0] ?? "");
  // Of write-only arguments a plan shows no value, but that of a variable.
  const again = isVariable && only !== undefined && isKnown(only) ? () => only : undefined;
  return new Unknown({ references, mentioned, again, member: whole && ((name) => whole.member(name)) });
}

/** What a block is repeated over: where its expression names one thing only, that has the keys of the instances. */
export function repeatedOver(expression: ValueObject, surroundings: Surroundings): Symbolic {
  const { constant, references } = shownOf(expression);
  const [only, ...others] = references;
  const isOne = only !== undefined && others.length === 0 && constant === undefined;
  return isOne ? (evaluated(only, surroundings) ?? null) : expressionValue(expression, surroundings);
}

function evaluated(reference: string, { resolve, bound }: Surroundings): Symbolic | undefined {
  const expression = parseReference(reference);
  return expression === undefined ? undefined : evaluateSymbolically(expression, { resolve, bound }, (error) => error);
}

/** A block with its key, and then the attribute. */
const BLOCK_REFERENCE = /^((?:data\.)?[^.[\]]+\.[^.[\]]+(?:\[(?:"[^"]*"|\d+)\])?)(?:\.(.+))?$/;

/** What a reference names: an attribute of instances, through variables and outputs of modules, or what else it says. */
function mentionedBy(
  text: string,
  surroundings: Surroundings,
  ownKey: string | number | undefined,
): readonly Reference[] {
  if (/^(each|count|self|path|terraform)\./.test(text)) return [];
  const isNamedValue = /^(var|local|module)\./.test(text);
  const [, block = text, attribute = ""] = isNamedValue ? [] : (BLOCK_REFERENCE.exec(text) ?? []);
  const value = instanceOf(evaluated(block, surroundings) ?? null, ownKey);
  if (isNamedValue) return value instanceof Unknown ? value.mentioned : [{ address: text, attribute: "" }];
  return referencesIn(value).map(({ address }) => ({ address, attribute }));
}

/** The document of a policy and the scopes of a resource server are used as they are. */
const USED_AS_IT_IS =
  /^(data\.aws_iam_policy_document\..*\.(minified_)?json|aws_cognito_resource_server\..*\.scope_identifiers)$/;

/** Beside `aws_iam_role.x.arn` a plan also names `aws_iam_role.x`. */
function withoutPrefixes(texts: readonly string[]): readonly string[] {
  const prefixes = new Set(
    texts.flatMap((text) => [...text.matchAll(/[.[]/g)].map(({ index }) => text.slice(0, index))),
  );
  return [...new Set(texts)].filter((text) => !prefixes.has(text));
}

/** `each.key` or `count.index`, where it is the only thing of the instance that an expression uses. */
function ownKeyAmong(texts: readonly string[], { bound }: Surroundings): string | number | undefined {
  const own = texts.filter((text) => /^(each|count)\./.test(text));
  const [only] = own;
  if (own.length !== 1 || only === undefined) return undefined;
  const [root = "", name = ""] = only.split(".");
  const values = member(bound, root);
  const value = values !== undefined && isSymbolicObject(values) ? member(values, name) : undefined;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

/** Of a block with several instances that is indexed by the own key, the instance of that key. */
function instanceOf(value: Symbolic, key: string | number | undefined): Symbolic {
  if (key === undefined) return value;
  if (isSymbolicList(value) && typeof key === "number") return value[key] ?? value;
  return isSymbolicObject(value) && Object.hasOwn(value, key) ? (value[key] ?? value) : value;
}

/** A planned value with what is unknown in it, where the whole expression is known symbolically. */
export function fill(value: Value | undefined, unknown: Value | undefined, whole: Symbolic): Symbolic {
  if (unknown === true) return whole;
  if (unknown === undefined || unknown === false || unknown === null) return value ?? null;
  if (isList(unknown)) return fillList(value !== undefined && isList(value) ? value : [], unknown, whole);
  if (!isObject(unknown)) return value ?? null;
  const known = value !== undefined && isObject(value) ? value : {};
  const names = [...new Set([...Object.keys(known), ...Object.keys(unknown)])];
  return Object.fromEntries(
    names.map((name) => [name, fill(member(known, name), member(unknown, name), memberOrWhole(whole, name))]),
  );
}

function memberOrWhole(whole: Symbolic, name: string): Symbolic {
  return isSymbolicObject(whole) ? (whole[name] ?? null) : whole;
}

/** Sets come in another order than written, so unknown elements are matched only where their number agrees. */
function fillList(value: readonly Value[], unknown: readonly Value[], whole: Symbolic): Symbolic {
  const written = isSymbolicList(whole) ? whole.filter((item) => referencesIn(item).length > 0) : alternatives(whole);
  const open = unknown.filter((item) => item === true).length;
  const inOrder = open === written.length ? written[Symbol.iterator]() : undefined;
  return Array.from({ length: Math.max(value.length, unknown.length) }, (_, index) => {
    const isOpen = unknown[index] === true;
    const next = isOpen ? inOrder?.next() : undefined;
    // Of constants nothing is unknown but what they leave out, and the provider fills in.
    if (!isOpen && isKnown(whole)) return value[index] ?? null;
    const [only = null, ...others] = isSymbolicList(whole) ? whole : [null, null];
    if (!isOpen && others.length === 0) return fill(value[index], unknown[index], only);
    return fill(
      value[index],
      unknown[index],
      next === undefined || next.done === true ? Unknown.madeOf([whole]) : next.value,
    );
  });
}

function alternatives(whole: Symbolic): Symbolic[] {
  return referencesIn(whole).map((reference) => new Unknown({ references: [reference] }));
}
