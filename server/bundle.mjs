// Makes dist/server/main.js: the server and all it needs in one file, with the tools of server/tools built in, and the
// notices of the packages' licences at its end. With --sbom, main.cdx.json beside it lists the packages (CycloneDX); with
// --readable, the file is not minified, and has comments that say where each part of it comes from. And
// dist/server/tools.json: the tools, as the server lists them.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { settings } from "./bundle-settings.mjs";
import { licenceNotices, listPackages } from "./bundled-packages.mjs";

const server = dirname(fileURLToPath(import.meta.url));
const output = join(server, "../dist/server");

const { outputFiles, metafile } = await build({
  ...settings,
  entryPoints: [join(server, "main.ts")],
  // licenceNotices has the whole texts.
  legalComments: "none",
  write: false,
  metafile: true,
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
