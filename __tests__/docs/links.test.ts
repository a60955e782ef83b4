import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const repository = resolve(__dirname, "../..");

/** Where the repository will be. npm shows the README elsewhere, so its links are absolute. */
const ADDRESS = /^https:\/\/github\.com\/OWNER\/cdktf-agentcore\/(?:blob|tree)\/main\//;

const linksOf = (page: string): string[] =>
  [...readFileSync(join(repository, page), "utf8").matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(
    ([, link = ""]) => link,
  );

test("the README's links are absolute, and those into the repository lead somewhere", () => {
  const links = linksOf("README.md");
  expect(links.filter((link) => !link.startsWith("https://"))).toEqual([]);
  const own = links.filter((link) => ADDRESS.test(link)).map((link) => link.replace(ADDRESS, ""));
  expect(own.length).toBeGreaterThan(10);
  expect(own.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});

test("the links between the pages of docs lead somewhere", () => {
  const pages = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" });
  const dead = pages
    .filter((page) => page.endsWith(".md"))
    .flatMap((page) =>
      linksOf(join("docs", page))
        .filter((link) => !link.startsWith("https://"))
        .map((link) => join(dirname(page), link)),
    )
    .filter((path) => !existsSync(join(repository, "docs", path)));
  expect(dead).toEqual([]);
});

test("the links of the papers lead somewhere", () => {
  const papers = readdirSync(repository).filter((file) => file.endsWith(".md") && file !== "README.md");
  const links = papers.flatMap(linksOf).filter((link) => !link.startsWith("https://"));
  expect(links.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
});
