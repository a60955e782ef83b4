import { takenBy, takenWithin } from "./construct-options";
import { formed, type LaterForms } from "./later";
import { isPlain, type Look, missing, type OptionProblem, otherKind, problemsIn, type Taken } from "./problems";

type Class = new (...given: never[]) => object;
type Method = (...given: unknown[]) => unknown;

/** What a library of constructs knows, and its options do not. */
export interface Library {
  /** Of values that are known only at the apply. */
  readonly later: Omit<LaterForms, "within">;
  /** Whether others can be made within a value. */
  readonly isScope: (value: unknown) => boolean;
  /** @throws its error for what is wrong with a call */
  readonly refuse: (problems: readonly OptionProblem[], called: string, given: readonly unknown[]) => void;
}

/** Methods that programs call with options, and those that need a role. */
const IS_LOOKED_AT = /^(add[A-Z]|acknowledge$|grant)/;

/** Classes as programs have them: what they are given is looked at first, but not what they give each other. */
export function guarded<T extends object>(classes: T, library: Library): T {
  const entries = Object.entries(classes).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "function" ? guardedClass(name, value as unknown as Class, library) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

function guardedClass(className: string, made: Class, library: Library): Class {
  const forms: LaterForms = { ...library.later, within: takenWithin };
  const look: Look = { ...forms, isOpen: true };
  const checked = (called: string, count: number, given: readonly unknown[]): unknown[] => {
    const taken = takenBy(called);
    const places = makesConstruct(called, count) ? placeProblems(called, given, library) : [];
    library.refuse(
      [...leftOut(called, count, given, taken), ...places, ...inOptions(given, taken, look)],
      called,
      given,
    );
    return given.map((value) => formed(value, taken, forms));
  };
  const guardedMethod = (called: string, method: Method): Method =>
    function (this: unknown, ...given) {
      return method.apply(this, checked(called, method.length, given));
    };
  const { prototype } = made as { readonly prototype: object };
  for (const [name, method] of methodsOf(prototype)) {
    if (IS_LOOKED_AT.test(name)) Object.defineProperty(prototype, name, { value: guardedMethod(name, method) });
  }
  const statics = new Map<unknown, Method>(
    methodsOf(made).map(([name, method]) => [method, guardedMethod(`${className}.${name}`, method.bind(made))]),
  );
  const proxy: Class = new Proxy(made, {
    construct(target, given: never[], newTarget: Class) {
      // A class that programs make of it may pass on options of its own.
      const isOwn = newTarget !== proxy;
      const all = isOwn
        ? given.map((value) => formed<unknown>(value, takenBy(className), forms))
        : checked(className, target.length, given);
      return Reflect.construct(target, all, newTarget) as object;
    },
    // Of another method, which a test may have put in its place, nothing is known.
    get: (target, name) => statics.get(Reflect.get(target, name)) ?? (Reflect.get(target, name) as unknown),
  });
  return proxy;
}

function methodsOf(holder: object): [string, Method][] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder)).flatMap(([name, { value }]): [string, Method][] =>
    typeof value === "function" && name !== "constructor" ? [[name, value as Method]] : [],
  );
}

function leftOut(called: string, count: number, given: readonly unknown[], { required }: Taken): OptionProblem[] {
  const places = Array.from({ length: count }, (_, index) => index);
  const absent = places.find((index) => (given[index] ?? null) === null);
  if (absent !== undefined) return [missing(`value ${absent + 1} of the ${count} of ${called}`)];
  const options = given[count - 1];
  if (required.length === 0 || isPlain(options)) return [];
  if (typeof options !== "object" || options === null) {
    return [otherKind(`Value ${count} of the ${count} of ${called}`, options, "an object")];
  }
  return required.filter((name) => Reflect.get(options, name) === undefined).map(missing);
}

/** What makes constructs has a scope, an id and, if it is a function, options; methods are of no class's name. */
const makesConstruct = (called: string, count: number): boolean =>
  /^[A-Z]/.test(called) && count > (called.includes(".") ? 2 : 1);

function placeProblems(called: string, [scope, id]: readonly unknown[], { isScope }: Library): OptionProblem[] {
  const isId = typeof id === "string" && id !== "";
  return [
    ...((scope ?? null) === null || isScope(scope)
      ? []
      : [otherKind(`Value 1 of ${called}`, scope, "a construct, such as the stack")]),
    ...((id ?? null) === null || isId
      ? []
      : [otherKind(`Value 2 of ${called}`, id, "a text that names it in its scope")]),
  ];
}

function inOptions(given: readonly unknown[], taken: Taken, look: Look): OptionProblem[] {
  return given.filter(isPlain).flatMap((options) => problemsIn(options, taken, look));
}
