import { entriesOf, isSymbolicObject, type Symbolic, Unknown } from "../language";
import { entryOf } from "../language/maps";

/** What stands for values that are known, and that nobody is told: the same where the values are. */
export class Untold {
  private readonly names = new Map<string, string>();

  of(value: Symbolic): Symbolic {
    return hidden(value, (known) => this.expression(known));
  }

  private expression(value: Symbolic): Symbolic {
    if (value === null) return value;
    const name = (): string => `(sensitive expression ${this.names.size + 1})`;
    return Unknown.of({ address: entryOf(this.names, JSON.stringify(value), name), attribute: "value" });
  }
}

/** Of an object with members that are not known yet, which are no secrets, the others alone are hidden. */
export function hidden(value: Symbolic, hide: (known: Symbolic) => Symbolic): Symbolic {
  if (value instanceof Unknown) return withoutText(value);
  if (!isSymbolicObject(value) || !Object.values(value).some((inner) => inner instanceof Unknown)) return hide(value);
  return Object.fromEntries(entriesOf(value).map(([name, inner]) => [name, hidden(inner, hide)]));
}

/** What is not known yet is no secret, but the known text around it may be. */
export function withoutText<T extends Symbolic>(value: T): T | Unknown {
  return value instanceof Unknown && value.parts?.some((part) => typeof part === "string") === true
    ? Unknown.madeOf([value])
    : value;
}
