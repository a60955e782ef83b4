import type { Problem } from "./errors";
import { textForList } from "./problems/values";

/** Texts where lists belong, which JavaScript, and TypeScript that nobody checks, would spread into their letters. */
export const listProblems = <T extends object>(options: T, ...names: readonly (keyof T & string)[]): Problem[] =>
  names.flatMap((name) => (typeof options[name] === "string" ? [textForList(name, options[name])] : []));
