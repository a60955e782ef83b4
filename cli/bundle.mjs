// Makes dist/cli/main.js: the command in one file, which loads its packages from node_modules.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const cli = dirname(fileURLToPath(import.meta.url));

await build({
  entryPoints: [join(cli, "main.ts")],
  outfile: join(cli, "../dist/cli/main.js"),
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
});
