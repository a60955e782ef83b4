import type { Position } from "../../topology";

/** Something that the review would have compared, and could not. */
export interface Unchecked {
  readonly address: string;
  readonly position?: Position;
  /** Such as `the path, region and encoding of the endpoint`. */
  readonly what: string;
  /** A clause that says why. */
  readonly reason: string;
}
