const { existsSync, readFileSync } = require("node:fs");
const { dirname, join } = require("node:path");

const startsByPath = new Map();

/** Whether a test file, or what it imports of the tests and benches, starts other programs. */
function startsPrograms(path) {
  if (!startsByPath.has(path)) {
    // Until it is known, for files that import each other.
    startsByPath.set(path, false);
    const text = readFileSync(path, "utf8");
    const imported = [...text.matchAll(/^(?:import|export) (?!type\b)[^"]* from "(\.[^"]+)"/gm)].map(
      ([, name]) => `${join(dirname(path), name)}.ts`,
    );
    const own = imported.filter((file) => /__tests__|\/bench\//.test(file) && existsSync(file));
    startsByPath.set(path, text.includes('"node:child_process"') || own.some(startsPrograms));
  }
  return startsByPath.get(path);
}

/** The filter of `npm run test:quick`: test files that start no other program. */
module.exports = async (paths) => ({
  filtered: paths.filter((path) => !startsPrograms(path)).map((test) => ({ test })),
});
