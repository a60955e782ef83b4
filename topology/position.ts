/** Where something is written. */
export interface Position {
  /** The path of the file, as the configuration was named. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Such as `gateway.tf:41`. */
export function describePosition({ file, line }: Position): string {
  return `${file}:${line}`;
}
