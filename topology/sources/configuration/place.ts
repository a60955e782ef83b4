import { grouped } from "../../language/maps";
import type { IgnoreComment } from "../../modules/node";

/** Where a file begins a block, or the value of a local. */
export interface Place {
  /** The keyword and the labels, such as `resource`, `aws_iam_role` and `gateway`, or `locals` and a name. */
  readonly path: readonly string[];
  /** From 1. */
  readonly line: number;
  /** Those in the block, and right above it. @default - none */
  readonly ignores?: readonly IgnoreComment[];
}

interface OrderedPlace extends Place {
  readonly order: number;
}

/** The places of one file. Several blocks may have the same keyword and labels. */
export class Places {
  private readonly open: ReadonlyMap<string, OrderedPlace[]>;

  constructor(places: readonly Place[]) {
    const ordered = places.map((place, order) => ({ ...place, order }));
    this.open = grouped(ordered, ({ path }) => path.join("\0"));
  }

  /** The place of the next block with this keyword and these labels. */
  next(path: readonly string[]): OrderedPlace | undefined {
    return this.open.get(path.join("\0"))?.shift();
  }
}
