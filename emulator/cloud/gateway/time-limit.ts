import { availableParallelism, loadavg } from "node:os";
import { createContext, Script } from "node:vm";

/** Work that was broken off. Whatever it was changing is half changed. */
export class TimeLimitError extends Error {
  constructor(readonly milliseconds: number) {
    super(`it takes more than ${milliseconds / 1000} s`);
    this.name = "TimeLimitError";
  }
}

const context: { run?: () => unknown } = createContext({});
const script = new Script("run()");

/**
 * Breaks work off that takes too long, also inside one regular expression, which nothing else in JavaScript can.
 *
 * @param patience - how many times as long it may take
 * @throws TimeLimitError, or whatever the work throws
 */
export function withinTime<T>(milliseconds: number, run: () => T, patience = 1): T {
  context.run = run;
  try {
    return script.runInContext(context, { timeout: Math.ceil(milliseconds * patience) }) as T;
  } catch (error) {
    // No instanceof: in another realm, as under test, the system's errors are of another class.
    if ((error as { code?: unknown } | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new TimeLimitError(milliseconds);
  } finally {
    delete context.run;
  }
}

/** So that 5 s of a hostile server's schemas are less than a minute on whatever machine. */
const MOST_PROGRAMS = 10;

/** How many programs share a processor, 1 where none is busy: with so many, work takes as many times as long. */
export function programsAProcessor(): number {
  return Math.min(MOST_PROGRAMS, Math.max(1, (loadavg()[0] ?? 1) / availableParallelism()));
}
