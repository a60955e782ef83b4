import type { ValueObject } from "../language/value";
import type { Arguments } from "../arguments/arguments";
import type { Block } from "../arguments/block";

/** A block of the source, before it is deployed. */
export interface ShownResource {
  readonly address: string;
  readonly type: string;
  readonly arguments: Block;
}

/** Translates one kind of resource between Terraform's shapes and the service's. */
export interface ResourceReader<K extends string, Declaration, Attributes> {
  /** Terraform's name of the kind, such as `aws_iam_role`. */
  readonly type: string;
  readonly kind: K;
  /**
   * Of a kind that configurations use for much else: it is read only where a supported block needs a value of it, and
   * these are the only arguments that have to be understood then.
   *
   * @default - every resource of the kind is read, with all its arguments
   */
  readonly onDemand?: readonly string[];
  /** Which others of a kind that is read on demand are read, because they are parts of resources that are read. */
  readonly partsOf?: (read: readonly ShownResource[]) => (part: ShownResource) => boolean;
  /** What the arguments declare, with the defaults of the provider and the service filled in. */
  readonly read: (args: Arguments) => Declaration;
  /** The names of `attributes`, which tell before the resource is created what others may refer to. */
  readonly assigned: readonly string[];
  /** What other resources may refer to besides the arguments themselves, under Terraform's names. */
  readonly attributes: (declaration: Declaration, attributes: Attributes) => ValueObject;
}

/** A reader, of which the kind, the declaration and the attributes follow. */
export function resourceReader<const K extends string, Declaration, Attributes = Record<never, never>>(
  reader: ResourceReader<K, Declaration, Attributes>,
): ResourceReader<K, Declaration, Attributes> {
  return reader;
}
