// Makes server/bundle-lock.json: the part of package-lock.json that the image's bundle stage installs. The image's tag
// follows the files it is built from, and package-lock.json changes with every development tool.
import { readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const server = dirname(fileURLToPath(import.meta.url));
const { packages } = JSON.parse(readFileSync(join(server, "../package-lock.json"), "utf8"));

/** What server/bundle.mjs works with. */
const BUNDLER = ["esbuild", "@cyclonedx/cyclonedx-library"];

/** The packages that the server's own files import, and the bundler's. */
async function directPackages() {
  const { metafile } = await build({
    entryPoints: [join(server, "main.ts"), join(server, "tools/*.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    outdir: "unused",
    write: false,
    metafile: true,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path));
  const names = imports.filter((path) => /^[@a-z]/.test(path) && !isBuiltin(path) && !path.endsWith(".ts"));
  const packageName = /^(@[^/]+\/)?[^/]+/;
  return [...new Set([...names.map((name) => name.match(packageName)[0]), ...BUNDLER])].sort();
}

/** The key under which the package at `from` finds `name`: Node's look-up, from the innermost folder outwards. */
function locate(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("node_modules/") - 1, 0))) {
    const key = `${folder}${folder && "/"}node_modules/${name}`;
    if (key in packages || folder === "") {
      return key;
    }
  }
}

/** The packages with all that they depend on. An optional one, such as another platform's esbuild, may be missing. */
function closure(names) {
  const kept = new Set();
  const queue = names.map((name) => locate("", name));
  for (const key of queue) {
    if (key in packages && !kept.has(key)) {
      kept.add(key);
      const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = packages[key];
      const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
      const needed = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
      queue.push(...needed.map((name) => locate(key, name)));
    }
  }
  return [...kept].sort();
}

/** In this lock file nothing is a development tool, and only what `npm ci` reads is told of a package. */
function lockEntry(key) {
  const { dev, devOptional, peer, funding, license, engines, ...entry } = packages[key];
  return [key, devOptional ? { ...entry, optional: true } : entry];
}

const names = await directPackages();
const root = {
  name: "server",
  dependencies: Object.fromEntries(names.map((name) => [name, packages[locate("", name)].version])),
};
/** A line for each package: the file is part of every release. */
const lines = [["", root], ...closure(names).map(lockEntry)].map((entry) =>
  entry.map((part) => JSON.stringify(part)).join(": "),
);
const lock = `{"name": "server", "lockfileVersion": 3, "packages": {\n${lines.join(",\n")}\n}}\n`;
writeFileSync(join(server, "bundle-lock.json"), lock);
