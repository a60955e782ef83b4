import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Entry, fromBufferPromise } from "yauzl";

import { packageEmpty, packageLink, packageTooLarge, packageUnreadable } from "./errors";

/** Lambda developer guide, "gettingstarted-limits": a function's code without its layers, unpacked. */
const MOST_UNPACKED_BYTES = 250 * 1_024 * 1_024;

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const MAY_EXECUTE = 0o111;

/** The .zip of a function's code. */
export class DeploymentPackage {
  private constructor(private readonly archive: Buffer) {}

  /** Reads what is in it, without unpacking. @throws AwsError InvalidParameterValueException */
  static async read(archive: Buffer): Promise<DeploymentPackage> {
    const entries = await listEntries(archive);
    if (entries.length === 0) throw packageEmpty();
    if (entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0) > MOST_UNPACKED_BYTES) {
      throw packageTooLarge(MOST_UNPACKED_BYTES);
    }
    if (!entries.every((entry) => entry.canDecodeFileData())) throw packageUnreadable("Its files are encrypted.");
    const link = entries.find((entry) => (modeOf(entry) & FILE_TYPE) === SYMBOLIC_LINK);
    if (link) throw packageLink(link.fileName);
    return new DeploymentPackage(archive);
  }

  /** @param folder an empty one. @throws Error for content that is not as the archive says */
  async unpack(folder: string): Promise<void> {
    const opened = await open(this.archive);
    for await (const entry of opened.eachEntry()) {
      const path = join(folder, entry.fileName);
      mkdirSync(entry.fileName.endsWith("/") ? path : dirname(path), { recursive: true });
      if (entry.fileName.endsWith("/")) continue;
      const mode = 0o600 | (modeOf(entry) & MAY_EXECUTE);
      // A name that comes twice would let an archive overwrite what was looked at.
      await pipeline(await opened.openReadStreamPromise(entry), createWriteStream(path, { flags: "wx", mode }));
    }
  }
}

/** Names that lead out of the folder, or that systems read differently, are refused. */
function open(archive: Buffer): ReturnType<typeof fromBufferPromise> {
  return fromBufferPromise(archive, { strictFileNames: true });
}

async function listEntries(archive: Buffer): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of (await open(archive)).eachEntry()) entries.push(entry);
  } catch (error) {
    throw packageUnreadable(error instanceof Error ? error.message : String(error));
  }
  return entries;
}

/** As Unix has it; 0 where the archive says none. */
function modeOf({ externalFileAttributes }: Entry): number {
  return externalFileAttributes >>> 16;
}
