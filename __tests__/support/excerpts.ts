import { readFileSync, writeFileSync } from "node:fs";

/**
 * Expects a document to hold an excerpt between `<!-- excerpt NAME -->` and `<!-- end -->`. UPDATE_DOCS=1 writes it
 * there instead.
 */
export function expectExcerpt(document: string, name: string, excerpt: string): void {
  const text = readFileSync(document, "utf8");
  const place = new RegExp(`(<!-- excerpt ${name} -->\\n)([\\s\\S]*?)(\\n?<!-- end -->)`);
  const [, , found] = place.exec(text) ?? [];
  if (found === undefined) throw new Error(`${document} has no place for the excerpt ${name}.`);
  if (process.env["UPDATE_DOCS"] !== undefined && found !== excerpt) {
    writeFileSync(
      document,
      text.replace(place, (_, begin: string, __, end: string) => `${begin}${excerpt}\n${end.trimStart()}`),
    );
  } else expect(found).toBe(excerpt);
}
