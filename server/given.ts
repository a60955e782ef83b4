import { StartError } from "./errors";
import { isObject } from "./is-object";

/** What an option takes: whether a value is that, and what it is called. */
export type OptionForm = readonly [fits: (value: unknown) => boolean, called: string];

export const TEXT: OptionForm = [(value) => typeof value === "string", "a text"];
export const BOOLEAN: OptionForm = [(value) => typeof value === "boolean", "true or false"];
export const FUNCTION: OptionForm = [(value) => typeof value === "function", "a function"];
export const OBJECT: OptionForm = [isObject, "an object"];
export const AMOUNT: OptionForm = [(value) => typeof value === "number" && value >= 0, "a number, 0 or more"];

/**
 * Looks at what a program gives, which may be in JavaScript.
 *
 * @param what the function or option, as messages name it
 * @throws StartError
 */
export function checkOptions(
  what: string,
  options: unknown,
  forms: Readonly<Record<string, OptionForm>>,
  ...required: readonly string[]
): void {
  if (!isObject(options)) throw StartError.option(`What ${what} is given`, options, OBJECT[1]);
  for (const [name, value] of Object.entries(options)) {
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
    if (form === undefined) throw StartError.unknownOption(what, name, Object.keys(forms));
    if (value !== undefined && !form[0](value)) throw StartError.option(`${what}: ${name}`, value, form[1]);
  }
  for (const name of required) {
    if (options[name] === undefined) throw StartError.option(`${what}: ${name}`, undefined, forms[name]?.[1] ?? "it");
  }
}
