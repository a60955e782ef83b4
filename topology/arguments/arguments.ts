// topology/arguments/: the arguments of a block, by name and type.
import type { Known, Readable } from "../../targets/readable";
import { invalidArgument, missingArgument, TopologyError, unsupportedArgument, unsupportedResource } from "../errors";
import { parseObject } from "../language/members";
import { isSymbolicList, isSymbolicObject, type Symbolic, type SymbolicObject, Unknown } from "../language/unknown";
import {
  asBoolean,
  asNumber,
  isList,
  oneOrMany,
  isObject,
  member,
  primitiveText,
  typeName,
  type Value,
  type ValueObject,
} from "../language/value";

/**
 * Makes of what the source shows of an argument the value that counts.
 * @param argument - such as `authorizer_configuration.custom_jwt_authorizer.allowed_clients`
 * @returns undefined for an argument that counts as left out
 */
export type SettleArgument = (shown: Symbolic, argument: string) => Value | undefined;

/** Takes the name of an argument that is not supported, and left out. */
export type LeaveOut = (argument: string) => void;

const AS_IT_IS: SettleArgument = (evaluated) => evaluated as Value;

/** The arguments of a resource, a data source or a nested block, read by name and type and settled only then. */
export class Arguments implements Readable<Known> {
  declare readonly types?: Known;

  constructor(
    readonly address: string,
    private readonly shown: SymbolicObject,
    private readonly settle: SettleArgument,
    /** Where a nested block stands, such as `oauth2_provider_config.`. */
    private readonly prefix = "",
    /** @default - an argument that is not supported is refused */
    private readonly leaveOut?: LeaveOut,
  ) {}

  /** Arguments that are evaluated, so that nothing in them is open. */
  static evaluated(address: string, values: ValueObject): Arguments {
    return new Arguments(address, values, AS_IT_IS);
  }

  text(name: string): string {
    return this.required(name, this.optionalText(name));
  }

  json(name: string): string {
    const text = this.text(name);
    if (parseObject(text) === undefined) throw this.invalid(name, "must be a JSON policy document");
    return text;
  }

  optionalText(name: string): string | undefined {
    return this.converted(name, primitiveText, "a string");
  }

  optionalNumber(name: string): number | undefined {
    return this.converted(name, asNumber, "a number");
  }

  number(name: string): number {
    return this.required(name, this.optionalNumber(name));
  }

  optionalBoolean(name: string): boolean | undefined {
    return this.converted(name, asBoolean, "true or false");
  }

  /** A list or set of strings; undefined when it is left out. */
  optionalTexts(name: string): readonly string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isList(value)) throw this.invalid(name, `must be a list, not ${typeName(value)}`);
    // An element that names several texts, such as the scopes of a server, stands for them.
    return value
      .flatMap((item) => (isList(item) && item.length > 0 ? item : [item]))
      .map((item) => {
        const text = primitiveText(item);
        if (text === undefined) throw this.invalid(name, `must hold strings, not ${typeName(item)}`);
        return text;
      });
  }

  texts(name: string): readonly string[] {
    return this.optionalTexts(name) ?? [];
  }

  /** The strings of a list whose values can be had: what hangs on something that is not read is left out. */
  knownTexts(name: string): readonly string[] {
    const shown = this.open(name);
    if (shown === undefined) return [];
    const items = isSymbolicList(shown) ? shown : [shown];
    return items.flatMap((item) => {
      try {
        const value = this.settle(item, this.prefix + name) ?? null;
        return oneOrMany(value).flatMap((entry) => primitiveText(entry) ?? []);
      } catch (error) {
        if (error instanceof TopologyError) return [];
        throw error;
      }
    });
  }

  /** A map of strings; undefined when it is left out. */
  optionalTextMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isObject(value)) throw this.invalid(name, `must be a map, not ${typeName(value)}`);
    const inner = new Arguments(this.address, value, AS_IT_IS, `${this.prefix}${name}.`);
    return Object.fromEntries(Object.keys(value).map((key) => [key, inner.text(key)]));
  }

  /** All nested blocks of a type; in JSON one block may stand without a list around it. */
  blocks(name: string): Arguments[] {
    const open = this.open(name);
    // How many blocks a `dynamic` one makes may be known only now.
    const shown = open instanceof Unknown ? this.settle(open, this.prefix + name) : open;
    if (shown === undefined || shown === null) return [];
    const blocks = isSymbolicList(shown) ? shown : [shown];
    return blocks.map(
      (block) =>
        new Arguments(this.address, this.nested(name, block), this.settle, `${this.prefix}${name}.`, this.leaveOut),
    );
  }

  optionalBlock(name: string): Arguments | undefined {
    const blocks = this.blocks(name);
    if (blocks.length > 1) throw this.invalid(name, `may stand once, not ${blocks.length} times`);
    return blocks[0];
  }

  block(name: string): Arguments {
    return this.required(name, this.optionalBlock(name));
  }

  /** In a deployment all that stands in a block is there. */
  isOpen(): boolean {
    return false;
  }

  /** The names that have a value. */
  names(): string[] {
    return Object.keys(this.shown).filter((name) => name !== "//" && this.open(name) !== undefined);
  }

  /** The value as it is; null counts as left out, as in Terraform. */
  value(name: string): Value | undefined {
    const shown = this.open(name);
    return shown === undefined ? undefined : (this.settle(shown, this.prefix + name) ?? undefined);
  }

  invalid(name: string, reason: string): Error {
    return invalidArgument(this.address, this.prefix + name, reason);
  }

  /** Refuses an argument, unless what is not supported is to be left out. @throws TopologyError UNSUPPORTED_ARGUMENT */
  refuse(name: string, reason = "is not supported"): void {
    if (this.leaveOut === undefined) throw unsupportedArgument(this.address, this.prefix + name, reason);
    this.leaveOut(this.prefix + name);
  }

  /** An argument that is not supported, without which the resource would be something else. */
  unsupported(name: string, reason: string): Error {
    return unsupportedResource(this.address, this.prefix + name, reason);
  }

  /** What is shown; undefined where the source leaves it out or to the provider. */
  private open(name: string): Symbolic | undefined {
    const shown = member(this.shown, name) ?? undefined;
    return shown instanceof Unknown && shown.computed ? undefined : shown;
  }

  private nested(name: string, shown: Symbolic): SymbolicObject {
    if (isSymbolicObject(shown)) return shown;
    const block = this.settle(shown, this.prefix + name) ?? null;
    if (!isObject(block)) throw this.invalid(name, `must be a block, not ${typeName(block)}`);
    return block;
  }

  private converted<T>(name: string, convert: (value: Value) => T | undefined, type: string): T | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const result = convert(value);
    if (result === undefined) throw this.invalid(name, `must be ${type}, not ${typeName(value)}`);
    return result;
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw missingArgument(this.address, this.prefix + name);
    return value;
  }
}
