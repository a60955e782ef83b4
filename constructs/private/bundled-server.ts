import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { packageRoot } from "./package-root";

/** The list of the bundled server's tools, which server/bundle.mjs writes. */
export const bundledToolList = (): string => join(packageRoot(), "dist/server/tools.json");

/** Whether the list was made from the server's sources as they are now. @throws Error where there is no list */
export function isToolListCurrent(): boolean {
  const { sources } = JSON.parse(readFileSync(bundledToolList(), "utf8")) as { readonly sources?: unknown };
  return sources === hashOfSources(join(packageRoot(), "server"));
}

/** As server/bundle.mjs makes it. */
function hashOfSources(folder: string): string {
  const hash = createHash("sha256");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts"))
    .sort();
  files.forEach((file) => hash.update(`${file}\0`).update(readFileSync(join(folder, file))));
  return hash.digest("hex");
}
