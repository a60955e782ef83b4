/** Made when it is first needed: loading its data takes longer than reading a stack. */
let graphemes: Intl.Segmenter | undefined;

/** Counts and cuts by grapheme, as Terraform does. */
export function characters(text: string): string[] {
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), (part) => part.segment);
}
