import { join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { onceARun } from "./once-a-run";

const repository = resolve(__dirname, "../..");

/** Within the repository, so that programs find its packages. */
const PROGRAMS = join(repository, "node_modules/.cache/programs");

/** The rooms that dist has as they are published. */
const PUBLISHED = ["constructs", "emulator", "options", "review", "topology"];

/**
 * A program of this repository as one file of JavaScript, made once in a run. It takes the constructs, the emulator and
 * what these share from dist, and so starts in a third of its sources' time.
 *
 * @param entry relative to the repository's root or absolute
 */
export function compile(entry: string): Promise<string> {
  const source = resolve(repository, entry);
  const name = relative(repository, source).replace(/\W+/g, "-");
  return onceARun(`compiled-${name}`, async () => {
    const outfile = join(PROGRAMS, `${name}.cjs`);
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      packages: "external",
      define: { __dirname: JSON.stringify(join(source, "..")) },
      plugins: [takePublished],
    });
    return outfile;
  });
}

const takePublished: Plugin = {
  name: "take what is published",
  setup(program) {
    const published = (room: string) => ({ path: join(repository, "dist", room, "index.js"), external: true });
    program.onResolve({ filter: /^cdktf-agentcore$/ }, () => published("constructs"));
    program.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const room = relative(repository, join(resolveDir, path)).replace(/\/index(\.js)?$/, "");
      return PUBLISHED.includes(room) ? published(room) : undefined;
    });
  },
};
