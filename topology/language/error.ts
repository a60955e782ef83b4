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

export function invalidSyntax(offset: number, reason: string): ExpressionError {
  return new ExpressionError("INVALID_EXPRESSION", `${reason} at character ${offset + 1}`);
}

export function unsupported(what: string): ExpressionError {
  return new ExpressionError("UNSUPPORTED_EXPRESSION", `${what} is not supported`);
}

/** @param reason - of a function that Terraform has */
export function unknownFunction(name: string, reason?: string): ExpressionError {
  const because = reason === undefined ? "" : `: ${reason}`;
  return new ExpressionError("UNKNOWN_FUNCTION", `the function ${name} is not supported${because}`);
}

export function failed(reason: string): ExpressionError {
  return new ExpressionError("EXPRESSION_FAILED", reason);
}

/** The work or the size of a value is past all bounds; nothing goes on from here. */
export function overBudget(reason: string): ExpressionError {
  return new ExpressionError("OVER_BUDGET", reason);
}
