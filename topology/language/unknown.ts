import { ExactNumber, type Numeric } from "./number";
import { collection, kindOf, sortedNames, type Value } from "./value";

/**
 * Values of a configuration before it is applied: what is known stands as it is, what Terraform learns only at apply
 * keeps its identity.
 */

/** An attribute of a resource or data source, or another named value that cannot be followed further. */
export interface Reference {
  /** Such as `module.auth.aws_cognito_user_pool.outbound[0]`, `data.aws_region.current` or `local.scopes`. */
  readonly address: string;
  /** Such as `id` or `client_secret_arn[0].secret_arn`; empty for the whole value. */
  readonly attribute: string;
}

/** A part of a text that is known only at apply. */
export interface Placeholder {
  readonly reference: Reference;
  /** Whether the value passes through `urlencode`, so that it holds no slash, colon or blank. */
  readonly encoded: boolean;
}

export type Part = string | Placeholder;

export type Symbolic = null | boolean | Numeric | string | Unknown | readonly Symbolic[] | SymbolicObject;

export interface SymbolicObject {
  readonly [name: string]: Symbolic;
}

/** Puts what is known by now in the place of what was unknown. */
export type Settle = (value: Symbolic) => Symbolic;

interface UnknownFacts {
  /** A function where working them out early would run in circles. */
  readonly references: readonly Reference[] | (() => readonly Reference[]);
  /** @default - what the value is made of */
  readonly mentioned?: () => readonly Reference[];
  readonly parts?: readonly Part[];
  readonly computed?: boolean;
  readonly member?: (name: string) => Symbolic | undefined;
  readonly again?: (settle: Settle) => Symbolic;
  readonly failure?: Error;
}

/** A value that is not known, or not wholly. */
export class Unknown {
  /** Known text and placeholders in order; undefined where the source does not show the form. */
  readonly parts?: readonly Part[];
  /** Whether the configuration leaves the value to the provider. */
  readonly computed: boolean;
  /** Evaluates the expression that it comes from once more, in its scope; undefined where the source does not show it. */
  readonly again?: (settle: Settle) => Symbolic;
  /** Why the expression that it comes from has no value. */
  readonly failure?: Error;
  private readonly memberOf?: (name: string) => Symbolic | undefined;
  private madeOf: UnknownFacts["references"];
  private readonly mentionedOf?: UnknownFacts["mentioned"];
  private knownMentioned?: readonly Reference[];

  constructor({ references, mentioned, parts, computed = false, member, again, failure }: UnknownFacts) {
    this.madeOf = references;
    this.mentionedOf = mentioned;
    this.parts = parts;
    this.computed = computed;
    this.memberOf = member;
    this.again = again;
    this.failure = failure;
  }

  /** Everything that the value is made of; empty where the source does not tell. */
  get references(): readonly Reference[] {
    if (typeof this.madeOf !== "function") return this.madeOf;
    const workOut = this.madeOf;
    this.madeOf = [];
    return (this.madeOf = workOut());
  }

  /** Everything that the expression names, also where its value is known; as far as the source tells. */
  get mentioned(): readonly Reference[] {
    return (this.knownMentioned ??= this.mentionedOf?.() ?? this.references);
  }

  /** The same value, of which the source tells what its expression names, or how it is asked again. */
  with(facts: Pick<UnknownFacts, "mentioned" | "again">): Unknown {
    const { madeOf: references, mentionedOf: mentioned, parts, computed, memberOf: member, again, failure } = this;
    return new Unknown({ references, mentioned, parts, computed, member, again, failure, ...facts });
  }

  /** Exactly the value of a reference. */
  static of(reference: Reference, member?: (name: string) => Symbolic | undefined): Unknown {
    return new Unknown({ references: [reference], parts: [{ reference, encoded: false }], member });
  }

  /** Made of the unknown values among the given ones, in a way that `again` alone knows; without a value where one of them has none. */
  static madeOf(values: readonly Symbolic[], again?: (settle: Settle) => Symbolic): Unknown {
    const isShown = again !== undefined && values.every((value) => measureOf(value).isShown);
    return new Unknown({
      references: uniqueReferences(values.flatMap(referencesIn)),
      again: isShown ? again : undefined,
      failure: failureIn(values),
    });
  }

  /** What an expression that has no value stands for. */
  static failed(failure: Error, addresses: readonly string[]): Unknown {
    return new Unknown({ failure, references: addresses.map((address) => ({ address, attribute: "" })) });
  }

  /** Whether it is a whole block, whose attributes are known one by one. */
  get isWhole(): boolean {
    const [part, ...others] = this.parts ?? [];
    return typeof part === "object" && others.length === 0 && part.reference.attribute === "";
  }

