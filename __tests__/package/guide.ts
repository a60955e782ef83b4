import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "./packed";

const GUIDE = join(repository, "docs/guides/testing.md");

/** Of an example, without its first line. */
const MOST_LINES = 20;

/** The example of that name: its first line says it. */
function exampleOf(name: string): string {
  const examples = [...readFileSync(GUIDE, "utf8").matchAll(/```(?:js|python)\n([^]*?)```/g)].map(
    ([, code = ""]) => code,
  );
  const found = examples.find((code) => code.startsWith(`// ${name}\n`) || code.startsWith(`# ${name}\n`));
  if (found === undefined) throw new Error(`The guide has no ${name}.`);
  const lines = found.trim().split("\n").length - 1;
  if (name.includes(".test.") && lines > MOST_LINES) throw new Error(`The guide's ${name} has ${lines} lines.`);
  return found;
}

/** A folder with examples of the guide for tests, beside the `cdktf.out` of a project and as if the package was installed. */
export function testsOfGuide(project: string, folder: string, names: readonly string[]): string {
  const tests = join(project, folder);
  mkdirSync(tests);
  cpSync(join(project, "cdktf.out"), join(tests, "cdktf.out"), { recursive: true });
  for (const name of names) writeFileSync(join(tests, name), exampleOf(name));
  return tests;
}

/** npm's link to the command, in the folder of tests. */
export function linkCommand(project: string, tests: string): void {
  const program = join(project, "node_modules/cdktf-agentcore/dist/cli/main.js");
  chmodSync(program, 0o755);
  mkdirSync(join(tests, "node_modules/.bin"), { recursive: true });
  symlinkSync(program, join(tests, "node_modules/.bin/cdktf-agentcore"));
}
