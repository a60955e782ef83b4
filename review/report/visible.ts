import { unicodeEscape } from "../../topology";

/**
 * Characters that nobody sees: those that move a terminal's cursor or begin a line of a log, those that turn text
 * around, halves of others, and what XML forbids.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/gu;

const UNSEEN_IN_LINES = new RegExp(`(?!\\n)${UNSEEN.source}`, UNSEEN.flags);

/** The text with escapes in place of these. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** The same value with all of its texts so. */
export function visible<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === "string" ? visibleText(inner) : inner,
  ) as T;
}

/** JSON whose texts say the same, without any of these and without commands of a CI system. */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  const seen = PLAIN.test(json) ? json : json.replace(UNSEEN_IN_LINES, escaped);
  return `${seen.replace(LOGGING_COMMAND, "\\u0023")}\n`;
}

/** Most reports: a test of a few megabytes is quicker than a search for what is not there. */
const PLAIN = /^[\n -~]*$/;

/** `##vso[` of Azure Pipelines, `##[` of GitHub Actions and `##teamcity[`, which count anywhere in a line. */
const LOGGING_COMMAND = /#(?=#[a-z]*\[)/gi;

/** GitHub Actions obeys lines that begin with `::`, after blanks, too. */
const WORKFLOW_COMMAND = /^([ \t]*):(?=:)/gm;

/** Lines of which no CI system obeys any. */
export function inertLines(text: string): string {
  return text.replace(LOGGING_COMMAND, "\\u0023").replace(WORKFLOW_COMMAND, "$1\\u003a");
}

function escaped(character: string): string {
  return character.split("").map(unicodeEscape).join("");
}
