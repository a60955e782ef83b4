// What `npm start` runs: synthesizes main.ts, serves the result and makes the article's calls. The programs in dist start
// in a third of their sources' time; they are made anew where a source is younger. With --watch the sources run, since
// the server is started again from them.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** What dist is made of, but for what npm installs. */
const SOURCES = [
  "aws",
  "cli",
  "constructs",
  "emulator",
  "options",
  "packaging",
  "review",
  "server",
  "targets",
  "topology",
  "package.json",
];
const PROGRAMS = ["dist/cli/main.js", "dist/server/main.js"].map((file) => join(root, file));

/** Folders count too: they are as young as the latest file that came or went. */
function youngest(path) {
  const status = statSync(path);
  const inside = status.isDirectory() ? readdirSync(path).map((name) => youngest(join(path, name))) : [];
  return Math.max(status.mtimeMs, ...inside);
}

function makePrograms() {
  const made = PROGRAMS.map((file) => (existsSync(file) ? statSync(file).mtimeMs : 0));
  if (Math.max(...SOURCES.map((source) => youngest(join(root, source)))) < Math.min(...made)) return;
  for (const script of ["cli/bundle.mjs", "server/bundle.mjs"])
    execFileSync(process.execPath, [script], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

/** main.ts as a program that takes the constructs from dist. */
async function compileMain() {
  const constructs = {
    name: "constructs",
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\.\/constructs(\/index)?(\.js)?$/ }, () => ({
        path: join(root, "dist/constructs/index.js"),
        external: true,
      })),
  };
  const { outputFiles } = await build({
    entryPoints: [join(root, "main.ts")],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    logLevel: "error",
    sourcemap: "inline",
    define: { __dirname: JSON.stringify(root) },
    plugins: [constructs],
  });
  return outputFiles[0].contents;
}

/** Resolves to the exit status of main.ts. */
async function synthesize() {
  const child = spawn(process.execPath, ["--enable-source-maps", "-"], {
    cwd: root,
    stdio: ["pipe", "inherit", "inherit"],
  });
  const closed = once(child, "close");
  try {
    child.stdin.end(await compileMain());
  } catch {
    // esbuild has said what is wrong, and where.
    child.kill();
  }
  const [status] = await closed;
  return status ?? 1;
}

makePrograms();
const parameters = process.argv.slice(2);
const synthesis = synthesize();
const watches = parameters.includes("--watch");
if (watches) {
  const { register } = await import("tsx/cjs/api");
  register();
} else {
  require("../dist/emulator/index.js");
}
const status = await synthesis;
if (status !== 0) process.exit(status);
const command = join(root, watches ? "cli/main.ts" : "dist/cli/main.js");
process.argv = [process.execPath, command, "up", "cdktf.out", "--walk", ...parameters];
require(command);
