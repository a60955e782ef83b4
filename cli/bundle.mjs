// Makes dist/emulator/index.js, the emulator for programs, and dist/cli/main.js, the command, which loads it from
// there. Both load their packages from node_modules. Beside the emulator stands the program that runs Lambda handlers.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const cli = dirname(fileURLToPath(import.meta.url));
const emulator = join(cli, "../emulator");
const dist = join(cli, "../dist");

const options = {
  entryNames: "[name]",
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
};

const emulatorBeside = {
  name: "emulator beside",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.\/(\.\.\/)*emulator$/ }, () => ({ path: "../emulator/index.js", external: true })),
};

await build({
  ...options,
  entryPoints: [join(emulator, "index.ts"), join(emulator, "cloud/lambda/bootstrap.ts")],
  outdir: join(dist, "emulator"),
});
await build({ ...options, entryPoints: [join(cli, "main.ts")], outdir: join(dist, "cli"), plugins: [emulatorBeside] });
