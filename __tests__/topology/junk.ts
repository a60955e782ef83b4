import { createHash } from "node:crypto";

/** Draws numbers that depend on the seed alone, so that a failure can be repeated. */
export class Dice {
  private draws = 0;

  constructor(private readonly seed: number) {}

  below(limit: number): number {
    const hash = createHash("sha256")
      .update(`${this.seed}/${this.draws++}`)
      .digest();
    return hash.readUInt32BE() % limit;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("nothing to choose from");
    return choice;
  }
}

type Place = [container: Record<string, unknown> | unknown[], key: string];

/** Every place of a document, to be changed in place. */
export function places(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const container = value as Record<string, unknown>;
  return Object.keys(container).flatMap((key): Place[] => [[container, key], ...places(container[key])]);
}
