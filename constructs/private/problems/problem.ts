import type { ErrorCode, Problem } from "../errors";

export const problem = (code: ErrorCode, message: string): Problem => ({ code, message });

/** A value as it would be written in a program. */
export const quote = (value: unknown): string => JSON.stringify(value);
