import { areAlike } from "./alike";

/** What an option takes. The members of `data` are called as somebody likes, those of `options` like other options. */
export type OptionKind = "text" | "number" | "boolean" | "function" | "list" | "object" | "data" | "options" | "any";

/** What options take, by their names. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

export type Options = Readonly<Record<string, unknown>>;

/** One thing that is wrong with what was given. */
export interface OptionProblem {
  readonly code: "LIST_EXPECTED" | "OPTION_INVALID" | "OPTION_MISSING" | "OPTION_UNKNOWN";
  /** What is wrong, the value, and what to do. */
  readonly message: string;
}

export const missing = (what: string): OptionProblem => ({
  code: "OPTION_MISSING",
  message: `There is no ${what}: pass it.`,
});

export const otherKind = (name: string, value: unknown, called: string): OptionProblem => {
  if (typeof value === "string") {
    const [text, isList] = [JSON.stringify(value), called === "a list"];
    const message = `${name} is the text ${text}: pass ${called}${isList ? `, [${text}]` : ""}.`;
    return { code: isList ? "LIST_EXPECTED" : "OPTION_INVALID", message };
  }
  const otherwise = value === null ? ", or leave it out" : "";
  return { code: "OPTION_INVALID", message: `${name} is ${described(value)}: pass ${called}${otherwise}.` };
};

/** @param isLater tells values that are known only later. @default - there are none */
export function problemsIn(
  options: Options,
  kinds: OptionKinds,
  isLater: (value: unknown) => boolean = () => false,
): OptionProblem[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) return unknown(name, Object.keys(kinds));
    if (kind === "any" || isLater(value)) return [];
    const [isOfKind, called] = FORMS[kind];
    if (!isOfKind(value)) return [otherKind(name, value, called)];
    const inner = kind === "list" ? (value as readonly unknown[]) : kind === "options" ? [value] : [];
    return inner.filter(isPlain).flatMap((each) => problemsIn(each, kinds, isLater));
  });
}

type Form = readonly [is: (value: unknown) => boolean, called: string];

const of =
  (type: string): Form[0] =>
  (value) =>
    typeof value === type;
const OBJECT: Form = [(value) => typeof value === "object" && value !== null && !Array.isArray(value), "an object"];
const FORMS: Readonly<Record<Exclude<OptionKind, "any">, Form>> = {
  text: [of("string"), "a text"],
  number: [of("number"), "a number"],
  boolean: [of("boolean"), "true or false"],
  function: [of("function"), "a function"],
  list: [Array.isArray, "a list"],
  object: OBJECT,
  data: OBJECT,
  options: OBJECT,
};

/** What has a class was made of options of its own. */
export function isPlain(value: unknown): value is Options {
  if (!OBJECT[0](value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Of more, nobody finds the one that was meant, and an object may hold what others take: TypeScript, too, lets it. */
const MOST_NAMED = 25;

function unknown(name: string, known: readonly string[]): OptionProblem[] {
  const meant = known.find((other) => areAlike(name, other));
  if (meant === undefined && known.length > MOST_NAMED) return [];
  const advice = meant === undefined ? `use one of ${known.join(", ")}` : `write ${meant}`;
  return [{ code: "OPTION_UNKNOWN", message: `There is no option ${JSON.stringify(name)}: ${advice}.` }];
}

/** Of objects, which may hold secrets, no more than that they are some. */
function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
