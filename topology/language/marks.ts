import type { Value } from "./value";
import { isSymbolicList, isSymbolicObject, type Part, type Symbolic, Unknown, uniqueReferences } from "./unknown";

/** Characters of a private use plane, which no configuration has. */
const OPEN = "\u{F0000}";
const CLOSE = "\u{F0001}";
const MARK = new RegExp(`${OPEN}(\\d+)${CLOSE}`, "u");

/**
 * Lets unknown values pass through functions that only move, join or quote text: each becomes a text that cannot be
 * mistaken for another, and is found again in the result.
 */
export class Marks {
  private readonly unknowns: Unknown[] = [];

  /** The text that stands for an unknown value. */
  markUnknown(unknown: Unknown): string {
    return `${OPEN}${this.unknowns.push(unknown) - 1}${CLOSE}`;
  }

  mark(value: Symbolic): Value {
    if (value instanceof Unknown) return this.markUnknown(value);
    if (isSymbolicList(value)) return value.map((item) => this.mark(item));
    if (!isSymbolicObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.mark(item)]));
  }

  unmark(value: Value): Symbolic {
    if (typeof value === "string") return this.unmarkText(value);
    if (Array.isArray(value)) return (value as readonly Value[]).map((item) => this.unmark(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.unmark(item)]));
  }

  private unmarkText(text: string): Symbolic {
    const pieces = text
      .split(MARK)
      .map((piece, index) => (index % 2 === 0 ? piece : (this.unknowns[Number(piece)] ?? "")));
    return joined(pieces.filter((piece) => piece !== ""));
  }
}

/** One text of known pieces and unknown ones. */
export function joined(pieces: readonly (string | Unknown)[]): string | Unknown {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const unknowns = pieces.filter((piece) => piece instanceof Unknown);
  if (unknowns.length === 0) return pieces.map((piece) => (typeof piece === "string" ? piece : "")).join("");
  const references = uniqueReferences(unknowns.flatMap((unknown) => unknown.references));
  if (unknowns.some(({ parts }) => parts === undefined)) return new Unknown({ references });
  return new Unknown({
    references,
    parts: mergedParts(pieces.flatMap((piece) => (typeof piece === "string" ? [piece] : (piece.parts ?? [])))),
  });
}

function mergedParts(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged;
}
