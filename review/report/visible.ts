/** Control characters, which could move a terminal's cursor or begin a line of a log, and those that turn text around. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** The same value with escapes in place of what a configuration's texts have of these. */
export function visible<T>(value: T): T {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? inner.replace(UNSEEN, escape) : inner,
  ) as T;
}
