import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repository } from "./packed";
import { temporaryFolder } from "../support/temporary-folder";

const read = (path: string): string => readFileSync(join(repository, path), "utf8");

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly strategy?: { readonly matrix: object }; readonly steps: readonly object[] }>
  >;
}

test("the workflow runs what .ci/run runs, on every Node.js that is served", () => {
  const { jobs } = parse(read(".github/workflows/ci.yml")) as Workflow;
  expect(jobs.test?.strategy?.matrix).toEqual({ node: [20, 22, 24] });
  expect(jobs.test?.steps.at(-1)).toEqual({ run: ".ci/run" });
});

test("npm run test:quick runs what starts no other program, of every room", async () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const [, filter = ""] = /--filter=(\S+)/.exec(scripts["test:quick"] ?? "") ?? [];
  const choose = jest.requireActual<(paths: string[]) => Promise<{ filtered: { test: string }[] }>>(
    join(repository, filter),
  );
  const all = readdirSync(join(repository, "__tests__"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => join(repository, "__tests__", path));
  const { filtered } = await choose(all);
  const quick = filtered.map(({ test }) => test.slice(join(repository, "__tests__/").length));
  const rooms = ["aws", "cli", "constructs", "emulator", "review", "server", "topology"];
  expect(rooms.filter((room) => !quick.some((path) => path.startsWith(`${room}/`)))).toEqual([]);
  expect(quick).toContain("topology/resources.test.ts");
  const slow = ["package/papers.test.ts", "cli/up.test.ts", "e2e/terraform.test.ts", "emulator/apis/article.test.ts"];
  expect(quick.filter((path) => slow.includes(path))).toEqual([]);
});

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly { readonly id: string; readonly attributes: { readonly label?: string } }[];
}

const forms = readdirSync(join(repository, ".github/ISSUE_TEMPLATE")).filter((file) => file !== "config.yml");

test.each(forms)("the issue form %s asks for something", (file) => {
  const { name, description, body: fields } = parse(read(`.github/ISSUE_TEMPLATE/${file}`)) as Form;
  expect([typeof name, typeof description]).toEqual(["string", "string"]);
  expect(fields.length).toBeGreaterThan(1);
  expect(fields.filter(({ attributes }) => attributes.label === undefined)).toEqual([]);
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
});

test("updates are looked for wherever versions are pinned", () => {
  const { updates } = parse(read(".github/dependabot.yml")) as { updates: Record<string, string>[] };
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["npm", "docker", "github-actions"]);
});

test("every decision is listed, with what it was taken between", () => {
  const pages = readdirSync(join(repository, "docs/decisions")).filter((page) => page !== "README.md");
  const listed = [...read("docs/decisions/README.md").matchAll(/\]\(([^)]+)\)/g)].map(([, page]) => page);
  expect(listed).toEqual(pages);
  const parts = ["# ", "**Context.** ", "**Options.** ", "**Decision.** ", "**So** "];
  const isWhole = (text: string) => parts.every((part) => text.includes(part));
  expect(pages.filter((page) => !isWhole(read(`docs/decisions/${page}`)))).toEqual([]);
});

test("the package says where it is at home, at the address of the README's links", () => {
  const { author, homepage, repository: source, bugs } = JSON.parse(read("package.json")) as Record<string, unknown>;
  const [address] = /https:\/\/github\.com\/[\w-]+\/cdktf-agentcore/.exec(read("README.md")) ?? [];
  expect({ homepage, source, bugs }).toEqual({
    homepage: `${address}#readme`,
    source: { type: "git", url: `git+${address}.git` },
    bugs: { url: `${address}/issues` },
  });
  expect(author).toContain(`(${address}`);
});

describe("a release", () => {
  let folder: string;
  beforeEach(() => (folder = temporaryFolder()));

  /** `npm version` runs the script after it has written the version and before it commits. */
  const changelog = (before: string) => {
    writeFileSync(join(folder, "package.json"), '{ "name": "released", "version": "0.2.0" }');
    writeFileSync(join(folder, "CHANGELOG.md"), before);
    const script = join(repository, "packaging/changelog.mjs");
    const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
    return { status, stderr, text: readFileSync(join(folder, "CHANGELOG.md"), "utf8") };
  };

  test("puts what is unreleased under its version and date", () => {
    expect(JSON.parse(read("package.json"))).toMatchObject({
      scripts: { version: "node packaging/changelog.mjs && git add CHANGELOG.md" },
    });
    const today = new Date().toISOString().slice(0, 10);
    const { status, text } = changelog("# Changelog\n\n## Unreleased\n\n### Review\n- A rule.\n\n## 0.1.0\n\nFirst.\n");
    expect([status, text]).toEqual([
      0,
      `# Changelog\n\n## Unreleased\n\n## 0.2.0 - ${today}\n\n### Review\n- A rule.\n\n## 0.1.0\n\nFirst.\n`,
    ]);
    expect(changelog("# Changelog\n\n## Unreleased\n- The last section.\n").text).toContain(
      `## 0.2.0 - ${today}\n- The last`,
    );
    expect(changelog(read("CHANGELOG.md")).status).toBe(0);
  });

  test.each([
    ["nothing has changed", "## Unreleased\n\n## 0.1.0\n- First.\n", 'has no line under "## Unreleased"'],
    ["nothing says what has", "# Changelog\n", 'has no section "## Unreleased"'],
    ["there was one of the version", "## Unreleased\n- A.\n\n## 0.2.0 - 2026-01-01\n", "has a section 0.2.0 already"],
  ])("leaves the changelog as it is where %s", (_, before, sentence) => {
    const { status, stderr, text } = changelog(before);
    expect([status, text]).toEqual([1, before]);
    expect(stderr).toContain(sentence);
  });

  const release = (cwd: string, ...args: readonly string[]) => {
    // Nothing is built, and no registry asked.
    const offline = { npm_config_registry: "http://127.0.0.1:9", npm_config_fetch_retries: "0" };
    const env = { ...process.env, npm_config_ignore_scripts: "true", ...offline };
    const script = join(repository, "packaging/release.mjs");
    return spawnSync(process.execPath, [script, ...args], { cwd, env, encoding: "utf8" });
  };

  test("is rehearsed with provenance", () => {
    const { status, stdout } = release(repository, "--dry-run");
    expect(stdout).toContain("npm publish --provenance --access public --dry-run");
    expect(stdout).toContain("+ cdktf-agentcore@");
    expect(status).toBe(0);
  });

  test("ends before npm where an address is a placeholder, the changelog lacks the version or the commit its tag", () => {
    const bugs = "https://github.com/OWNER/released/issues";
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "released", version: "0.2.0", bugs }));
    writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n- A rule.\n");
    const { status, stdout, stderr } = release(folder);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")).toEqual([
      "package.json has a placeholder for an address (OWNER or example.invalid).",
      'CHANGELOG.md has no section 0.2.0 with a date: "npm version" makes it.',
      'The commit has no tag v0.2.0: "npm version" makes it.',
      "released 0.2.0 is not published.",
      "",
    ]);
  });
});
