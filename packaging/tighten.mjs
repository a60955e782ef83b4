// Takes blanks out of dist/server/main.js, which weighs most in the package. Names stay and lines are short, so that stack
// traces can be read. Images are built of the sources, and keep the blanks.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const file = join(dirname(fileURLToPath(import.meta.url)), "../dist/server/main.js");
const settings = {
  minifyWhitespace: true,
  lineLimit: 120,
  platform: "node",
  target: "node20",
  legalComments: "inline",
};
const { code } = transformSync(readFileSync(file, "utf8"), settings);
writeFileSync(file, code);
