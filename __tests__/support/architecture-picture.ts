import { type ImportGraph, neighboursIn } from "./import-graph";

const ROOMS = [
  "main.ts",
  "testing",
  "cli",
  "constructs",
  "review",
  "emulator",
  "topology",
  "targets",
  "aws",
  "options",
  "server",
];

/** The rooms with the folders in them, as a Mermaid flowchart: an arrow from who imports to what is imported. */
export function architecturePicture(graph: ImportGraph): string {
  const roomOf = (file: string) => file.split("/", 1)[0] ?? file;
  const rooms = new Map(ROOMS.map((room) => [room, new Set<string>()]));
  for (const [file, imports] of graph) {
    const importing = roomOf(file);
    for (const imported of imports.map(roomOf)) if (imported !== importing) rooms.get(importing)?.add(imported);
  }
  const inside = ROOMS.flatMap((room) => picture(room, foldersIn(room, graph)));
  return ["```mermaid", "flowchart TD", ...inside, ...arrows(rooms, (room) => room), "```"].join("\n");
}

type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

function foldersIn(room: string, graph: ImportGraph): Arrows {
  const isFolder = (name: string) => !name.endsWith(".ts");
  const neighbours = [...neighboursIn(room, graph)].filter(([name]) => isFolder(name)).sort();
  return new Map(neighbours.map(([name, others]) => [name, new Set(others.filter(isFolder).sort())]));
}

function picture(room: string, folders: Arrows): string[] {
  if (folders.size === 0) return [`  ${room}`];
  const id = (folder: string) => `${room}/${folder}`;
  const nodes = [...folders.keys()].map((folder) => `${id(folder)}[${folder}]`);
  return [`  subgraph ${room}`, `    ${nodes.join(" & ")}`, ...arrows(folders, id).map((line) => `  ${line}`), "  end"];
}

/** An arrow that others imply is left out. */
function arrows(graph: Arrows, id: (name: string) => string): string[] {
  return [...graph].flatMap(([from, targets]) =>
    [...targets]
      .filter((target) => ![...targets].some((other) => other !== target && reaches(graph, other, target)))
      .map((target) => `  ${id(from)} --> ${id(target)}`),
  );
}

function reaches(graph: Arrows, from: string, target: string): boolean {
  return [...(graph.get(from) ?? [])].some((next) => next === target || reaches(graph, next, target));
}
