import { readFileSync } from "node:fs";
import { dirname } from "node:path/posix";

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

test("one file of each folder says in a line what the folder is: its index, where there is one", () => {
  const isOfProduct = (folder: string) => !/^(bench|examples)\b/.test(folder);
  const untold = foldersOf(graph)
    .filter(isOfProduct)
    .filter((folder) => {
      const files = [...graph.keys()].filter((file) => dirname(file) === folder);
      const index = `${folder}/index.ts`;
      const candidates = files.includes(index) ? [index] : files;
      const told = candidates.filter((file) => readFileSync(file, "utf8").startsWith(`// ${folder}/: `));
      return files.length > 0 && told.length !== 1;
    });
  expect(untold).toEqual([]);
});

test("what AWS's services answer as errors is worded in one file of each, with the codes of JSON-RPC", () => {
  const services =
    /^emulator\/(cloud\/(api-gateway|cognito|ecr|gateway|iam|identity|lambda|logs|policy|runtime|s3|secrets-manager)|http\/(agentcore-|api-gateway|cognito-|ecr|gateway|iam|lambda|logs|s3|secrets-manager))/;
  const elsewhere = [...graph.keys()]
    .filter((file) => services.test(file) && !/[/-]errors\.ts$/.test(file))
    .filter((file) =>
      /new (AwsError|NotEmulated|TargetError|McpServerError|JsonRpcError)\(|refusal\("|-32\d{3}\b/.test(
        readFileSync(file, "utf8"),
      ),
    );
  // A package that is missing is no error of the service.
  expect(elsewhere).toEqual(["emulator/cloud/policy/cedar.ts"]);
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
