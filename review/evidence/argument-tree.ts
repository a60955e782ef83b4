import type { Block } from "../../topology";

/** An argument in the innermost block of its path, with what a rule says of the path. */
export interface FoundArgument<T> {
  readonly entry: T;
  readonly block: Block;
  readonly name: string;
}

/** What a rule says of several paths, so that the blocks that these have in common are looked at once. */
export class ArgumentTree<T> {
  private readonly branches: { readonly name: string; readonly child: ArgumentTree<T> }[] = [];
  /** What is said of the argument, and what is said of it where its block leaves it out, too. */
  private readonly entries: T[] = [];
  private readonly always: T[] = [];

  /**
   * @param pathOf - such as `protocol_configuration.mcp.search_type`; `*` stands for blocks of any name
   * @param isForAbsent - whether an entry is asked where its block leaves the argument out; @default - none is
   */
  static of<T>(
    entries: readonly T[],
    pathOf: (entry: T) => string,
    isForAbsent: (entry: T) => boolean = () => false,
  ): ArgumentTree<T> {
    const tree = new ArgumentTree<T>();
    for (const entry of entries) {
      const place = pathOf(entry)
        .split(".")
        .reduce((parent, name) => parent.child(name), tree);
      place.entries.push(entry);
      if (isForAbsent(entry)) place.always.push(entry);
    }
    return tree;
  }

  in(block: Block): readonly FoundArgument<T>[] {
    const found: FoundArgument<T>[] = [];
    this.collect(block, found);
    return found;
  }

  private child(name: string): ArgumentTree<T> {
    const known = this.branches.find((branch) => branch.name === name);
    if (known !== undefined) return known.child;
    const child = new ArgumentTree<T>();
    this.branches.push({ name, child });
    return child;
  }

  private collect(block: Block, found: FoundArgument<T>[]): void {
    const { values } = block;
    for (const { name, child } of this.branches) {
      const isThere = Object.hasOwn(values, name);
      for (const entry of isThere ? child.entries : child.always) found.push({ entry, block, name });
      if (child.branches.length === 0) continue;
      if (name === "*") for (const own of Object.keys(values)) child.collectIn(block.blocks(own), found);
      // Most of the blocks that are asked for are not there.
      else if (isThere) child.collectIn(block.blocks(name), found);
    }
  }

  private collectIn(blocks: readonly Block[], found: FoundArgument<T>[]): void {
    for (const block of blocks) this.collect(block, found);
  }
}

/** A tree for each kind of a table. */
export function argumentTrees<T>(
  table: Readonly<Record<string, readonly T[]>>,
  pathOf: (entry: T) => string,
  isForAbsent?: (entry: T) => boolean,
): ReadonlyMap<string, ArgumentTree<T>> {
  return new Map(Object.entries(table).map(([type, entries]) => [type, ArgumentTree.of(entries, pathOf, isForAbsent)]));
}
