import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { BuildContext } from "../../../constructs/runtime/artifact/build-context";
import { serverFixture } from "../support/synthesized";
import { temporaryFolder } from "../../support/temporary-folder";

let directory: string;
beforeEach(() => (directory = temporaryFolder()));

function write(files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

const contextOf = (source: string, dockerfile = "Dockerfile", exclude: string[] = []) =>
  new BuildContext({ directory: source, dockerfile, exclude });
const hashOf = (source: string) => contextOf(source).hash("parameters");

/** The files that reach the builder. */
function staged(context: BuildContext): string[] {
  const target = temporaryFolder();
  context.copyTo(target);
  const entries = readdirSync(target, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(target.length + 1))
    .sort();
}

/** Each with what the Docker documentation and BuildKit say about it. */
const ignoreFiles: [name: string, ignoreFile: string, expected: string[]][] = [
  ["no rule", "", [".dockerignore", "Dockerfile", "a/b/c.ts", "a/b/d.js", "a/e.ts", "f.ts", "node_modules/g/h.ts"]],
  ["an allow list of a folder", "*\n!a", ["Dockerfile", "a/b/c.ts", "a/b/d.js", "a/e.ts"]],
  ["an allow list of a nested folder", "*\n!a/b", ["Dockerfile", "a/b/c.ts", "a/b/d.js"]],
  ["an allow list of a nested file", "*\n!a/b/c.ts", ["Dockerfile", "a/b/c.ts"]],
  ["an allow list with a pattern", "**\n!a/**/*.ts", ["Dockerfile", "a/b/c.ts", "a/e.ts"]],
  ["an allow list with a leading pattern", "**\n!**/*.js", ["Dockerfile", "a/b/d.js"]],
  ["an exception taken back", "*\n!a\na/b", ["Dockerfile", "a/e.ts"]],
  ["comments, blanks and slashes", "# no\n\n  /a/ \nnode_modules/\n.dockerignore", ["Dockerfile", "f.ts"]],
  ["a pattern at any depth", "**/*.ts\n.dockerignore", ["Dockerfile", "a/b/d.js"]],
  ["another case", "*\n!A", ["Dockerfile"]],
  ["everything", "*", ["Dockerfile"]],
];

describe("a build context", () => {
  test.each(ignoreFiles)("holds what Docker sends with %s", (_, ignoreFile, expected) => {
    const files = ["Dockerfile", "a/b/c.ts", "a/b/d.js", "a/e.ts", "f.ts", "node_modules/g/h.ts"];
    write({ ".dockerignore": ignoreFile, ...Object.fromEntries(files.map((file) => [file, file])) });
    expect(staged(contextOf(directory))).toEqual(expected);
  });

  test("holds all files without a .dockerignore", () => {
    write({ Dockerfile: "FROM scratch", "b.ts": "" });
    expect(staged(contextOf(directory))).toEqual(["Dockerfile", "b.ts"]);
  });

  test("prefers the ignore file of a Dockerfile, and finds a Dockerfile in an ignored folder", () => {
    write({
      ".dockerignore": "b.ts",
      "docker/Dockerfile.dockerignore": "*\n!b.ts",
      "docker/Dockerfile": "",
      "b.ts": "",
      "c.ts": "",
    });
    expect(staged(contextOf(directory, "docker/Dockerfile"))).toEqual(["b.ts", "docker/Dockerfile"]);
  });

  test("leaves the output of synthesis out", () => {
    write({ Dockerfile: "", "out/stacks/cdk.tf.json": "{}" });
    expect(staged(contextOf(directory, "Dockerfile", ["out"]))).toEqual(["Dockerfile"]);
  });

  test("keeps symbolic links as links", () => {
    write({ Dockerfile: "", "real.ts": "" });
    symlinkSync("real.ts", join(directory, "link.ts"));
    symlinkSync("/nowhere", join(directory, "dangling"));
    expect(staged(contextOf(directory))).toEqual(["Dockerfile", "dangling", "link.ts", "real.ts"]);
  });
});

describe("the hash of a build context", () => {
  test("is the same for the same files elsewhere", () => {
    cpSync(serverFixture, directory, { recursive: true });
    expect(hashOf(directory)).toBe(hashOf(serverFixture));
    expect(hashOf(directory)).toMatch(/^[0-9a-f]{32}$/);
  });

  test("does not change with a file that is left out", () => {
    cpSync(serverFixture, directory, { recursive: true });
    write({ "notes.txt": "other", "src/tests/new.test.js": "other" });
    expect(hashOf(directory)).toBe(hashOf(serverFixture));
  });

  test.each([
    ["content", { "src/server.js": "other" }],
    ["an added file", { "src/added.js": "" }],
    ["the Dockerfile", { Dockerfile: "FROM scratch" }],
  ])("changes with %s", (_, files) => {
    cpSync(serverFixture, directory, { recursive: true });
    write(files);
    expect(hashOf(directory)).not.toBe(hashOf(serverFixture));
  });

  test("changes with a file's name", () => {
    cpSync(serverFixture, directory, { recursive: true });
    const content = readFileSync(join(directory, "src/server.js"), "utf8");
    rmSync(join(directory, "src/server.js"));
    write({ "src/renamed.js": content });
    expect(hashOf(directory)).not.toBe(hashOf(serverFixture));
  });

  test("changes with the build's parameters", () => {
    expect(contextOf(serverFixture).hash({ platform: "a" })).not.toBe(contextOf(serverFixture).hash({ platform: "b" }));
  });
});
