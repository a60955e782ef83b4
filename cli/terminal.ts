import { visibleText } from "../review";

/** Whether standard output is a terminal, where a line may be rewritten. */
export const isTerminal = process.stdout.isTTY;

/** Whether standard output takes colours: https://no-color.org. */
const isColoured = isTerminal && process.env["NO_COLOR"] === undefined;

const style = (open: number, close: number) => (text: string) =>
  isColoured ? `\u001b[${open}m${legible(text)}\u001b[${close}m` : legible(text);

/** Styles of legible text, which vanish where standard output is no terminal. */
export const paint = {
  bold: style(1, 22),
  dim: style(2, 22),
  red: style(31, 39),
  green: style(32, 39),
  cyan: style(36, 39),
};

/** Takes away what was written on the terminal's current line. */
export const CLEAR_LINE = "\r\u001b[K";

/** Columns to write in: those of the terminal within what reads well. */
export function lineWidth(): number {
  return Math.min(Math.max(process.stdout.columns || 100, 60), 120);
}

/**
 * Breaks text at blanks, for a terminal, and makes it legible: elsewhere a line is left whole. So is a word longer than a
 * line (a URL), that it can be copied.
 *
 * @param indent - how far lines after the first are indented, and how much room the first has lost
 */
export function wrap(text: string, indent: number): string {
  const width = isTerminal ? lineWidth() : Infinity;
  const lines: string[] = [];
  for (const word of legible(text).split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && indent + line.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

/**
 * What servers and stacks say, for a terminal: whatever is neither seen nor a tab or the end of a line stands as an escape,
 * so that it moves no cursor and turns no text around.
 */
export function legible(text: string): string {
  return text.replace(/[^\n\t]+/g, visibleText);
}
