// Makes the package's declarations in dist: those that an entry point reaches, with maps where the package has the sources.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { exportedDeclarations } from "./exported-declarations.mjs";
import { forCdkTerrain } from "./frameworks.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

/** The declarations that package.json exports. */
const ENTRIES = ["constructs/index", "emulator/index", "server/index", "testing/index", "testing/setup"];

/** Folders whose sources are in the package, so that an editor can go to them. */
const WITH_SOURCES = /^server\//;

const all = mkdtempSync(join(dist, "types-"));
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "-p", "tsconfig.types.json", "--outDir", all], {
  cwd: root,
  stdio: "inherit",
});

function write(file, text) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}

/** Without a map no column and no line has to stay where it is. */
const compact = (text) =>
  text
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n")
    .replace(/^(?: {4})+/gm, (indentation) => "\t".repeat(indentation.length / 4))
    .replace(/\n{2,}/g, "\n")
    .trimStart();

const declarations = exportedDeclarations(
  all,
  ENTRIES.map((entry) => `${entry}.d.ts`),
);
for (const [file, text] of declarations) {
  if (file.startsWith("constructs/")) {
    write(file.replace(/^constructs/, "cdktn"), forCdkTerrain(compact(text)));
  }
  if (!WITH_SOURCES.test(file)) {
    write(file, compact(text));
    continue;
  }
  const map = JSON.parse(readFileSync(join(all, `${file}.map`), "utf8"));
  map.sources = [relative(dirname(join(dist, file)), join(root, file.replace(/\.d\.ts$/, ".ts")))];
  write(file, text);
  write(`${file}.map`, JSON.stringify(map));
}
rmSync(all, { recursive: true });
