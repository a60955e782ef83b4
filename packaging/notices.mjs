// Writes dist/THIRD-PARTY-NOTICES.txt: the licences of all packages that the programs in dist hold code of. A licence that
// several have in the same words stands once, below their names and copyrights.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { withoutValidator } from "../server/bundle-settings.mjs";
import { listPackages, readPackage } from "../server/bundled-packages.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { dependencies, peerDependencies } = readJson("package.json");
const installed = Object.keys({ ...dependencies, ...peerDependencies, tsx: "" });

/** The packages that programs hold code of. */
async function packagesIn(entryPoints, external) {
  const { metafile } = await build({
    entryPoints: entryPoints.map((entryPoint) => join(root, entryPoint)),
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: "unused",
    metafile: true,
    platform: "node",
    logLevel: "error",
    external,
    plugins: [withoutValidator],
  });
  return listPackages(metafile, root);
}

const bundled = [
  ...(await packagesIn(
    ["cli/main.ts", "emulator/index.ts"],
    installed.filter((name) => name !== "@modelcontextprotocol/sdk"),
  )),
  ...(await packagesIn(["emulator/console/main.ts"], [])),
];
// What the importable server holds of packages, its program holds, too, and the bill says.
const { components } = readJson("dist/server/main.cdx.json");
const ofServer = components.map(({ group = "", name }) => readPackage(join(root, "node_modules", group, name)));

const COPYRIGHT = /^Copyright .*$/gm;
const licences = new Map();
for (const { name, version, license, text } of [...bundled, ...ofServer]) {
  const words = text.replace(COPYRIGHT, "").replace(/\s+/g, " ");
  const holders = licences.get(words) ?? {
    text: text.replace(COPYRIGHT, "").replace(/\n{3,}/g, "\n\n"),
    names: new Set(),
  };
  licences.set(words, holders);
  holders.names.add([`${name} ${version} (${license})`, ...(text.match(COPYRIGHT) ?? [])].join("\n"));
}
const notices = [...licences.values()].map(({ names, text }) => `${[...names].sort().join("\n")}\n\n${text}\n`);
const heading = "The programs of this package hold code of the packages below.\n";
writeFileSync(join(root, "dist/THIRD-PARTY-NOTICES.txt"), [heading, ...notices.sort()].join(`\n${"-".repeat(78)}\n\n`));
