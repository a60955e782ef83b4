/** The way to a value: names of attributes and blocks, and places in lists. */
export type Path = readonly (string | number)[];

/** What is wrong with a configuration, and where. */
export interface Violation {
  readonly path: Path;
  readonly summary: string;
  readonly detail: string;
}
