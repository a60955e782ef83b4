// Makes dist/cli/main.js: the command in one file, which loads its packages from node_modules. Beside it stands the
// program that runs Lambda handlers.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const cli = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(cli, "main.ts"), join(cli, "../emulator/cloud/lambda/bootstrap.ts")],
  entryNames: "[name]",
  outdir: join(cli, "../dist/cli"),
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
});
