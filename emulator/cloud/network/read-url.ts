import { entryOf } from "../../../topology";

/** How many are known at once, and how long they may be. */
const MOST_KNOWN = 1_000;
const LONGEST_KNOWN = 500;

const known = new Map<string, URL>();

/** Reads a URL that nobody changes; once, as calls repeat those of their gateway and its targets. @throws TypeError */
export function readUrl(text: string): URL {
  if (text.length > LONGEST_KNOWN) return new URL(text);
  if (known.size >= MOST_KNOWN) known.clear();
  return entryOf(known, text, () => new URL(text));
}
