// Makes the package's programs in dist: the constructs, the emulator, the command, and what they share. Each is one file,
// which loads its packages from node_modules and its neighbours from beside it. Beside the emulator stands the program
// that runs Lambda handlers.
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Folders whose index is a file of its own, so that nothing is in the package twice. */
const shared = ["topology", "review", "emulator"];

const loadFromBeside = {
  name: "load from beside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const folder = relative(root, join(resolveDir, path.replace(/\/index\.js$/, "")));
      const isShared = kind !== "entry-point" && shared.includes(folder);
      return isShared ? { path: `../${folder}/index.js`, external: true } : undefined;
    }),
};

const bundle = (folder, ...entryPoints) =>
  build({
    entryPoints: entryPoints.map((entryPoint) => join(root, entryPoint)),
    entryNames: "[name]",
    outdir: join(root, "dist", folder),
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
    plugins: [loadFromBeside],
  });

await bundle("topology", "topology/index.ts");
await bundle("review", "review/index.ts");
await bundle("constructs", "constructs/index.ts");
await bundle("emulator", "emulator/index.ts", "emulator/cloud/lambda/bootstrap.ts");
await bundle("cli", "cli/main.ts");
