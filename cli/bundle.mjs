// Makes the package's programs in dist: the constructs, with an entry for either framework, the emulator, the command,
// the server to be imported, and what they share. Each is one file, which loads the package's dependencies from
// node_modules and its neighbours from beside it, and holds what else it needs. Beside the emulator stand the programs
// that run Lambda handlers, and the page for a browser.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { entryFor, LIBRARY_WRAPPER, sdkCheck } from "../packaging/frameworks.mjs";
import { sdkCore, sdkCoreFromBeside } from "../packaging/sdk-core.mjs";
import { linesOnly } from "../packaging/source-maps.mjs";
import { settings as serverSettings, withoutValidator } from "../server/bundle-settings.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { name, dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Folders whose index is a file of its own, so that nothing is in the package twice. */
const shared = ["options", "topology", "review", "emulator", "testing"];

/** Tests use a client and servers of the SDK that they have themselves. */
const SDK = "@modelcontextprotocol/sdk";

const loadFromBeside = {
  name: "load from beside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir, kind }) => {
      const folder = relative(root, join(resolveDir, path.replace(/\/index\.js$/, "")));
      const isShared = kind !== "entry-point" && shared.includes(folder);
      return isShared ? { path: `../${folder}/index.js`, external: true } : undefined;
    }),
};

const loaded = [name, "tsx", ...Object.keys({ ...dependencies, ...peerDependencies })];
const external = loaded.filter((each) => each !== SDK);

const bundle = (folder, entryPoints, options) =>
  build({
    entryPoints: entryPoints.map((entryPoint) => join(root, entryPoint)),
    entryNames: "[name]",
    outdir: join(root, "dist", folder),
    bundle: true,
    external,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
    minify: true,
    plugins: [loadFromBeside],
    ...options,
  });

/** Sources of `aws/` say what AWS says and throw nothing: the package does without them. */
const isOfFacts = (source) => source.startsWith("../../aws/");

/** Node.js shows the line that throws, so that lines are short. */
async function bundleConstructs() {
  const { metafile } = await bundle("constructs", ["constructs/index.ts"], {
    entryNames: "library",
    lineLimit: 120,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
    banner: { js: LIBRARY_WRAPPER.begin },
    footer: { js: LIBRARY_WRAPPER.end },
  });
  const library = join(root, "dist/constructs/library.js");
  const map = JSON.parse(readFileSync(`${library}.map`, "utf8"));
  writeFileSync(`${library}.map`, JSON.stringify(linesOnly(map, isOfFacts)));
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const [, names] = /0&&\(module\.exports=\{([^}]*)\}\)/.exec(readFileSync(library, "utf8"));
  const exported = names.split(/[\s,]+/).filter((name) => name !== "guarded");
  for (const [framework, folder] of [
    ["cdktf", "constructs"],
    ["cdktn", "cdktn"],
  ]) {
    mkdirSync(join(root, "dist", folder), { recursive: true });
    writeFileSync(join(root, "dist", folder, "index.js"), entryFor(framework, imports, exported));
  }
}

/** For programs that start the server themselves, with tools of their own: their zod is the server's. Names would be 3 kB. */
async function bundleServer() {
  const options = { ...serverSettings, external: ["zod"], keepNames: false };
  await bundle("server", ["server/index.ts"], { ...options, plugins: [...options.plugins, sdkCoreFromBeside] });
  const contents = await sdkCore([join(root, "cli/main.ts"), join(root, "server/sdk.ts")], external);
  await bundle("sdk", [], { ...options, stdin: { contents, resolveDir: root }, entryNames: "index" });
}

await bundle("options", ["options/index.ts"]);
await bundle("topology", ["topology/index.ts"]);
await bundle("review", ["review/index.ts"]);
await bundleConstructs();
await bundle("emulator", ["emulator/index.ts", "emulator/cloud/lambda/bootstrap.ts"]);
copyFileSync(join(root, "emulator/cloud/lambda/bootstrap.py"), join(root, "dist/emulator/bootstrap.py"));
await bundle("emulator/console", ["emulator/console/main.ts", "emulator/console/console.css"], {
  external: [],
  platform: "browser",
  target: "es2023",
  format: "esm",
});
for (const file of ["index.html", "icon.svg"])
  copyFileSync(join(root, "emulator/console", file), join(root, "dist/emulator/console", file));
await bundle("cli", ["cli/main.ts"], { plugins: [loadFromBeside, sdkCoreFromBeside, withoutValidator] });
await bundleServer();
await bundle("testing", ["testing/index.ts", "testing/setup.ts"], {
  external: loaded,
  banner: { js: sdkCheck() },
});
