import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

import ts from "typescript";

const FOLDERS = [
  "aws",
  "constructs",
  "options",
  "topology",
  "targets",
  "review",
  "emulator",
  "server",
  "cli",
  "testing",
  "provider",
  "bench",
  "examples",
];

/** What each source file imports of the others, types included; paths from the repository's root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function readImportGraph(): ImportGraph {
  const files = new Set(["main.ts", ...FOLDERS.flatMap(sourcesIn)]);
  return new Map([...files].map((file) => [file, importsOf(file, files)]));
}

function sourcesIn(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return paths.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
}

function importsOf(file: string, files: ReadonlySet<string>): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  return importedFiles.flatMap(({ fileName }) => {
    const path = join(dirname(file), fileName);
    const found = [`${path}.ts`, `${path}/index.ts`].find((candidate) => files.has(candidate));
    return fileName.startsWith(".") && found !== undefined ? [found] : [];
  });
}

/** The same between the files and folders that lie directly in a folder. */
export function neighboursIn(folder: string, graph: ImportGraph): ImportGraph {
  const childOf = (file: string) =>
    file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split("/", 1)[0] : undefined;
  const neighbours = new Map<string, string[]>();
  for (const [file, imports] of graph) {
    const child = childOf(file);
    if (child === undefined) continue;
    const others = imports.flatMap((imported) => childOf(imported) ?? []).filter((other) => other !== child);
    neighbours.set(child, [...(neighbours.get(child) ?? []), ...others]);
  }
  return neighbours;
}

/** Every folder that holds a source file, itself or further down. */
export function foldersOf(graph: ImportGraph): string[] {
  const ancestors = (path: string): string[] => (path === "." ? [] : [path, ...ancestors(dirname(path))]);
  return [...new Set([...graph.keys()].flatMap((file) => ancestors(dirname(file))))];
}

/** A way that leads back to where it began, or undefined where no import does. */
export function findCircle(graph: ImportGraph): string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = walk(next, [...path, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = walk(node, []);
    if (circle) return circle;
  }
  return undefined;
}
