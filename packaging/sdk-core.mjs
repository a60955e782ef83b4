// The parts of the MCP SDK that its client, which the command holds, and its server, which the server's library holds, both
// lean on: dist has them once.
import { build } from "esbuild";

const SDK = "@modelcontextprotocol/sdk";
const PARTS =
  /[\\/]sdk[\\/]dist[\\/]esm[\\/]((types|shared[\\/]protocol|server[\\/]zod-.*|experimental[\\/]tasks[\\/](helpers|interfaces))\.js)$/;

/** Leaves the parts out of a program, which loads them from where `place` says for each. */
const leaveOut = (place) => ({
  name: "leave the SDK's core out",
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^(\.|@modelcontextprotocol).*\.js$/ }, async ({ path, pluginData, ...asking }) => {
      if (pluginData === SDK) return undefined;
      const found = await resolve(path, { ...asking, pluginData: SDK });
      const [, part] = PARTS.exec(found.path) ?? [];
      return part === undefined ? found : { path: place(part.replaceAll("\\", "/")), external: true };
    }),
});

/** Has a program of a folder of dist load the core from beside it. */
export const sdkCoreFromBeside = leaveOut(() => "../sdk/index.js");

/** A module that exports what the programs import of the core. */
export async function sdkCore(entryPoints, external) {
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    external,
    platform: "node",
    format: "esm",
    outdir: "unused",
    write: false,
    plugins: [leaveOut((part) => `${SDK}/${part}`)],
  });
  const imports = outputFiles.flatMap(({ text }) => [...text.matchAll(/^import \{([^}]*)\} from "(.*)";$/gm)]);
  const lists = new Map();
  for (const [, list, from] of imports.filter(([, , from]) => from.startsWith(`${SDK}/`))) {
    const names = list.split(",").map((each) => each.trim().split(" ")[0]);
    lists.set(from, new Set([...(lists.get(from) ?? []), ...names]));
  }
  return [...lists].map(([from, names]) => `export { ${[...names].join(", ")} } from "${from}";`).join("\n");
}
