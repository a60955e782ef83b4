import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { review, rules } from "../../review";
import { inventoryOf, readDocument } from "../../topology";
import { REPOSITORY } from "../support/command";
import { expectExcerpt } from "../support/excerpts";
import { temporaryFolder } from "../support/temporary-folder";
import { cleanStack } from "./clean-stack";
import { inHcl } from "./hcl";
import { mistakes } from "./mistakes";
import { print as printReview } from "./reports";

const read = (path: string): string => readFileSync(join(__dirname, "../..", path), "utf8");

test("docs/review.md lists every rule with its severity, what it demands and who says so", () => {
  const rows = rules.map(({ id, severity, summary, source }) => {
    const told = source.startsWith("https://") ? `[source](${source})` : source;
    return `| \`${id}\` | ${severity} | ${summary} | ${told} |`;
  });
  const table = ["| id | severity | what it demands | who says so |", "|---|---|---|---|", ...rows].join("\n");
  expectExcerpt("docs/review.md", "rules", table);
});

describe("docs/review.md shows what is printed of a folder", () => {
  const hcl = inHcl(cleanStack()).replace('server_protocol = "MCP"', 'server_protocol = "HTTP"');
  const folder = temporaryFolder({
    "main.tf": `${hcl}\nmodule "tools" {\n  source = "example.com/tools/aws"\n}\n`,
  });
  const inInfra = (text: string): string => text.replaceAll(relative(".", folder), "infra").replaceAll(folder, "infra");
  const print = (format: string, of = readDocument(folder)): string =>
    inInfra(printReview(format, review(inventoryOf(of)), { artifact: "infra" }));
  const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
  const json = (format: string): Record<string, object[]> => JSON.parse(print(format)) as Record<string, object[]>;
  const indented = (value: unknown): string => fenced("json", JSON.stringify(value, undefined, 2));

  const excerpts: Readonly<Record<string, () => string>> = {
    text: () => fenced("text", print("text").replace(/What each role may do[\s\S]*?(?=Findings)/, "")),
    json: () => {
      const { findings, unchecked } = json("json");
      return indented({ findings, unchecked });
    },
    sarif: () => indented((json("sarif")["runs"] as [{ results: object[] }])[0].results[0]),
    junit: () => fenced("xml", print("junit").split("\n").slice(3, 6).join("\n")),
    "code-quality": () => indented((JSON.parse(print("code-quality")) as object[]).slice(0, 1)),
    markdown: () => fenced("markdown", print("markdown").split("<details>")[0] ?? ""),
    mermaid: () => fenced("mermaid", print("mermaid")),
    acknowledged: () => {
      const open = hcl
        .replace('server_protocol = "HTTP"', 'server_protocol = "MCP"')
        .replace('authorizer_type = "CUSTOM_JWT"', 'authorizer_type = "NONE"')
        .replace(
          /(resource "aws_bedrockagentcore_gateway" "main")/,
          "# cdktf-agentcore:ignore gateway-open A demo.\n$1",
        )
        .replace(
          /(resource "aws_bedrockagentcore_gateway" "main"[\s\S]*?)authorizer_configuration \{[\s\S]*?\n\}\n\}\n/,
          "$1",
        );
      const text = print("text", readDocument(temporaryFolder({ "main.tf": open })));
      return fenced("text", text.trimEnd().split("\n").at(-1) ?? "");
    },
  };

  test.each(Object.keys(excerpts))("in %s", (name) => {
    expectExcerpt("docs/review.md", name, excerpts[name]?.() ?? "");
  });
});

describe("docs/review.md shows a command as a pipeline runs it", () => {
  const hcl = inHcl(cleanStack()).replace('server_protocol = "MCP"', 'server_protocol = "HTTP"');
  const folder = temporaryFolder({ "infra/main.tf": hcl });
  const file = (name: string): string => readFileSync(join(folder, name), "utf8").trimEnd();
  /** The command, the last line that it prints, and its exit status. */
  const run = (...args: string[]): string => {
    const command = [join(REPOSITORY, "dist/cli/main.js"), "review", "infra", ...args];
    const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    const last = (stdout + stderr).trimEnd().split("\n").at(-1) ?? "";
    return ["$ cdktf-agentcore review infra", ...args].join(" ") + `\n${last}\n$ echo $?\n${status}`;
  };
  const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

  test("with a baseline", () => {
    const steps = [
      run(),
      run("--write-baseline", "baseline.json"),
      `$ cat baseline.json\n${file("baseline.json")}`,
      run("--baseline", "baseline.json"),
    ];
    expectExcerpt("docs/review.md", "baseline", fenced("console", steps.join("\n")));
  });

  test("with a configuration file", () => {
    const config = { failOn: "warning", strict: true, skip: ["tools-paged"], baseline: "baseline.json" };
    run("--write-baseline", "baseline.json");
    writeFileSync(join(folder, "cdktf-agentcore.json"), JSON.stringify(config));
    const steps = [`$ cat cdktf-agentcore.json\n${file("cdktf-agentcore.json")}`, run()];
    expectExcerpt("docs/review.md", "config", fenced("console", steps.join("\n")));
  });
});

test("the README's table names the rule of each of the 15 mistakes, and its count is that of the tests", () => {
  const readme = read("README.md");
  const rows = [...readme.matchAll(/^\| (\d+) \| .* \| `([a-z-]+)`/gm)].map(([, number, rule]) => [
    Number(number),
    rule,
  ]);
  const numbered = mistakes.filter(({ number }) => number !== undefined).map(({ number, rule }) => [number, rule]);
  expect(rows).toHaveLength(15);
  expect(rows).toEqual(numbered.sort(([left], [right]) => Number(left) - Number(right)));
  expect(readme).toContain(
    `${mistakes.filter(({ notPlanned }) => notPlanned === undefined).length} mistakes of the tests`,
  );
});

test("each of the 15 mistakes is an error, but for one that AWS takes", () => {
  const severities = new Map(rules.map(({ id, severity }) => [id, severity]));
  for (const { rule } of mistakes.filter(({ number }) => number !== undefined)) {
    expect([rule, severities.get(rule)]).toEqual([rule, rule === "scopes-empty" ? "warning" : "error"]);
  }
});
