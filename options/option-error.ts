import { isPlain, type OptionKinds, type OptionProblem, otherKind, problemsIn } from "./problems";

/** A function was given what it cannot use. */
export class OptionError extends Error {
  override readonly name = "OptionError";

  constructor(
    /** Stable, for programs: that of the first problem. */
    readonly code: OptionProblem["code"],
    message: string,
  ) {
    super(message);
  }
}

/**
 * @param called the function, as messages name it
 * @param required names of options that it needs
 * @throws OptionError
 */
export function refuseOptions(called: string, options: unknown, kinds: OptionKinds, ...required: string[]): void {
  refuse(
    called,
    isPlain(options) ? problemsIn(options, { kinds, required }) : [otherKind("What it is given", options, "an object")],
  );
}

/** @throws OptionError for a value that is none of those that a function takes */
export function refuseValue(called: string, what: string, value: unknown, expected: string): never {
  throw new OptionError("OPTION_INVALID", `${called}: ${otherKind(what, value, expected).message}`);
}

function refuse(called: string, problems: readonly OptionProblem[]): void {
  const [first] = problems;
  if (first) throw new OptionError(first.code, `${called}: ${problems.map(({ message }) => message).join(" ")}`);
}
