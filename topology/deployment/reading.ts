import { missingModule, missingVariable, unsupportedAttribute, unsupportedReference } from "../errors";
import {
  isSymbolicList,
  isSymbolicObject,
  isVariable,
  type Reference,
  referenceText,
  type Symbolic,
  Unknown,
} from "../language";
import { type Instance, missingVariables, type OutputInstance } from "../modules/inventory";
import type { KnownSystem } from "./known-system";

/** Reads what a source shows, so that nothing is unknown in it but what a deployment comes to know. */
export interface Reading {
  /**
   * @param argument - such as `authorizer_configuration.custom_jwt_authorizer.allowed_clients`
   * @returns undefined where the argument counts as left out
   * @throws TopologyError for what no deployment comes to know.
   */
  read(user: Instance, argument: string, shown: Symbolic): Symbolic | undefined;
  /** @returns undefined where the output is left out */
  readOutput(output: OutputInstance): Symbolic | undefined;
  /** One sentence for each text that was taken for one that the source hides. */
  readonly assumptions: readonly string[];
}

/** A configuration shows every expression, so each is asked again once what it refers to is created. */
export class ShownReading implements Reading {
  readonly assumptions = [];

  constructor(private readonly system: KnownSystem) {}

  read(user: Instance, _argument: string, shown: Symbolic): Symbolic {
    this.check(user.address, shown);
    return shown;
  }

  readOutput({ address, value }: OutputInstance): Symbolic {
    this.check(address, value);
    return value;
  }

  private check(user: string, value: Symbolic): void {
    if (value instanceof Unknown) return this.checkUnknown(user, value);
    if (isSymbolicList(value)) value.forEach((item) => this.check(user, item));
    else if (isSymbolicObject(value)) Object.values(value).forEach((item) => this.check(user, item));
  }

  private checkUnknown(user: string, unknown: Unknown): void {
    if (unknown.failure !== undefined) throw unknown.failure;
    for (const reference of unknown.references) this.checkReference(user, reference, unknown.again === undefined);
  }

  /** @param isSure - whether the value cannot be without it, as `try` can */
  private checkReference(user: string, reference: Reference, isSure: boolean): void {
    const { address, attribute } = reference;
    if (isVariable(address)) throw missingVariable(address, missingVariables(this.system.inventory));
    const missing = this.system.missingModule(address);
    if (missing !== undefined) throw missingModule(user, address, missing);
    const type = this.system.typeOf(address);
    if (type === undefined || !this.system.isSupported(type)) {
      throw unsupportedReference(user, address, type ?? address.split(".", 1)[0] ?? "", attribute);
    }
    if (isSure && attribute !== "" && !this.system.isKnown(reference)) {
      throw unsupportedAttribute(user, referenceText(reference));
    }
  }
}
