// Makes dist/server/main.js: the server and all it needs in one file, with the tools of server/tools built in, and the
// notices of the packages' licences at its end. With --sbom, main.cdx.json beside it lists the packages (CycloneDX); with
// --readable, the file is not minified, and has comments that say where each part of it comes from. And
// dist/server/index.js: the same to be imported; dist/server/tools.json: the tools, as the server lists them.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { licenceNotices, listPackages } from "./bundled-packages.mjs";

const server = dirname(fileURLToPath(import.meta.url));
const output = join(server, "../dist/server");

/** Puts a list of the tool files in the place of the module that looks for them in a folder. */
function listToolFiles() {
  const files = readdirSync(join(server, "tools"))
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const imports = files.map((file, index) => `import * as tool${index} from "./tools/${file}";`);
  const list = files.map((file, index) => `{ file: "tools/${file}", exports: tool${index} }`);
  return {
    contents: `${imports.join("\n")}\nexport const loadToolFiles = () => [${list.join(", ")}];`,
    resolveDir: server,
  };
}

/**
 * The SDK makes a JSON Schema validator in every server, for what clients answer when they are asked something. This
 * server asks nothing; without ajv it starts 20 ms sooner. zod's messages come in English, so its 50 other languages
 * stay out too.
 */
function leaveOut(exportName) {
  return { contents: exportName === undefined ? "export {};" : `export class ${exportName} {}` };
}

/**
 * zod by the name that the SDK has for it. The SDK is loaded late, so zod too becomes a module that a call loads, and
 * esbuild forgets that call for an index file that only the server imports.
 */
function nameZodAsSdk({ onResolve, resolve }) {
  onResolve({ filter: /^zod$/ }, ({ importer, resolveDir, kind }) => resolve("zod/v4", { importer, resolveDir, kind }));
}

const settings = {
  outdir: output,
  // Paths in the bundle's comments are relative to it.
  absWorkingDir: join(server, ".."),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // The image's bundle stage has no tsconfig.json, and must make the same bytes.
  tsconfigRaw: { compilerOptions: { strict: true } },
  minify: !process.argv.includes("--readable"),
  // So that a stack trace in a log can be read.
  keepNames: true,
  lineLimit: 120,
  legalComments: "eof",
  plugins: [
    {
      name: "server",
      setup(build) {
        const { onLoad } = build;
        nameZodAsSdk(build);
        onLoad({ filter: /[\\/]server[\\/]tool-files\.ts$/ }, listToolFiles);
        onLoad({ filter: /[\\/]sdk[\\/]dist[\\/]esm[\\/]validation[\\/]ajv-provider\.js$/ }, () =>
          leaveOut("AjvJsonSchemaValidator"),
        );
        onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => leaveOut());
      },
    },
  ],
};

const { outputFiles, metafile } = await build({
  ...settings,
  entryPoints: [join(server, "main.ts")],
  // licenceNotices has the whole texts.
  legalComments: "none",
  write: false,
  metafile: true,
});
// For programs that start the server themselves, with tools of their own: their zod is the server's.
await build({
  ...settings,
  entryPoints: [join(server, "index.ts")],
  external: ["zod"],
});

/** What the server's `tools/list` answers, and of which sources: gateways can be told of the tools without the server. */
async function toolList() {
  const { outputFiles: files } = await build({
    ...settings,
    entryPoints: [join(server, "tool-list.ts")],
    write: false,
  });
  const made = { exports: {} };
  new Function("module", "exports", "require", files[0].text)(made, made.exports, createRequire(import.meta.url));
  return { sources: hashOfSources(), tools: made.exports.tools };
}

/** Of every file of the server that is TypeScript. constructs/private/bundled-server.ts compares it. */
function hashOfSources() {
  const hash = createHash("sha256");
  const files = readdirSync(server, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts"))
    .sort();
  files.forEach((file) => hash.update(`${file}\0`).update(readFileSync(join(server, file))));
  return hash.digest("hex");
}

const packages = listPackages(metafile, join(server, ".."));
mkdirSync(output, { recursive: true });
writeFileSync(join(output, "main.js"), `${outputFiles[0].text}\n${licenceNotices(packages)}`);
writeFileSync(join(output, "tools.json"), `${JSON.stringify(await toolList())}\n`);
if (process.argv.includes("--sbom")) {
  const { makeBillOfMaterials } = await import("./bill-of-materials.mjs");
  writeFileSync(join(output, "main.cdx.json"), makeBillOfMaterials(packages));
}
