import type { Declaration, ResourceKind } from "../../topology";

/** What those who create existing objects know of the stack, and whom they tell. */
export interface Existing {
  /** Takes one sentence for each object that is taken for one that exists. */
  readonly notice: (sentence: string) => void;
  /** Whether the stack declares such a resource, created already or not. */
  isDeclared<K extends ResourceKind>(kind: K, isMeant: (declaration: Declaration<K>) => boolean): boolean;
}
