import { architecturePicture } from "./support/architecture-picture";
import { expectExcerpt } from "./support/excerpts";
import { findCircle, foldersOf, neighboursIn, readImportGraph } from "./support/import-graph";

const graph = readImportGraph();

test("no file imports itself by way of others", () => {
  expect(graph.size).toBeGreaterThan(400);
  expect(findCircle(graph)).toBeUndefined();
});

test("no folder leans on a neighbour that leans on it", () => {
  const circles = foldersOf(graph).flatMap((folder) => {
    const circle = findCircle(neighboursIn(folder, graph));
    return circle ? [`${folder}: ${circle.join(" → ")}`] : [];
  });
  expect(circles).toEqual([]);
});

test("ARCHITECTURE.md shows the rooms as the imports say", () => {
  expectExcerpt("ARCHITECTURE.md", "rooms", architecturePicture(graph));
});

test("a picture has an arrow from who imports to what is imported, unless others imply it", () => {
  const picture = architecturePicture(
    new Map([
      ["cli/main.ts", ["review/rules/one.ts", "topology/index.ts"]],
      ["review/rules/one.ts", ["review/report/text.ts", "topology/index.ts"]],
      ["review/report/text.ts", []],
      ["topology/index.ts", []],
    ]),
  );
  expect(picture.split("\n").filter((line) => line.includes("-->"))).toEqual([
    "    review/rules --> review/report",
    "  cli --> review",
    "  review --> topology",
  ]);
});

test("a circle is found with the way that it takes", () => {
  const circular = new Map([
    ["a/one.ts", ["a/b/two.ts"]],
    ["a/b/two.ts", ["a/c/three.ts"]],
    ["a/c/three.ts", ["a/b/four.ts"]],
    ["a/b/four.ts", []],
  ]);
  expect(findCircle(circular)).toBeUndefined();
  expect(findCircle(neighboursIn("a", circular))).toEqual(["b", "c", "b"]);
  expect(findCircle(new Map([...circular, ["a/b/four.ts", ["a/b/two.ts"]]]))).toEqual([
    "a/b/two.ts",
    "a/c/three.ts",
    "a/b/four.ts",
    "a/b/two.ts",
  ]);
});
