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

/** What a page can be led to: its headings, as GitHub names them, and the anchors in its tables. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(join(repository, page), "utf8").replace(/```[^]*?```/g, "");
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = ""]) => id)];
}

test("links into a page lead to a heading that it has", () => {
  const papers = readdirSync(repository).filter((file) => file.endsWith(".md"));
  const guides = readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" });
  const pages = [...papers, ...guides.filter((page) => page.endsWith(".md")).map((page) => join("docs", page))];
  const dead = pages.flatMap((page) =>
    [...readFileSync(join(repository, page), "utf8").matchAll(/\]\(([^)\s#]*)#([^)]+)\)/g)].filter(
      ([, link = "", anchor = ""]) => {
        const own = ADDRESS.test(link) ? link.replace(ADDRESS, "") : join(dirname(page), link);
        return !/^https:/.test(own) && !anchorsOf(link === "" ? page : own).includes(anchor);
      },
    ),
  );
  expect(dead.map(([link]) => link)).toEqual([]);
});
