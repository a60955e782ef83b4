import type { Block } from "../topology";

/** An argument in the innermost block of its path, with what a rule says of the path. */
export interface FoundArgument<T> {
  readonly entry: T;
  readonly block: Block;
  readonly name: string;
}

/** What a rule says of several paths, so that the blocks that these have in common are looked at once. */
export class ArgumentTree<T> {
  private readonly children = new Map<string, ArgumentTree<T>>();
  private readonly entries: T[] = [];

  /** @param pathOf - such as `protocol_configuration.mcp.search_type`; `*` stands for blocks of any name */
  static of<T>(entries: readonly T[], pathOf: (entry: T) => string): ArgumentTree<T> {
    const tree = new ArgumentTree<T>();
    for (const entry of entries) {
      const place = pathOf(entry)
        .split(".")
        .reduce((parent, name) => parent.child(name), tree);
      place.entries.push(entry);
    }
    return tree;
  }

  in(block: Block): readonly FoundArgument<T>[] {
    const found: FoundArgument<T>[] = [];
    this.collect(block, found);
    return found;
  }

  private child(name: string): ArgumentTree<T> {
    const known = this.children.get(name) ?? new ArgumentTree<T>();
    this.children.set(name, known);
    return known;
  }

  private collect(block: Block, found: FoundArgument<T>[]): void {
    for (const [name, child] of this.children) {
      for (const entry of child.entries) found.push({ entry, block, name });
      if (child.children.size === 0) continue;
      for (const own of name === "*" ? Object.keys(block.values) : [name]) {
        // Most of the blocks that are asked for are not there.
        if (!Object.hasOwn(block.values, own)) continue;
        for (const inner of block.blocks(own)) child.collect(inner, found);
      }
    }
  }
}

/** A tree for each kind of a table. */
export function argumentTrees<T>(
  table: Readonly<Record<string, readonly T[]>>,
  pathOf: (entry: T) => string,
): ReadonlyMap<string, ArgumentTree<T>> {
  return new Map(Object.entries(table).map(([type, entries]) => [type, ArgumentTree.of(entries, pathOf)]));
}
