import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";

import { AwsError } from "../errors";

/** Lambda developer guide, "gettingstarted-limits": a function's code without its layers, unpacked. */
const MOST_UNPACKED_BYTES = 250 * 1_024 * 1_024;

/** A file or folder in an archive. */
interface Entry {
  readonly name: string;
  readonly isCompressed: boolean;
  /** As Unix has it; 0 where the archive says none. */
  readonly mode: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Offsets and signatures: PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4. */
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT_BYTES = 65_535;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const MAY_EXECUTE = 0o111;

/** A name that leads out of the folder, or that systems read differently. */
const STRAY_NAME = /^$|^\/|\\|\0|(^|\/)\.\.(\/|$)|^[a-z]:/i;

/** The .zip of a function's code. */
export class DeploymentPackage {
  private readonly entries: readonly Entry[];

  /** Reads what is in it, without unpacking. @throws AwsError InvalidParameterValueException */
  constructor(private readonly archive: Buffer) {
    try {
      this.entries = readEntries(archive);
    } catch (error) {
      if (error instanceof RangeError) throw unreadable();
      throw error;
    }
    if (this.entries.length === 0) throw refused("Uploaded file must be a non-empty zip");
    if (this.entries.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_UNPACKED_BYTES) {
      throw refused(`Unzipped size must be smaller than ${MOST_UNPACKED_BYTES} bytes`);
    }
    const stray = this.entries.find(({ name, mode }) => STRAY_NAME.test(name) || isLink(mode));
    if (stray) {
      throw refused(
        `The emulator unpacks no ${isLink(stray.mode) ? "symbolic link" : "such name"}: ${JSON.stringify(stray.name)}.`,
      );
    }
  }

  get bytes(): number {
    return this.archive.length;
  }

  /** @param folder an empty one. @throws RangeError for content that is not as the archive says; zlib's errors */
  unpack(folder: string): void {
    for (const entry of this.entries) {
      const path = join(folder, entry.name);
      mkdirSync(entry.name.endsWith("/") ? path : dirname(path), { recursive: true });
      if (entry.name.endsWith("/")) continue;
      // A name that comes twice would let an archive overwrite what was looked at.
      writeFileSync(path, this.contentOf(entry), { flag: "wx", mode: 0o600 | (entry.mode & MAY_EXECUTE) });
    }
  }

  private contentOf({ offset, packedBytes, bytes, isCompressed }: Entry): Buffer {
    const { archive } = this;
    if (archive.readUInt32LE(offset) !== LOCAL_SIGNATURE) throw new RangeError("There is no local header.");
    const begin = offset + LOCAL_BYTES + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    const packed = archive.subarray(begin, begin + packedBytes);
    // Nothing can become larger than what was added up; zlib takes no limit of 0.
    const content = isCompressed ? inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) }) : packed;
    if (content.length !== bytes) throw new RangeError("A file has another length than its header says.");
    return content;
  }
}

/** @throws RangeError where something lies outside of the archive, or is not what it should be */
function readEntries(archive: Buffer): Entry[] {
  const end = endOf(archive);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count--) {
    if (archive.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new RangeError("There is no entry.");
    const nameLength = archive.readUInt16LE(at + 28);
    const method = archive.readUInt16LE(at + 10);
    const isEncrypted = (archive.readUInt16LE(at + 8) & IS_ENCRYPTED) !== 0;
    if (isEncrypted || (method !== STORED && method !== DEFLATED)) throw unreadable();
    entries.push({
      name: archive.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength),
      isCompressed: method === DEFLATED,
      mode: archive.readUInt16LE(at + 40),
      packedBytes: archive.readUInt32LE(at + 20),
      bytes: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** The last place where the record of the end can be; a comment may follow it. */
function endOf(archive: Buffer): number {
  const last = archive.length - END_BYTES;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT_BYTES); at--) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  throw unreadable();
}

function isLink(mode: number): boolean {
  return (mode & FILE_TYPE) === SYMBOLIC_LINK;
}

function unreadable(): AwsError {
  return refused("Could not unzip uploaded file. Please check your file, then try to upload again.");
}

function refused(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
