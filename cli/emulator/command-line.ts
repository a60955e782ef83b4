import type { ServerCommand } from "../../emulator";

/**
 * A command line without shell syntax: words between blanks, quoted where they hold some.
 *
 * @returns undefined for a line without a word
 */
export function readCommandLine(text: string): ServerCommand | undefined {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
  const [program, ...rest] = words;
  return program ? { program, arguments: rest } : undefined;
}
