import { KINDS, requiredBy } from "./construct-options";
import { isPlain, missing, type OptionProblem, problemsIn } from "./problems";

type Class = new (...given: never[]) => object;
type Method = (...given: unknown[]) => unknown;

/** What a library of constructs knows, and its options do not. */
export interface Library {
  /** Whether a value is known only at the apply. */
  readonly isLater: (value: unknown) => boolean;
  /** @throws its error for what is wrong with a call */
  readonly refuse: (problems: readonly OptionProblem[], called: string, given: readonly unknown[]) => void;
}

/** Methods that programs call with options. */
const TAKES_OPTIONS = /^(add[A-Z]|acknowledge$)/;

/** Classes as programs have them: what they are given is looked at first, but not what they give each other. */
export function guarded<T extends object>(classes: T, library: Library): T {
  const entries = Object.entries(classes).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === "function" ? guardedClass(name, value as unknown as Class, library) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

function guardedClass(className: string, made: Class, library: Library): Class {
  const check = (called: string, count: number, given: readonly unknown[]): void =>
    library.refuse([...leftOut(called, count, given), ...inOptions(given, library.isLater)], called, given);
  const guardedMethod = (called: string, method: Method): Method =>
    function (this: unknown, ...given) {
      check(called, method.length, given);
      return method.apply(this, given);
    };
  const { prototype } = made as { readonly prototype: object };
  for (const [name, method] of methodsOf(prototype)) {
    if (TAKES_OPTIONS.test(name)) Object.defineProperty(prototype, name, { value: guardedMethod(name, method) });
  }
  const statics = new Map(
    methodsOf(made).map(([name, method]) => [name, guardedMethod(`${className}.${name}`, method.bind(made))]),
  );
  const proxy: Class = new Proxy(made, {
    construct(target, given: never[], newTarget: Class) {
      // A class that programs make of it may pass on options of its own.
      if (newTarget === proxy) check(className, target.length, given);
      return Reflect.construct(target, given, newTarget);
    },
    get: (target, name) => statics.get(String(name)) ?? (Reflect.get(target, name) as unknown),
  });
  return proxy;
}

function methodsOf(holder: object): [string, Method][] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder)).flatMap(([name, { value }]): [string, Method][] =>
    typeof value === "function" && name !== "constructor" ? [[name, value as Method]] : [],
  );
}

function leftOut(called: string, count: number, given: readonly unknown[]): OptionProblem[] {
  const places = Array.from({ length: count }, (_, index) => index);
  const absent = places.find((index) => (given[index] ?? null) === null);
  if (absent !== undefined) return [missing(`value ${absent + 1} of the ${count} of ${called}`)];
  return given
    .filter(isPlain)
    .flatMap((options) => requiredBy(called).filter((name) => options[name] === undefined))
    .map(missing);
}

function inOptions(given: readonly unknown[], isLater: Library["isLater"]): OptionProblem[] {
  return given.filter(isPlain).flatMap((options) => problemsIn(options, KINDS, isLater));
}
