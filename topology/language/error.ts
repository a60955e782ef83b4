import type { ExpressionErrorCode } from "../errors";

/** An expression that cannot be read or evaluated. Whoever knows the address turns it into a `TopologyError`. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  /** The template at fault as it is written in the configuration. */
  source?: string;

  constructor(
    readonly code: ExpressionErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export const invalidSyntax = (offset: number, reason: string) =>
  new ExpressionError("INVALID_EXPRESSION", `${reason} at character ${offset + 1}`);

export const unsupported = (what: string) => new ExpressionError("UNSUPPORTED_EXPRESSION", `${what} is not supported`);

/** @param reason - of a function that Terraform has */
export function unknownFunction(name: string, reason?: string): ExpressionError {
  const because = reason === undefined ? "" : `: ${reason}`;
  return new ExpressionError("UNKNOWN_FUNCTION", `the function ${name} is not supported${because}`);
}

export const failed = (reason: string) => new ExpressionError("EXPRESSION_FAILED", reason);

/** The work or the size of a value is past all bounds; nothing goes on from here. */
export const overBudget = (reason: string) => new ExpressionError("OVER_BUDGET", reason);
