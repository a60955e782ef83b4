import { paint, wrap } from "../../terminal";

/** Tells what is taken for what the source does not show or declare, one line each. */
export function printAssumptions(assumptions: readonly string[]): void {
  for (const assumption of assumptions) process.stdout.write(`${paint.bold("!")} ${wrap(assumption, 2)}\n`);
}
