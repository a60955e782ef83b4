import { type Symbolic, Unknown } from "../language";
import { entryOf } from "../language/maps";

/** What stands for values that are known, and that nobody is told: the same where the values are. */
export class Untold {
  private readonly names = new Map<string, string>();

  of(value: Symbolic): Symbolic {
    if (value === null || value instanceof Unknown) return withoutText(value);
    const name = (): string => `(sensitive expression ${this.names.size + 1})`;
    return Unknown.of({ address: entryOf(this.names, JSON.stringify(value), name), attribute: "value" });
  }
}

/** What is not known yet is no secret, but the known text around it may be. */
export function withoutText<T extends Symbolic>(value: T): T | Unknown {
  return value instanceof Unknown && value.parts?.some((part) => typeof part === "string") === true
    ? Unknown.madeOf([value])
    : value;
}
