import type { Topology } from "../topology";
import { paint, wrap } from "./terminal";

/** Tells what is taken for the texts that a plan hides, one line each. */
export function printAssumptions({ assumptions }: Topology): void {
  for (const assumption of assumptions) process.stdout.write(`${paint.bold("!")} ${wrap(assumption, 2)}\n`);
}
