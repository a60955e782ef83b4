import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../review";
import { expectExcerpt } from "../support/excerpts";
import { mistakes } from "./mistakes";

const read = (path: string): string => readFileSync(join(__dirname, "../..", path), "utf8");

test("docs/review.md lists every rule with its severity, what it demands and who says so", () => {
  const rows = rules.map(({ id, severity, summary, source }) => {
    const told = source.startsWith("https://") ? `[source](${source})` : source;
    return `| \`${id}\` | ${severity} | ${summary} | ${told} |`;
  });
  const table = ["| id | severity | what it demands | who says so |", "|---|---|---|---|", ...rows].join("\n");
  expectExcerpt("docs/review.md", "rules", table);
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
  for (const { rule } of mistakes.filter(({ number }) => number !== undefined))
    expect([rule, severities.get(rule)]).toEqual([rule, rule === "scopes-empty" ? "warning" : "error"]);
});
