// Makes server/bundle-lock.json: the part of package-lock.json that the image's bundle stage installs, a line a package. The
// image's tag follows the files it is built from, and package-lock.json changes with every development tool.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const server = dirname(fileURLToPath(import.meta.url));
const { packages } = JSON.parse(readFileSync(join(server, "../package-lock.json"), "utf8"));

/** What server/bundle.mjs works with. */
const BUNDLER = ["node_modules/@cyclonedx/cyclonedx-library", "node_modules/esbuild"];

/** The image's bundle stage is Linux, whatever system builds the image. */
const ESBUILD_PROGRAMS = Object.keys(packages).filter((key) => key.startsWith("node_modules/@esbuild/linux-"));

/** The key in the lock file of the package that a file is of; none for the server's own. */
const keyOf = (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

const { metafile } = await build({
  entryPoints: [join(server, "main.ts"), join(server, "tools/*.ts")],
  absWorkingDir: join(server, ".."),
  bundle: true,
  platform: "node",
  outdir: "unused",
  write: false,
  metafile: true,
  // Where node_modules is a link, its packages stand where the lock file has them.
  preserveSymlinks: true,
});
const inputs = Object.entries(metafile.inputs);
const own = inputs.filter(([path]) => keyOf(path) === undefined);
const direct = own.flatMap(([, { imports }]) => imports.flatMap(({ path }) => keyOf(path) ?? []));
const bundled = inputs.flatMap(([path]) => keyOf(path) ?? []);
const kept = new Set([...bundled, ...BUNDLER, ...ESBUILD_PROGRAMS].sort());

/** The key under which the package at `from` finds `name`: Node's look-up, from the innermost folder outwards. */
function locate(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("node_modules/") - 1, 0))) {
    const key = `${folder}${folder && "/"}node_modules/${name}`;
    if (key in packages || folder === "") return key;
  }
}

/** What `npm ci` reads of a package. What the bundle holds nothing of is not installed, so nothing depends on it. */
function lockEntry(key) {
  const { version, integrity, os, cpu, libc, ...entry } = packages[key];
  const among = (dependencies = {}) => {
    const found = Object.entries(dependencies).filter(([name]) => kept.has(locate(key, name)));
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  };
  return {
    version,
    integrity,
    os,
    cpu,
    libc,
    ...(ESBUILD_PROGRAMS.includes(key) && { optional: true }),
    dependencies: among({ ...entry.peerDependencies, ...entry.dependencies }),
    optionalDependencies: among(entry.optionalDependencies),
  };
}

const versions = [...new Set([...direct, ...BUNDLER])]
  .sort()
  .map((key) => [key.replace("node_modules/", ""), packages[key].version]);
const root = { name: "server", dependencies: Object.fromEntries(versions) };
const lines = [["", root], ...[...kept].map((key) => [key, lockEntry(key)])].map(
  ([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`,
);
writeFileSync(
  join(server, "bundle-lock.json"),
  `{"name":"server","lockfileVersion":3,"packages":{\n${lines.join(",\n")}\n}}\n`,
);
