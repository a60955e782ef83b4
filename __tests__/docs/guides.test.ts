import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serverFixture } from "../constructs/support/synthesized";
import { compilerFaults } from "../support/compiler-faults";
import { temporaryFolder } from "../support/temporary-folder";

const repository = resolve(__dirname, "../..");
const guides = join(repository, "docs/guides");

/** Inside the repository, for its node_modules and its compiler options. */
const programs = mkdtempSync(join(repository, "__tests__/docs/guides-"));
const outdir = temporaryFolder();
afterAll(() => rmSync(programs, { recursive: true }));

/** The TypeScript programs of the guides, by what to call them. */
const examples = readdirSync(guides).flatMap((guide) =>
  [...readFileSync(join(guides, guide), "utf8").matchAll(/```ts\n([^]*?)```/g)].map(
    ([, code = ""], index) => [`${guide.replace(".md", "")}-${index + 1}`, code] as const,
  ),
);

const fileOf = (name: string): string => join(programs, `${name}.ts`);

beforeAll(() => {
  examples.forEach(([name, code]) => writeFileSync(fileOf(name), code));
  process.env.CDKTF_OUTDIR = outdir;
});

test("the programs of the guides are right for the compiler", () => {
  expect(compilerFaults(programs)).toEqual([]);
}, 300_000);

test.each(examples)("%s synthesizes", (name) => {
  const folder = join(programs, "python-server");
  mkdirSync(folder, { recursive: true });
  cpSync(serverFixture, folder, { recursive: true });
  writeFileSync(join(folder, "main.py"), "");
  const before = process.cwd();
  process.chdir(programs);
  try {
    expect(() => jest.requireActual<object>(fileOf(name))).not.toThrow();
  } finally {
    process.chdir(before);
  }
});
