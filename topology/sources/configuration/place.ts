/** Where a file begins a block, or the value of a local. */
export interface Place {
  /** The keyword and the labels, such as `resource`, `aws_iam_role` and `gateway`, or `locals` and a name. */
  readonly path: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** The places of one file. Several blocks may have the same keyword and labels. */
export class Places {
  private readonly open = new Map<string, { readonly order: number; readonly line: number }[]>();

  constructor(places: readonly Place[]) {
    places.forEach(({ path, line }, order) => {
      const key = path.join("\0");
      const others = this.open.get(key);
      if (others === undefined) this.open.set(key, [{ order, line }]);
      else others.push({ order, line });
    });
  }

  /** The place of the next block with this keyword and these labels. */
  next(path: readonly string[]): { readonly order: number; readonly line: number } | undefined {
    return this.open.get(path.join("\0"))?.shift();
  }
}
