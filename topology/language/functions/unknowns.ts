import type { Budget } from "../budget";
import { ExpressionError } from "../error";
import { Marks } from "../marks";
import { isSymbolicList, isSymbolicObject, measureOf, type Symbolic, Unknown } from "../unknown";
import type { Value } from "../value";
import { callFunction, refuseUnknownFunction } from ".";

/** Functions that move the elements of collections, whatever these are. */
const MOVING = new Set([
  ...["concat", "merge", "values", "keys", "lookup", "element", "slice", "reverse", "length", "zipmap", "one"],
  ...["tolist", "tomap", "chunklist", "coalescelist", "matchkeys"],
]);
/** Functions that look whether elements are equal or empty, which identifiers that services assign never are. */
const COMPARING = new Set(["compact", "distinct", "toset", "setunion", "setproduct", "flatten", "coalesce"]);
/** Functions that join or quote texts, whatever these are. */
const QUOTING = new Set(["join", "format", "formatlist", "jsonencode", "tostring"]);
/** A width or precision of `format` counts characters. */
const MEASURED_VERB = /%[^a-zA-Z%]*[\d.]/;

/** A call takes about as long as so many characters take. */
const WEIGHT_OF_CALL = 640;

/** The value of a call; undefined where it depends on what is not known yet. */
export function callWithUnknowns(name: string, values: readonly Symbolic[], budget: Budget): Symbolic | undefined {
  budget.step(values.reduce<number>((sum, value) => sum + measureOf(value).weight, WEIGHT_OF_CALL));
  if (values.every((value) => measureOf(value).isKnown)) return callFunction(name, values as readonly Value[]);
  refuseUnknownFunction(name);
  const [first = null] = values;
  if (name === "sensitive" || name === "nonsensitive") return first;
  if (name === "urlencode") return first instanceof Unknown ? encoded(first) : undefined;
  if (!passes(name, values)) return undefined;
  const marks = new Marks();
  const marked = values.map((value) => marks.mark(value));
  try {
    return marks.unmark(callFunction(name, marked));
  } catch (error) {
    if (error instanceof ExpressionError && error.code === "EXPRESSION_FAILED") return undefined;
    throw error;
  }
}

function passes(name: string, values: readonly Symbolic[]): boolean {
  if (MOVING.has(name)) return values.every((value, index) => !(value instanceof Unknown) || isFallback(name, index));
  if (COMPARING.has(name)) {
    return values.every((value) => (name === "coalesce" || !(value instanceof Unknown)) && isPlain(value));
  }
  return (
    QUOTING.has(name) && !(typeof values[0] === "string" && name.startsWith("format") && MEASURED_VERB.test(values[0]))
  );
}

function isFallback(name: string, index: number): boolean {
  return name === "lookup" && index === 2;
}

/** What services assign under these names is a text that is not empty. */
const TEXT_ATTRIBUTE = /(^|[._])(id|arn|name|url|uri|endpoint|domain|secret|identifier|value)$/;

function isPlain(value: Symbolic): boolean {
  if (value instanceof Unknown) return isSurelyText(value);
  if (isSymbolicList(value)) return value.every(isPlain);
  return !isSymbolicObject(value) || Object.values(value).every(isPlain);
}

/** Whether a value that is not known yet is a text that is not empty, whatever the text is. */
export function isSurelyText({ parts = [] }: Unknown): boolean {
  const [only, ...others] = parts;
  return (
    others.length > 0 || (typeof only === "object" && (only.encoded || TEXT_ATTRIBUTE.test(only.reference.attribute)))
  );
}

function encoded({ references, parts, again }: Unknown): Unknown | undefined {
  if (parts === undefined || again !== undefined) return undefined;
  const encodedParts = parts.map((part) =>
    typeof part === "string" ? encodeURIComponent(part) : { ...part, encoded: true },
  );
  return new Unknown({ references, parts: encodedParts });
}
