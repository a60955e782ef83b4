// Makes the package's declarations in dist: those that an entry point reaches, with maps where the package has the sources.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
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

const IMPORTED = /(?:from|import\(|import)\s*"(\.[^"]+)"/g;

/** The declarations that one imports, itself included. */
function reach(file, reached = new Set()) {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const [, path] of readFileSync(join(all, file), "utf8").matchAll(IMPORTED)) {
    const target = join(dirname(file), path);
    reach(existsSync(join(all, `${target}.d.ts`)) ? `${target}.d.ts` : join(target, "index.d.ts"), reached);
  }
  return reached;
}

function write(file, text) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}

const withoutMap = (text) => text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");

for (const entry of ENTRIES) {
  for (const file of reach(`${entry}.d.ts`)) {
    const text = readFileSync(join(all, file), "utf8");
    if (entry === "constructs/index" && file.startsWith("constructs/")) {
      write(file.replace(/^constructs/, "cdktn"), forCdkTerrain(withoutMap(text)));
    }
    if (!WITH_SOURCES.test(file)) {
      write(file, withoutMap(text));
      continue;
    }
    const map = JSON.parse(readFileSync(join(all, `${file}.map`), "utf8"));
    map.sources = [relative(dirname(join(dist, file)), join(root, file.replace(/\.d\.ts$/, ".ts")))];
    write(file, text);
    write(`${file}.map`, JSON.stringify(map));
  }
}
rmSync(all, { recursive: true });
