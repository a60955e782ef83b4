import { refuseWeight } from "./budget";
import { requireText } from "./operators";
import { type Part, referenceText, type Settle, type Symbolic, Unknown, uniqueReferences, withItems } from "./unknown";
import type { Value } from "./value";

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
  private readonly places = new Map<string, number>();

  /** The text that stands for an unknown value, the same for the same reference. */
  markUnknown(unknown: Unknown): string {
    const [part, ...others] = unknown.parts ?? [];
    const name = typeof part === "object" && others.length === 0 && !part.encoded ? referenceText(part.reference) : "";
    const place = this.places.get(name) ?? this.unknowns.push(unknown) - 1;
    if (name !== "") this.places.set(name, place);
    return `${OPEN}${place}${CLOSE}`;
  }

  mark(value: Symbolic): Value {
    if (value instanceof Unknown) return this.markUnknown(value);
    return withItems(value, (item) => this.mark(item)) as Value;
  }

  unmark(value: Value): Symbolic {
    return typeof value === "string" ? this.unmarkText(value) : withItems(value, (item) => this.unmark(item as Value));
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
  if (unknowns.length === 0) {
    refuseWeight(pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? piece.length : 0), 0));
    return pieces.map((piece) => (typeof piece === "string" ? piece : "")).join("");
  }
  const again = (settle: Settle): Symbolic =>
    joined(pieces.map((piece) => (typeof piece === "string" ? piece : settledText(settle(piece)))));
  if (unknowns.some(({ parts }) => parts === undefined)) return Unknown.madeOf(pieces, again);
  refuseWeight(pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? 1 : (piece.parts?.length ?? 0)), 0));
  return new Unknown({
    references: uniqueReferences(unknowns.flatMap((unknown) => unknown.references)),
    parts: mergedParts(pieces.flatMap((piece) => (typeof piece === "string" ? [piece] : (piece.parts ?? [])))),
    again: unknowns.some((unknown) => unknown.again !== undefined) ? again : undefined,
  });
}

function settledText(value: Symbolic): string | Unknown {
  return value instanceof Unknown ? value : requireText(value as Value, "a value inside a string");
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
