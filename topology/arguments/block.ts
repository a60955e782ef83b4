import { asBoolean, asNumber, primitiveText } from "../language/value";
import { isText, type Text } from "../language/text";
import { isSymbolicList, isSymbolicObject, type Symbolic, type SymbolicObject, Unknown } from "../language/unknown";

/** A list of texts; unknown as a whole where not even its length is known. */
export type TextList = readonly Text[] | Unknown;

/** What is the same of a block whether all of its values are known, as for a deployment, or not, as for the review. */
export interface Nested<B> {
  names(): readonly string[];
  blocks(name: string): readonly B[];
  /** @throws TopologyError for several of them, where all values are known */
  optionalBlock(name: string): B | undefined;
}

/** The arguments of a resource or of a nested block. Reading never fails: what has another shape counts as left out. */
export class Block implements Nested<Block> {
  constructor(readonly values: SymbolicObject) {}

  /** Undefined when the configuration leaves it out, also where the provider fills it in later. */
  value(name: string): Symbolic | undefined {
    const value = Object.hasOwn(this.values, name) ? (this.values[name] ?? undefined) : undefined;
    return value instanceof Unknown && value.computed ? undefined : value;
  }

  text(name: string): Text | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    return isText(value) ? value : typeof value === "object" ? undefined : primitiveText(value);
  }

  optionalNumber(name: string): number | Unknown | undefined {
    const value = this.value(name);
    return value === undefined || value instanceof Unknown
      ? value
      : isSymbolicList(value) || isSymbolicObject(value)
        ? undefined
        : asNumber(value);
  }

  optionalBoolean(name: string): boolean | Unknown | undefined {
    const value = this.value(name);
    return value === undefined || value instanceof Unknown
      ? value
      : isSymbolicList(value) || isSymbolicObject(value)
        ? undefined
        : asBoolean(value);
  }

  optionalTexts(name: string): TextList | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Unknown) return value;
    return isSymbolicList(value) ? value.filter(isText) : undefined;
  }

  map(name: string): SymbolicObject | Unknown | undefined {
    const value = this.value(name);
    return value instanceof Unknown || (value !== undefined && isSymbolicObject(value)) ? value : undefined;
  }

  blocks(name: string): readonly Block[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!isSymbolicList(value)) return isSymbolicObject(value) ? [new Block(value)] : [];
    return value.filter(isSymbolicObject).map((values) => new Block(values));
  }

  block(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  optionalBlock(name: string): Block | undefined {
    return this.block(name);
  }

  names(): string[] {
    return Object.keys(this.values);
  }

  /** Whether blocks of this name may be there that the source does not show. */
  isOpen(name: string): boolean {
    return Object.hasOwn(this.values, name) && this.values[name] instanceof Unknown;
  }
}
