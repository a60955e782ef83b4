import { areAlike } from "./alike";

/**
 * What an option takes. The members of `data` are called as somebody likes, and `options` are looked at in turn. A `switch`
 * is true or false, a `knownList` has texts and `objects` what is no text, and these decide what is made. An `instance` and
 * `instances` are of classes.
 */
export type OptionKind =
  | "text"
  | "number"
  | "boolean"
  | "switch"
  | "function"
  | "list"
  | "knownList"
  | "objects"
  | "instances"
  | "object"
  | "instance"
  | "data"
  | "options"
  | "any";

/** What options take, by their names. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

export type Options = Readonly<Record<string, unknown>>;

/** What a call takes. */
export interface Taken {
  readonly kinds: OptionKinds;
  /** Names of options that it needs. */
  readonly required: readonly string[];
}

/** How options are looked at. */
export interface Look {
  /** Whether a value is known only later. */
  readonly isLater: (value: unknown) => boolean;
  /** What the objects of an option take, or those of its list; undefined where others say what they hold. */
  readonly within: (option: string) => Taken | undefined;
  /** Whether there may be others than those that are taken, as TypeScript lets an object have that is spread. */
  readonly isOpen: boolean;
}

const STRICT: Look = { isLater: () => false, within: () => undefined, isOpen: false };

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

/** @param holder the option whose value they are, with a dot after it, if they are of one */
export function problemsIn(options: Options, { kinds, required }: Taken, look = STRICT, holder = ""): OptionProblem[] {
  return [
    ...required.filter((name) => options[name] === undefined).map((name) => missing(holder + name)),
    ...Object.entries(options).flatMap(([name, value]) => {
      if (value === undefined) return [];
      const kind = kindIn(kinds, name);
      return kind === undefined ? unknown(name, options, kinds, look) : problemsOf(name, value, kind, look);
    }),
  ];
}

/** What an option of a name that a program gives takes, if there is such an option. */
export function kindIn(kinds: OptionKinds, name: string): OptionKind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

function problemsOf(name: string, value: unknown, kind: OptionKind, look: Look): OptionProblem[] {
  if (look.isLater(value)) return laterProblems(name, kind);
  if (!isOf(kind, value)) return [otherKind(name, value, FORMS[kind][1])];
  if (holdsItself(value)) return [{ code: "OPTION_INVALID", message: `${name} holds itself: pass what ends.` }];
  const wrong = entryProblems(name, value, kind, look);
  const taken = look.within(name);
  if (taken === undefined || wrong.length > 0) return wrong;
  return [value]
    .flat()
    .filter(isPlain)
    .flatMap((each) => problemsIn(each, taken, look, `${name}.`));
}

/** Of what is in a list, or in a map that is called as somebody likes. */
function entryProblems(name: string, value: unknown, kind: OptionKind, { isLater }: Look): OptionProblem[] {
  const isOdd = (entry: unknown): boolean =>
    entry === null || !["string", "object", "undefined"].includes(typeof entry);
  if (kind === "data" && isPlain(value)) {
    return Object.entries(value)
      .filter(([, entry]) => isOdd(entry) && !isLater(entry))
      .map(([key, entry]) => otherKind(`${name}.${key}`, entry, "a text"));
  }
  const entryKind = ENTRIES[kind] ?? "text";
  return FORMS[kind] !== LIST
    ? []
    : (value as readonly unknown[])
        .filter((entry) => !isLater(entry) && !isOf(entryKind, entry))
        .map((entry) => otherKind(`An entry of ${name}`, entry, FORMS[entryKind][1]));
}

/** What is made depends on these, so that nothing can be made while they are not known. */
const KNOWN: readonly OptionKind[] = ["switch", "knownList", "objects", "instances", "options"];

function laterProblems(name: string, kind: OptionKind): OptionProblem[] {
  if (!KNOWN.includes(kind)) return [];
  return [{ code: "OPTION_INVALID", message: `${name} is known only at the apply: pass ${FORMS[kind][1]}.` }];
}

type Form = readonly [is: (value: unknown) => boolean, called: string];

const of =
  (type: string): Form[0] =>
  (value) =>
    typeof value === type;
const OBJECT: Form = [(value) => typeof value === "object" && value !== null && !Array.isArray(value), "an object"];
const LIST: Form = [Array.isArray, "a list"];
const BOOLEAN: Form = [of("boolean"), "true or false"];
const INSTANCE: Form = [(value) => OBJECT[0](value) && !isPlain(value), "what a class of the package makes"];
const ENTRIES: Partial<Record<OptionKind, OptionKind>> = { objects: "object", instances: "instance" };
const FORMS: Readonly<Record<OptionKind, Form>> = {
  text: [of("string"), "a text"],
  number: [of("number"), "a number"],
  boolean: BOOLEAN,
  switch: BOOLEAN,
  function: [of("function"), "a function"],
  list: LIST,
  knownList: LIST,
  objects: LIST,
  instances: LIST,
  object: OBJECT,
  instance: INSTANCE,
  data: OBJECT,
  options: OBJECT,
  any: [() => true, "any value"],
};

const isOf = (kind: OptionKind, value: unknown): boolean => FORMS[kind][0](value);

/** What has a class was made of options of its own. */
export function isPlain(value: unknown): value is Options {
  if (!OBJECT[0](value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function holdsItself(value: unknown, holders: readonly unknown[] = []): boolean {
  if (!Array.isArray(value) && !isPlain(value)) return false;
  return holders.includes(value) || Object.values(value).some((member) => holdsItself(member, [...holders, value]));
}

function unknown(name: string, options: Options, kinds: OptionKinds, look: Look): OptionProblem[] {
  const isMeant = (other: string, kind: OptionKind): boolean =>
    areAlike(name, other) && (!look.isOpen || (options[other] === undefined && mayBeFor(kind, options[name], look)));
  const meant = Object.keys(kinds).find((other) => isMeant(other, kinds[other] ?? "any"));
  if (meant === undefined && look.isOpen) return [];
  const advice = meant === undefined ? `use one of ${Object.keys(kinds).join(", ")}` : `write ${meant}`;
  return [{ code: "OPTION_UNKNOWN", message: `There is no option ${JSON.stringify(name)}: ${advice}.` }];
}

/** Whether a value of another name may have been meant for an option: of what it cannot take, it may be somebody's own. */
const mayBeFor = (kind: OptionKind, value: unknown, { isLater }: Look): boolean =>
  isOf(kind, value) || isLater(value) || (LIST === FORMS[kind] && typeof value === "string");

/** Of objects, which may hold secrets, no more than that they are some. */
function described(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
