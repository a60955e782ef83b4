// topology/deployment/hidden/: what is taken for texts that a plan hides.
import type { Instance } from "../../modules/inventory";
import {
  isSymbolicList,
  isSymbolicObject,
  type Reference,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "../../language";
import { joined } from "../../language/marks";
import { member } from "../../language/value";

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
  /** Of the identifiers, the longest first: an ARN before the id in it. */
  private readonly lengths: readonly number[];

  constructor(
    instances: readonly Instance[],
    assignedBy: (type: string) => readonly string[],
    private readonly isAfter: (instance: Instance, other: Instance) => boolean,
  ) {
    for (const owner of instances) this.addAll(owner, assignedBy(owner.type));
    this.lengths = [...new Set([...this.owned.keys()].map(({ length }) => length))].sort((left, right) => right - left);
  }

  /** The text with references in the place of old identifiers, but for those of the user and of what waits for it. */
  follow(text: string, user?: Instance): string | Unknown {
    const pieces: (string | Unknown)[] = [];
    let done = 0;
    for (let index = 0; index < text.length; index++) {
      const identifier = this.identifierAt(text, index);
      if (identifier === undefined) continue;
      pieces.push(text.slice(done, index), this.followed(identifier, user));
      done = index + identifier.length;
      index = done - 1;
    }
    return joined([...pieces, text.slice(done)].filter((piece) => piece !== ""));
  }

  private identifierAt(text: string, start: number): string | undefined {
    if (text.length - start < SHORTEST || !isBoundary(text, start)) return undefined;
    const length = this.lengths.find(
      (each) => endsAt(text, start + each) && this.owned.has(text.slice(start, start + each)),
    );
    return length === undefined ? undefined : text.slice(start, start + length);
  }

  private followed(identifier: string, user: Instance | undefined): string | Unknown {
    const found = this.owned.get(identifier);
    if (found === undefined || found.owner === user || (user !== undefined && this.isAfter(found.owner, user))) {
      return identifier;
    }
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
  const value = member(values, name);
  return value === undefined ? [] : textsAlong(name, value);
}

function textsAlong(path: string, value: Symbolic): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (isSymbolicList(value)) return value.flatMap((item, index) => textsAlong(`${path}[${index}]`, item));
  if (!isSymbolicObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => textsAlong(`${path}.${name}`, item));
}

const WORD = /[A-Za-z0-9]/;

/** An identifier begins behind `%2F` as well as behind `/`. */
function isBoundary(text: string, index: number): boolean {
  return index === 0 || !WORD.test(text.charAt(index - 1)) || /^%[0-9A-F]{2}$/.test(text.slice(index - 3, index));
}

function endsAt(text: string, index: number): boolean {
  return index <= text.length && !WORD.test(text.charAt(index));
}
