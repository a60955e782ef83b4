// emulator/cloud/network/: HTTP on the loopback interface, which is all the network that there is.

import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";

type Decoder = (beginning: Buffer) => Transform;

/** RFC 1950: a body in zlib's envelope, which some servers leave out, begins with a byte that ends in the method 8. */
const inflate: Decoder = ([first = 0]) => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw());

/** What HTTP clients read whether they asked for it or not: RFC 9110, 8.4.1, and brotli of RFC 7932. */
const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ["gzip", () => createGunzip()],
  ["x-gzip", () => createGunzip()],
  ["deflate", inflate],
  ["br", () => createBrotliDecompress()],
]);

/** @returns undefined for a body that is not encoded */
export function codingOf(headers: Readonly<Record<string, string>>): string | undefined {
  const coding = headers["content-encoding"]?.trim().toLowerCase();
  return coding === "" || coding === "identity" ? undefined : coding;
}

/** Without what is said of the encoded body alone. */
export function decodedFields(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { "content-encoding": _, "content-length": __, ...others } = headers;
  return others;
}

/** @returns undefined for a coding that is not read, such as several over each other */
export function decoderOf(coding: string, beginning: Buffer): Transform | undefined {
  return DECODERS.get(coding)?.(beginning);
}
