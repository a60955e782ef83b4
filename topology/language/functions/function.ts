import { failed } from "../error";
import type { Numeric } from "../number";
import { requireNumber, requireNumeric, requireText } from "../operators";
import { isList, isObject, kindOf, typeName, type Value, type ValueObject } from "../value";

export interface TerraformFunction {
  readonly minimum: number;
  readonly maximum: number;
  readonly call: (values: readonly Value[]) => Value;
}

/** A function of a fixed number of arguments. */
export function fixed(count: number, call: (args: CallArguments) => Value): TerraformFunction {
  return variadic(count, call, count);
}

/** A function of at least so many arguments, and at most so many where there is a most. */
export function variadic(minimum: number, call: (args: CallArguments) => Value, maximum = Infinity): TerraformFunction {
  return { minimum, maximum, call: (values) => call(new CallArguments(values)) };
}

/** The arguments of a call, converted as Terraform converts them. */
export class CallArguments {
  constructor(readonly values: readonly Value[]) {}

  value(index: number): Value {
    return this.values[index] ?? null;
  }

  /** One that may not be null. */
  something(index: number): Value {
    const value = this.value(index);
    if (value === null) throw failed(`${this.name(index)} must not be null`);
    return value;
  }

  text(index: number): string {
    return requireText(this.value(index), this.name(index));
  }

  numeric(index: number): Numeric {
    return requireNumeric(this.value(index), this.name(index));
  }

  number(index: number): number {
    return requireNumber(this.value(index), this.name(index));
  }

  integer(index: number): number {
    const number = this.number(index);
    if (!Number.isInteger(number)) throw failed(`${this.name(index)} must be a whole number`);
    return number;
  }

  list(index: number): readonly Value[] {
    const value = this.value(index);
    if (!isList(value)) throw failed(`${this.name(index)} must be a list, not ${typeName(value)}`);
    return value;
  }

  /** A list whose elements have places, which those of a set have not. */
  sequence(index: number): readonly Value[] {
    const list = this.list(index);
    if (kindOf(list) === "set") throw failed(`${this.name(index)} must be a list, not a set`);
    return list;
  }

  /** All arguments from an index on, each of which is a list. */
  lists(start = 0): readonly (readonly Value[])[] {
    return this.values.slice(start).map((_, index) => this.list(start + index));
  }

  texts(index: number): string[] {
    return this.list(index).map((item) => requireText(item, `an element of ${this.name(index)}`));
  }

  numerics(): Numeric[] {
    return this.values.map((_, index) => this.numeric(index));
  }

  object(index: number): ValueObject {
    const value = this.value(index);
    if (!isObject(value)) throw failed(`${this.name(index)} must be an object, not ${typeName(value)}`);
    return value;
  }

  private name(index: number): string {
    return `argument ${index + 1}`;
  }
}
