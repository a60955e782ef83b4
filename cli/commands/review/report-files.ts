import { renameSync, rmSync, writeFileSync } from "node:fs";
import { systemCode, UsageError } from "../../errors";

/** Writes a file as a whole or not at all. @throws UsageError where it cannot be written */
export function writeWhole(path: string, text: string): void {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw new UsageError(`${path} cannot be written: ${systemCode(error)}; name a file in a folder that is there.`);
  }
}
