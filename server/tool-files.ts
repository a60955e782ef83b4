import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What one file of a tool folder exports. */
export interface ToolFile {
  readonly file: string;
  readonly exports: unknown;
}

/**
 * Loads every file of server/tools, in the order of their names. The bundle has no folder to read, so bundle.mjs puts
 * a list of the files in the place of this module.
 */
export function loadToolFiles(): ToolFile[] {
  const folder = join(__dirname, "tools");
  const load = createRequire(__filename);
  return readdirSync(folder)
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => ({ file: `tools/${file}`, exports: load(join(folder, file)) as unknown }));
}
