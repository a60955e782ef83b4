import type { Block } from "../arguments/block";
import { isVariable, type Reference, type Symbolic } from "../language";
import type { Value } from "../language/value";
import type { Position } from "../position";

/** One instance of a resource or data source, before it is created or changed. */
export interface Instance {
  /** Such as `module.auth.aws_cognito_user_pool.outbound["eu"]`. */
  readonly address: string;
  /** The address of its block, without the keys of `count` and `for_each`. */
  readonly blockAddress: string;
  /** Terraform's name of the kind, such as `aws_iam_role`. */
  readonly type: string;
  /** The arguments, and with a plan also what the provider already knows. */
  readonly arguments: Block;
  /** The arguments as they are written, where the source shows it. */
  readonly written: Block;
  /** The commands of its `local-exec` provisioners with their environment. */
  readonly provisioners: readonly Block[];
  /** The members of the arguments, with true in the place of what the source marks as sensitive. @default - nothing is */
  readonly sensitive?: readonly Value[];
  /** Whether it names a provider configuration other than the default, which may be in another region. */
  readonly hasOwnProvider: boolean;
  /** The region of that other configuration; undefined where the source does not show it. */
  readonly providerRegion?: string;
  /** The path of the construct that it comes from. */
  readonly constructPath?: string;
  /** Where its block begins, when files of a configuration are read. */
  readonly position?: Position;
}

export interface OutputInstance {
  /** Such as `output.gateway_url`. */
  readonly address: string;
  readonly value: Symbolic;
  readonly sensitive: boolean;
  readonly position?: Position;
}

/** A warning that somebody has looked at and accepts. */
export interface Acknowledgement {
  readonly rule: string;
  readonly address: string;
  readonly reason: string;
}

/** What a source declares but does not show. */
export interface Hidden {
  readonly address: string;
  /** Such as `nothing gives it a value`. */
  readonly reason: string;
  /** Of a block whose instances are not known. */
  readonly repetition?: Repetition;
}

/** What decides on the instances of a block and is not known before the apply. */
export interface Repetition {
  readonly argument: "count" | "for_each" | "enabled";
  readonly madeOf: readonly Reference[];
  /** Why it has no value, at the apply neither. */
  readonly failure?: Error | undefined;
}

/** Everything that a configuration or a plan declares, as far as it is known before the apply. */
export interface Inventory {
  readonly instances: readonly Instance[];
  readonly outputs: readonly OutputInstance[];
  /** The region of the aws provider; undefined where it is not written out. */
  readonly region?: string;
  /** What the source declares but does not show, such as the inside of a module. */
  readonly hidden: readonly Hidden[];
  /** Whether a provider has taken the arguments. @default false */
  readonly isPlanned?: boolean;
  /** Addresses of the resources that a plan takes away. @default - none */
  readonly destroyed?: ReadonlySet<string>;
  readonly acknowledgements: readonly Acknowledgement[];
  /** The addresses of the resource blocks without instances, such as by a `count` of 0. @default - not known */
  emptyBlocks?(): readonly string[];
  /** Where the block of an address begins, when files of a configuration are read. */
  positionOf(address: string): Position | undefined;
  /** The addresses of the blocks that Terraform creates only after this one. */
  dependents(blockAddress: string): ReadonlySet<string>;
}

/** The addresses of the variables of the root module to which nothing gives a value. */
export function missingVariables({ hidden }: Inventory): string[] {
  return hidden.map(({ address }) => address).filter(isVariable);
}
