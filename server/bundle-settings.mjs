// What the server's programs are made with.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const server = dirname(fileURLToPath(import.meta.url));

/** Puts a list of the tool files in the place of the module that looks for them in a folder. */
function listToolFiles() {
  const files = readdirSync(join(server, "tools"))
    .filter((file) => file.endsWith(".ts"))
    .sort();
  const imports = files.map((file, index) => `import * as tool${index} from "./tools/${file}";`);
  const list = files.map((file, index) => `{ file: "tools/${file}", exports: tool${index} }`);
  return {
    contents: `${imports.join("\n")}\nexport const loadToolFiles = () => [${list.join(", ")}];`,
    resolveDir: server,
  };
}

/**
 * The SDK makes a JSON Schema validator in every server, for what clients answer when they are asked something, and in every
 * client, for what tools answer. This server asks nothing, and starts 20 ms sooner without ajv; the command shows any answer.
 */
export const withoutValidator = {
  name: "without a JSON Schema validator",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]sdk[\\/]dist[\\/]esm[\\/]validation[\\/]ajv-provider\.js$/ }, () => ({
      contents: "export class AjvJsonSchemaValidator {}",
    })),
};

/**
 * zod by the name that the SDK has for it. The SDK is loaded late, so zod too becomes a module that a call loads, and
 * esbuild forgets that call for an index file that only the server imports.
 */
function nameZodAsSdk({ onResolve, resolve }) {
  onResolve({ filter: /^zod$/ }, ({ importer, resolveDir, kind }) => resolve("zod/v4", { importer, resolveDir, kind }));
}

export const settings = {
  // Paths in the bundle's comments are relative to it.
  absWorkingDir: join(server, ".."),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  // The image's bundle stage has no tsconfig.json, and must make the same bytes.
  tsconfigRaw: { compilerOptions: { strict: true } },
  minify: !process.argv.includes("--readable"),
  // So that a stack trace in a log can be read.
  keepNames: true,
  lineLimit: 120,
  legalComments: "eof",
  plugins: [
    withoutValidator,
    {
      name: "server",
      setup(build) {
        const { onLoad } = build;
        nameZodAsSdk(build);
        onLoad({ filter: /[\\/]server[\\/]tool-files\.ts$/ }, listToolFiles);
        // zod's messages come in English: its 50 other languages stay out.
        onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
      },
    },
  ],
};
