import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import { HttpResponse } from "../cloud/network/http-message";
import { problem } from "./answers";

/** As built. The package's root is two folders up from this file and from the bundle `dist/emulator/index.js` alike. */
const FOLDER = join(__dirname, "..", "..", "dist", "emulator", "console");

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** What calls bring is text to the page: no inline code, no other origin, and no way to turn text into HTML. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** A file of the page for a browser. */
export async function pageFile(name: string): Promise<HttpResponse> {
  const contentType = CONTENT_TYPES[extname(name)];
  const files = await readdir(FOLDER);
  if (contentType === undefined || !files.includes(name)) return problem(404, `The page has no file ${name}.`);
  return new HttpResponse(await readFile(join(FOLDER, name)), {
    headers: { ...HEADERS, "content-type": contentType },
  });
}
