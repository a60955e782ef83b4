import { overBudget } from "./error";
import { measureOf, type Symbolic } from "./unknown";

/**
 * What one document may cost to evaluate. A system of 1,000 targets takes about a tenth of these; beyond them, a text is
 * a mistake or hostile, and would take seconds of time or hundreds of MB.
 */
const MAX_STEPS = 3_000_000;
const MAX_WEIGHT = 500_000;
const MAX_TOTAL_WEIGHT = 32_000_000;
/** A call looks at so many characters in the time of one step. */
const WEIGHT_OF_STEP = 64;

/** Counts the work of evaluating one document. */
export class Budget {
  private steps = 0;
  private weight = 0;

  /** @throws ExpressionError OVER_BUDGET */
  step(weight = 0): void {
    this.steps += 1 + Math.floor(weight / WEIGHT_OF_STEP);
    if (this.steps > MAX_STEPS) throw overBudget(`it takes more than ${MAX_STEPS} steps`);
  }

  /** @throws ExpressionError OVER_BUDGET for a value that is too large by itself, or with all others. */
  made<T extends Symbolic>(value: T): T {
    const { weight } = measureOf(value);
    refuseWeight(weight);
    this.weight += weight;
    if (this.weight > MAX_TOTAL_WEIGHT) throw overBudget("all values together are too large");
    return value;
  }
}

/** Asked before a text or a list is made, by what makes much of little. @throws ExpressionError OVER_BUDGET */
export function refuseWeight(weight: number): void {
  if (weight > MAX_WEIGHT) throw overBudget("its value is too large");
}
