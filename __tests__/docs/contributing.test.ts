import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

const repository = resolve(__dirname, "../..");
const TAKING_PART = [
  "aws",
  "options",
  "targets",
  "topology",
  "review",
  "emulator",
  "server",
  "cli",
  "package.json",
  "tsconfig.json",
  "oxlint.config.mjs",
];

/** A numbered line of a walk, with the code below it. */
interface Step {
  readonly text: string;
  readonly code: string;
}

const [, page = ""] = /^## Walks\n([^]*?)^## /m.exec(readFileSync(join(repository, "CONTRIBUTING.md"), "utf8")) ?? [];
const walks = page.split(/^### /m).slice(1).map(readWalk);

function readWalk(section: string): readonly [title: string, steps: readonly Step[]] {
  const [title = "", ...lines] = section.split("\n");
  const numbered = lines.join("\n").match(/^\d\. (?:.*\n)(?:(?: {3}.*)?\n)*/gm) ?? [];
  return [title, numbered.map(readStep)];
}

function readStep(numbered: string): Step {
  const [text = "", code = ""] = numbered.slice("1. ".length).split(/^ {3}```.*\n/m);
  return { text: text.replace(/\s+/g, " "), code: code.replace(/^ {3}/gm, "") };
}

let tree: string;
const changed = new Set<string>();

beforeAll(() => {
  tree = temporaryFolder();
  TAKING_PART.forEach((path) => cpSync(join(repository, path), join(tree, path), { recursive: true }));
  symlinkSync(join(repository, "node_modules"), join(tree, "node_modules"));
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
  changed.add(path);
}

function insert(path: string, text: string, anchor: string): void {
  const lines = readFileSync(join(tree, path), "utf8").split("\n");
  const places = lines.flatMap((line, index) => (line.trim().startsWith(anchor) ? [index] : []));
  expect({ path, anchor, places: places.length }).toEqual({ path, anchor, places: 1 });
  lines.splice((places[0] ?? 0) + 1, 0, text);
  write(path, lines.join("\n"));
}

/** Does what the line says. @returns whether it says something to do */
function take({ text, code }: Step): boolean {
  const [, written] = /^Write `([^`]+)`/.exec(text) ?? [];
  if (written !== undefined) write(written, code);
  const [, file = "", put = ""] = /(?:^|; and )in `([^`]+)`(.*)/i.exec(text) ?? [];
  for (const [, line = "", anchor = ""] of put.matchAll(/`([^`]+)` below `([^`]+)`/g)) insert(file, line, anchor);
  const [, anchor] = /put below `([^`]+)`/.exec(put) ?? [];
  if (anchor !== undefined) insert(file, code, anchor);
  const [, command = "", said] = /^See `npx tsx ([^`]+)` say `([^`]+)`/.exec(text) ?? [];
  if (said !== undefined) {
    const words = command.split(" ");
    write(words.find((word) => word.startsWith("try/")) ?? "", code);
    const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", ...words], {
      cwd: tree,
      encoding: "utf8",
    });
    expect(stdout || stderr).toContain(said);
  }
  return written !== undefined || file !== "" || said !== undefined;
}

test("there is a walk for what is added most often", () => {
  expect(walks.map(([title]) => title)).toEqual([
    "A tool of the bundled server",
    "A rule of the review",
    "A kind of gateway target",
    "An operation of an AWS API",
    "A kind of Terraform resource",
  ]);
});

test.each(walks)("%s is added in at most five lines, and works", (_, steps) => {
  expect(steps.length).toBeLessThanOrEqual(5);
  const taken = steps.filter(take);
  expect(taken.map(({ text }) => text.split(" ")[0])).toContain("See");
  const untaken = steps.filter((step) => !taken.includes(step));
  expect(untaken.filter(({ code }) => code !== "")).toEqual([]);
});

test("what the walks add is right for the compiler and the linter", () => {
  const files = [...changed].filter((path) => /\.m?ts$/.test(path));
  expect(files.length).toBeGreaterThan(8);
  const oxlint = join(repository, "node_modules/.bin/oxlint");
  const options = { cwd: tree, encoding: "utf8" } as const;
  const { stdout, status } = spawnSync(oxlint, ["-c", "oxlint.config.mjs", ...files], options);
  expect({ stdout, status }).toEqual({
    stdout: expect.stringContaining("Found 0 warnings and 0 errors") as string,
    status: 0,
  });
}, 120_000);
