import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { crc32 } from "./crc32";
import { deflateRawSync } from "node:zlib";

/** A file of an archive. */
export interface ZipSource {
  /** In the archive, with forward slashes. */
  readonly path: string;
  /** On this machine. A symbolic link counts as what it leads to. */
  readonly source: string;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
const MADE_ON_UNIX = 3 << 8;
const NAMES_ARE_UTF_8 = 0x0800;
const DEFLATED = 8;
/** 1980-01-01 00:00, the first that there is, so that the archive is the same tomorrow. */
const DATE = 0x0021;

/**
 * Writes a zip archive (PKWARE's APPNOTE.TXT 6.3.3, without Zip64) with all files readable by everybody, and returns its
 * size in bytes.
 */
export function writeZip(target: string, files: readonly ZipSource[]): number {
  const output = openSync(target, "w");
  try {
    let offset = 0;
    const write = (...parts: readonly Buffer[]): void => {
      for (const part of parts) offset += writeSync(output, part);
    };
    const directory = files.map(({ path, source }) => {
      const content = readFileSync(source);
      const data = deflateRawSync(content);
      const name = Buffer.from(path);
      const common = numbers(
        [VERSION, 2],
        [NAMES_ARE_UTF_8, 2],
        [DEFLATED, 2],
        [0, 2],
        [DATE, 2],
        [crc32(content), 4],
        [data.length, 4],
        [content.length, 4],
        [name.length, 2],
        [0, 2],
      );
      const mode = (statSync(source).mode & 0o111) === 0 ? 0o100644 : 0o100755;
      const entry = [
        numbers([CENTRAL_HEADER, 4], [MADE_ON_UNIX | VERSION, 2]),
        common,
        numbers([0, 2], [0, 2], [0, 2], [mode * 0x10000, 4], [offset, 4]),
        name,
      ];
      write(numbers([LOCAL_HEADER, 4]), common, name, data);
      return Buffer.concat(entry);
    });
    const start = offset;
    write(...directory);
    const size = offset - start;
    const count = files.length;
    write(numbers([END_OF_DIRECTORY, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [start, 4], [0, 2]));
    return offset;
  } finally {
    closeSync(output);
  }
}

/** Numbers of two or four bytes, the lowest first. */
function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}
