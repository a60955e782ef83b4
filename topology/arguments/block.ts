import { asBoolean, asNumber, member, primitiveText, type Value } from "../language/value";
import { isText, type Text, type TextList } from "../language/text";
import { isSymbolicList, isSymbolicObject, type Symbolic, type SymbolicObject, Unknown } from "../language/unknown";
import type { Readable } from "../../targets/readable";

/** What a source shows to the review: reading never fails, and what has another shape counts as left out. */
export interface Shown {
  readonly text: Text | undefined;
  readonly flag: boolean | Unknown;
  readonly texts: TextList;
  readonly map: SymbolicObject | Unknown;
}

/** The arguments of a resource or of a nested block. Reading never fails: what has another shape counts as left out. */
export class Block implements Readable<Shown> {
  declare readonly types?: Shown;

  constructor(readonly values: SymbolicObject) {}

  /** Undefined when the configuration leaves it out, also where the provider fills it in later. */
  value(name: string): Symbolic | undefined {
    const value = member(this.values, name) ?? undefined;
    return value instanceof Unknown && value.computed ? undefined : value;
  }

  text(name: string): Text | undefined {
    return this.converted(name, primitiveText);
  }

  json(name: string): Text | undefined {
    return this.text(name);
  }

  optionalText(name: string): Text | undefined {
    return this.text(name);
  }

  optionalNumber(name: string): number | Unknown | undefined {
    return this.converted(name, asNumber);
  }

  optionalBoolean(name: string): boolean | Unknown | undefined {
    return this.converted(name, asBoolean);
  }

  optionalTexts(name: string): TextList | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Unknown) return value;
    return isSymbolicList(value) ? value.filter(isText) : undefined;
  }

  optionalTextMap(name: string): SymbolicObject | Unknown | undefined {
    const value = this.value(name);
    return value instanceof Unknown || (value !== undefined && isSymbolicObject(value)) ? value : undefined;
  }

  blocks(name: string): readonly Block[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!isSymbolicList(value)) return isSymbolicObject(value) ? [new Block(value)] : [];
    return value.filter(isSymbolicObject).map((values) => new Block(values));
  }

  /** An empty one where it is missing. */
  block(name: string): Block {
    return this.optionalBlock(name) ?? new Block({});
  }

  optionalBlock(name: string): Block | undefined {
    return this.blocks(name)[0];
  }

  refuse(): void {
    // What is not supported can be reviewed.
  }

  names(): string[] {
    return Object.keys(this.values);
  }

  isOpen(name: string): boolean {
    return member(this.values, name) instanceof Unknown;
  }

  private converted<T>(name: string, convert: (value: Value) => T | undefined): T | Unknown | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Unknown) return value;
    return isSymbolicList(value) || isSymbolicObject(value) ? undefined : convert(value);
  }
}
