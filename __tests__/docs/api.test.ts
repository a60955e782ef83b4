import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../support/temporary-folder";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");

/** Every file of a folder, by its path in it. */
function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

describe("docs/api", () => {
  const folder = temporaryFolder();

  test("is what `npm run docs:api` makes of the docstrings, without a warning and with every public symbol", async () => {
    const program = join(repository, "node_modules/typedoc/bin/typedoc");
    // Warnings are errors, and a public symbol without a docstring is a warning (typedoc.json).
    await run(process.execPath, [program, "--out", folder], { cwd: repository }).catch(
      ({ stdout, stderr }: { stdout: string; stderr: string }) => {
        throw new Error(stdout + stderr);
      },
    );
    const [written, current] = [filesIn(join(repository, "docs/api")), filesIn(folder)];
    expect(Object.keys(written)).toEqual(Object.keys(current));
    expect(Object.keys(current).filter((path) => written[path] !== current[path])).toEqual([]);
  }, 120_000);
});
