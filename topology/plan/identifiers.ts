import type { Instance } from "../inventory";
import { isSymbolicList, isSymbolicObject, type Reference, type Symbolic, type SymbolicObject, Unknown } from "../symbolic";
import { joined } from "../symbolic/marks";

/** No identifier of a service is shorter. */
const SHORTEST = 10;

/** What services assign beside these, such as versions, names nothing. */
const IDENTIFIER = /(^|_)(id|arn|url|endpoint|secret)$/;

interface Owned {
  readonly reference: Reference;
  readonly owner: Instance;
  readonly encoded: boolean;
}

/**
 * The identifiers that services gave to what a plan finds deployed. What is created in their place gets others, so an
 * old identifier in a text stands for a reference to its resource.
 */
export class Identifiers {
  private readonly owned = new Map<string, Owned>();
  private readonly pattern?: RegExp;

  constructor(
    instances: readonly Instance[],
    assignedBy: (type: string) => readonly string[],
    private readonly isAfter: (instance: Instance, other: Instance) => boolean,
  ) {
    for (const owner of instances) this.addAll(owner, assignedBy(owner.type));
    const texts = [...this.owned.keys()].sort((left, right) => right.length - left.length).map(escaped);
    // Behind `%2F` an identifier begins as well as behind `/`.
    if (texts.length > 0) this.pattern = new RegExp(`(?<=^|[^A-Za-z0-9]|%[0-9A-F]{2})(${texts.join("|")})(?![A-Za-z0-9])`);
  }

  /** The text with references in the place of old identifiers, but for those of the user and of what waits for it. */
  follow(text: string, user?: Instance): string | Unknown {
    if (this.pattern === undefined || text.length < SHORTEST) return text;
    const pieces = text.split(this.pattern).map((piece, index) => (index % 2 === 0 ? piece : this.followed(piece, user)));
    return joined(pieces.filter((piece) => piece !== ""));
  }

  private followed(identifier: string, user: Instance | undefined): string | Unknown {
    const found = this.owned.get(identifier);
    if (found === undefined || found.owner === user || (user !== undefined && this.isAfter(found.owner, user))) return identifier;
    const { reference, encoded } = found;
    return new Unknown({ references: [reference], parts: [{ reference, encoded }] });
  }

  private addAll(owner: Instance, assigned: readonly string[]): void {
    const { values } = owner.arguments;
    const given = new Set(Object.entries(values).flatMap(([name, value]) => (IDENTIFIER.test(name) ? [] : [value])));
    for (const [attribute, text] of assigned.flatMap((name) => textsIn(name, values))) {
      if (!IDENTIFIER.test(attribute) || text.length < SHORTEST || given.has(text) || /^\d+$/.test(text)) continue;
      const reference = { address: owner.address, attribute };
      if (encodeURIComponent(text) !== text) this.add(encodeURIComponent(text), { reference, owner, encoded: true });
      this.add(text, { reference, owner, encoded: false });
    }
  }

  private add(text: string, owned: Owned): void {
    if (!this.owned.has(text)) this.owned.set(text, owned);
  }
}

/** The texts of an attribute with their paths, such as `client_secret_arn[0].secret_arn`. */
function textsIn(name: string, values: SymbolicObject): [string, string][] {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === undefined ? [] : textsAlong(name, value);
}

function textsAlong(path: string, value: Symbolic): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (isSymbolicList(value)) return value.flatMap((item, index) => textsAlong(`${path}[${index}]`, item));
  if (!isSymbolicObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => textsAlong(`${path}.${name}`, item));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
