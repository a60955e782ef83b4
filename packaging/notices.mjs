// Writes dist/THIRD-PARTY-NOTICES.txt: the licences of all packages that the programs in dist hold code of.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { name, dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The folders of the packages that a program needs beside those that it loads. */
async function bundledFolders(entryPoint, external) {
  const { metafile } = await build({
    entryPoints: [join(root, entryPoint)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    outdir: "unused",
    metafile: true,
    platform: "node",
    logLevel: "error",
    external: [...external, "tsx"],
  });
  return Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)(\.|$)/i.test(file));
  if (files.length === 0) throw new Error(`${name} ${version} has no licence file.`);
  const texts = files.sort().map((file) => readFileSync(join(root, folder, file), "utf8").trim());
  return `${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`;
}

const loaded = [name, ...Object.keys({ ...dependencies, ...peerDependencies })];
const folders = [
  ...(await bundledFolders("cli/main.ts", loaded)),
  ...(await bundledFolders("emulator/index.ts", loaded)),
  ...(await bundledFolders("server/main.ts", [])),
];
const notices = [...new Set(folders)].map(notice).sort();
const heading = "The programs of this package hold code of the packages below.\n";
writeFileSync(join(root, "dist/THIRD-PARTY-NOTICES.txt"), [heading, ...notices].join(`\n${"-".repeat(78)}\n\n`));
