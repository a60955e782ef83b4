/** Made when it is first needed: loading its data takes longer than reading a stack. */
let graphemes: Intl.Segmenter | undefined;

/** ASCII characters stand alone, but for a line break of two and one before another character, which may combine with it. */
const PIECE = /\r\n|[\0-\x7f](?![^\0-\x7f])|[\0-\x7f]?[^\0-\x7f]+/g;
/** The segmenter takes quadratic time, so it is given little at once. */
const WINDOW = 256;

/** Counts and cuts by grapheme, as Terraform does. */
export function characters(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece.length === 1 || piece === "\r\n") found.push(piece);
    else addGraphemes(piece, found);
  }
  return found;
}

/** A grapheme at the end of a window may go on behind it. */
function addGraphemes(text: string, found: string[]): void {
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let width = WINDOW;
  for (let start = 0; start < text.length;) {
    const parts = Array.from(graphemes.segment(text.slice(start, start + width)), (part) => part.segment);
    const isWhole = start + width >= text.length;
    if (!isWhole && parts.length < 2) {
      width *= 2;
      continue;
    }
    if (!isWhole) parts.pop();
    found.push(...parts);
    start += parts.reduce((sum, part) => sum + part.length, 0);
    width = WINDOW;
  }
}
