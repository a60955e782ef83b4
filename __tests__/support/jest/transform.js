const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { transformSync, version } = require("esbuild");

const OPTIONS = {
  loader: "ts",
  format: "cjs",
  target: "node20",
  // Jest has no import() without an experimental option of Node.js.
  supported: { "dynamic-import": false },
  sourcemap: "external",
  // In the place of getters of getters, which take longer than what is called by them. No circle of files needs these.
  footer: 'module.exports = Object.defineProperty({ ...module.exports }, "__esModule", { value: true });',
};
const SELF = readFileSync(__filename, "utf8");

/** TypeScript to CommonJS; `npm run typecheck` looks at the types. */
module.exports = {
  process(source, path) {
    return transformSync(source, { ...OPTIONS, sourcefile: path });
  },
  getCacheKey(source, path) {
    return createHash("sha256").update([version, SELF, path, source].join("\0")).digest("hex");
  },
};
