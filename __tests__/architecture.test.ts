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