  /** An attribute or an element of the value. */
  member(name: string | number): Symbolic {
    const found = this.memberOf?.(String(name));
    if (found !== undefined) return found;
    const [part, ...others] = this.parts ?? [];
    if (typeof part !== "object" || others.length > 0 || part.encoded) return Unknown.madeOf([this]);
    const { address, attribute } = part.reference;
    const step = typeof name === "number" ? `[${name}]` : attribute === "" ? name : `.${name}`;
    return Unknown.of({ address, attribute: attribute + step });
  }
}

export function isSymbolicList(value: Symbolic): value is readonly Symbolic[] {
  return Array.isArray(value);
}

export function isSymbolicObject(value: Symbolic): value is SymbolicObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof ExactNumber)
  );
}

/** The names and values of an object in Terraform's order. */
export function entriesOf(object: SymbolicObject): (readonly [string, Symbolic])[] {
  return sortedNames(Object.keys(object)).map((name) => [name, object[name] ?? null]);
}

/** The keys and items of a list or an object; those of a set are their own keys. Undefined for anything else. */
export function elementsOf(value: Symbolic): (readonly [Symbolic, Symbolic])[] | undefined {
  if (!isSymbolicList(value)) return isSymbolicObject(value) ? entriesOf(value) : undefined;
  const isSet = kindOf(value) === "set";
  return value.map((item, index) => [isSet ? item : index, item]);
}

/** A list or an object of the same kind, whose items are changed; anything else as it is. */
export function withItems(value: Symbolic, change: (item: Symbolic) => Symbolic): Symbolic {
  if (isSymbolicList(value)) return collection(kindOf(value), value.map(change));
  if (!isSymbolicObject(value)) return value;
  const members = Object.entries(value).map(([name, item]) => [name, change(item)] as const);
  return collection(kindOf(value), Object.fromEntries(members));
}

/** What is told of a value as a whole. */
interface Measure {
  /** Characters and values in it, each as often as it stands there. */
  readonly weight: number;
  readonly isKnown: boolean;
  /** Whether the source shows all that it is made of, so that it is known once its references are. */
  readonly isShown: boolean;
}

const measures = new WeakMap<object, Measure>();

/** Looks at each list and object once, however often it stands in others. */
export function measureOf(value: Symbolic): Measure {
  if (typeof value === "string") return { weight: 1 + value.length, isKnown: true, isShown: true };
  if (typeof value !== "object" || value === null || value instanceof ExactNumber) return LEAF;
  if (value instanceof Unknown) return value.parts === undefined && value.again === undefined ? HIDDEN : SHOWN;
  const known = measures.get(value);
  if (known !== undefined) return known;
  const inner = (isSymbolicList(value) ? value : Object.values(value)).map(measureOf);
  const names = isSymbolicList(value) ? 0 : Object.keys(value).reduce((sum, name) => sum + name.length, 0);
  const measure = {
    weight: inner.reduce((sum, { weight }) => sum + weight, 1 + names),
    isKnown: inner.every(({ isKnown }) => isKnown),
    isShown: inner.every(({ isShown }) => isShown),
  };
  measures.set(value, measure);
  return measure;
}

const LEAF: Measure = { weight: 1, isKnown: true, isShown: true };
const SHOWN: Measure = { weight: 1, isKnown: false, isShown: true };
const HIDDEN: Measure = { weight: 1, isKnown: false, isShown: false };

export function isKnown(value: Symbolic): value is Value {
  return typeof value === "string" || measureOf(value).isKnown;
}

/** All references of the unknown values in a value. */
export function referencesIn(value: Symbolic): readonly Reference[] {
  if (value instanceof Unknown) return value.references;
  if (isSymbolicList(value)) return value.flatMap(referencesIn);
  return isSymbolicObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** Why one of the values has none, where that is so. */
export function failureIn(value: Symbolic): Error | undefined {
  if (value instanceof Unknown) return value.failure;
  if (measureOf(value).isShown) return undefined;
  const items = isSymbolicList(value) ? value : isSymbolicObject(value) ? Object.values(value) : [];
  for (const item of items) {
    const failure = failureIn(item);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

export function uniqueReferences(references: readonly Reference[]): readonly Reference[] {
  if (references.length < 2) return references;
  return [...new Map(references.map((reference) => [referenceText(reference), reference])).values()];
}

/** Whether a reference stands for a value that is known and not told; its address says so in brackets. */
export function isUntold({ address }: Reference): boolean {
  return address.startsWith("(");
}

/** Such as `aws_cognito_user_pool.outbound.id`. */
export function referenceText(reference: Reference): string {
  const { address, attribute } = reference;
  if (isUntold(reference)) return address;
  return attribute === "" || attribute.startsWith("[") ? address + attribute : `${address}.${attribute}`;
}
