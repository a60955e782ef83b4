import { closeSync, fstatSync, openSync, readSync, realpathSync, type Stats, statSync } from "node:fs";
import { sourceNotFound, sourceTooLarge, sourceUnreadable, TopologyError } from "../errors";

/** A plan of some thousand resources has 10 to 50 MB; beyond this, reading takes more memory than a reviewer expects. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** The status of what a path leads to, through links. @throws TopologyError where there is nothing. */
export function statusOf(path: string): Stats {
  return reading(path, () => statSync(path));
}

/**
 * The bytes of a regular file, or of a pipe that somebody hands over as a file.
 * @throws TopologyError for anything else, which may have no end, and for one that is too large.
 */
export function readBytes(path: string): Buffer {
  const status = statusOf(path);
  if (!status.isFile() && !status.isFIFO()) throw sourceUnreadable(path, "it is no file");
  return reading(path, () => bytesOf(path));
}

/** The bytes of a regular file in the folder of a configuration. @throws TopologyError */
export function readRegularFile(path: string): Buffer {
  if (!statusOf(path).isFile()) throw sourceUnreadable(path, "it is no file");
  return reading(path, () => bytesOf(path));
}

/** Its text. @throws TopologyError */
export function readText(path: string): string {
  return decoded(readRegularFile(path));
}

/** A file may grow while it is read, and a pipe has no size. */
function bytesOf(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size > MAX_DOCUMENT_BYTES) throw sourceTooLarge(path, size, MAX_DOCUMENT_BYTES);
    const chunks: Buffer[] = [];
    for (let total = 0; ;) {
      const chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, size + 1 - total));
      const length = readSync(file, chunk);
      if (length === 0) return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, length));
      total += length;
      if (total > MAX_DOCUMENT_BYTES) throw sourceTooLarge(path, total, MAX_DOCUMENT_BYTES);
    }
  } finally {
    closeSync(file);
  }
}

/** PowerShell writes UTF-16 of either order, with or without a byte order mark. */
export function decoded(bytes: Buffer): string {
  const [first = 0, second = 0] = bytes;
  const isBigEndian = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const isLittleEndian = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes.length > 1);
  // An odd byte at the end is half of nothing.
  const even = bytes.subarray(0, bytes.length & ~1);
  const text = isBigEndian
    ? Buffer.from(even).swap16().toString("utf16le")
    : bytes.toString(isLittleEndian ? "utf16le" : "utf8");
  return text.replace(/^\ufeff/, "");
}

/** Turns what the system answers, such as ENOENT or EACCES, into an error about the path. */
export function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof TopologyError) throw error;
    throw code === "ENOENT" ? sourceNotFound(path) : sourceUnreadable(path, code);
  }
}

/** The path without links. @throws TopologyError where there is nothing. */
export function realPath(path: string): string {
  return reading(path, () => realpathSync(path));
}
