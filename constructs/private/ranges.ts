import { Token } from "cdktf";
import type { Problem } from "./errors";
import { tooManyEntries, valueOutOfRange } from "./problems/values";

/** Both ends included. */
export interface Range {
  readonly shortest: number;
  readonly longest: number;
}

/** Empty when the number is whole and fits, is left out, or is a CDKTF token. */
export function rangeProblems(what: string, value: number | undefined, { shortest, longest }: Range): Problem[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  const fits = Number.isInteger(value) && value >= shortest && value <= longest;
  return fits ? [] : [valueOutOfRange(what, value, shortest, longest)];
}

/** Empty when there are no more than may be. */
export function countProblems(what: string, count: number, maximum: number): Problem[] {
  return count > maximum ? [tooManyEntries(what, count, maximum)] : [];
}
