/** A value as it would be written in a program. */
export const quote = (value: unknown): string => JSON.stringify(value);
