import type { AwsError } from "./errors";

/** What there is of one kind, in order of creation. */
export class Registry<Item> {
  /** By name, ARN or id. */
  protected readonly items = new Map<string, Item>();

  /** @param unknown makes the error for one that is not there */
  constructor(protected readonly unknown: (key: string) => AwsError) {}

  has(key: string): boolean {
    return this.items.has(key);
  }

  find(key: string): Item | undefined {
    return this.items.get(key);
  }

  /** @throws AwsError where there is none */
  get(key: string): Item {
    const item = this.items.get(key);
    if (item === undefined) throw this.unknown(key);
    return item;
  }

  /** @throws AwsError where there is none */
  delete(key: string): void {
    this.get(key);
    this.items.delete(key);
  }

  all(): readonly Item[] {
    return [...this.items.values()];
  }
}
