import { type Symbolic, Unknown } from "../language";

/** What stands for values that are known, and that nobody is told: the same where the values are. */
export class Untold {
  private readonly names = new Map<string, string>();

  of(value: Symbolic): Symbolic {
    if (value === null || value instanceof Unknown) return withoutText(value);
    const key = JSON.stringify(value);
    const name = this.names.get(key) ?? `(sensitive expression ${this.names.size + 1})`;
    this.names.set(key, name);
    return Unknown.of({ address: name, attribute: "value" });
  }
}

/** What is not known yet is no secret, but the known text around it may be. */
export function withoutText<T extends Symbolic>(value: T): T | Unknown {
  return value instanceof Unknown && value.parts?.some((part) => typeof part === "string") === true
    ? Unknown.madeOf([value])
    : value;
}
