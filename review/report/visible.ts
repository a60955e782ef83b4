import { unicodeEscape } from "../../topology";

/** Control characters, which could move a terminal's cursor or begin a line of a log, and those that turn text around. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** The same value with escapes in place of what a configuration's texts have of these. */
export function visible<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? inner.replace(UNSEEN, unicodeEscape) : inner,
  ) as T;
}
