// Makes the package's declarations in dist: those that an entry point reaches, once for both frameworks, with maps where the
// package has the sources.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compactDeclarations } from "./declaration-maps.mjs";
import { exportedDeclarations } from "./exported-declarations.mjs";
import { FRAMEWORK_DECLARATIONS, withoutFramework } from "./frameworks.mjs";

const ts = createRequire(import.meta.url)("typescript");
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

/** The declarations that package.json exports. */
const ENTRIES = ["constructs/index", "emulator/index", "server/index", "testing/index", "testing/setup"];

/** Folders whose sources are in the package, so that an editor can go to them. */
const WITH_SOURCES = /^(aws|constructs|server)\//;

const all = mkdtempSync(join(dist, "types-"));
emitDeclarations(all);

function write(file, text) {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}

const declarations = exportedDeclarations(
  all,
  ENTRIES.map((entry) => `${entry}.d.ts`),
);
for (const [file, whole] of declarations) {
  const map = JSON.parse(readFileSync(join(all, `${file}.map`), "utf8"));
  const { text, mappings } = compactDeclarations(withoutFramework(file, whole), map.mappings);
  if (!WITH_SOURCES.test(file)) {
    write(file, text);
    continue;
  }
  const sources = [relative(dirname(join(dist, file)), join(root, file.replace(/\.d\.ts$/, ".ts")))];
  write(file, `${text}//# sourceMappingURL=${file.slice(file.lastIndexOf("/") + 1)}.map\n`);
  write(`${file}.map`, JSON.stringify({ version: 3, file: map.file, sources, mappings }));
}
write("constructs/framework.d.ts", FRAMEWORK_DECLARATIONS);
rmSync(all, { recursive: true });

/**
 * Writes the declarations of the entries and of all that these name into a folder, without checking types. Packages are not
 * read, as no declaration needs to know what is in them: where one did, it would have the type `any`, which none has.
 */
function emitDeclarations(folder) {
  const fail = (...diagnostics) => {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  };
  const configurationHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const configuration = join(root, "tsconfig.types.json");
  // Node's own declarations are a quarter of what there is to read.
  const lib = ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"];
  const changes = { noCheck: true, outDir: folder, types: [], lib };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(configuration, changes, configurationHost);
  const host = ts.createCompilerHost(options);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const cache = ts.createModuleResolutionCache(root, String, options);
  const resolved = (name, from) =>
    name.startsWith(".") ? ts.resolveModuleName(name, from, options, host, cache).resolvedModule : undefined;
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => ({ resolvedModule: resolved(text, from) }));
  const program = ts.createProgram(fileNames, options, host);
  const reached = new Set(fileNames);
  for (const path of reached) {
    const source = program.getSourceFile(path);
    const write = (file, text) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      if (file.endsWith(".map")) return;
      if (/\bany\b(?!["(])/.test(text.replace(/\/\*[^]*?\*\//g, ""))) throw new Error(`${file} has the type any.`);
      for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles) {
        const module = resolved(fileName, path);
        if (module) reached.add(module.resolvedFileName);
      }
    };
    const { diagnostics } = program.emit(source, write, undefined, true);
    const faults = [...program.getSyntacticDiagnostics(source), ...diagnostics];
    if (faults.length > 0) fail(...faults);
  }
}
