import { isObject, oneOrMany, type Value, type ValueObject } from "../language/value";
import type { Position } from "../position";
import type { Keyword } from "./keywords";

/** One block of a module, such as `resource "aws_iam_role" "gateway" { … }`. */
export interface SourceBlock {
  readonly keyword: Keyword;
  readonly labels: readonly string[];
  /** Such as `aws_iam_role.gateway`, `data.aws_region.current`, `var.name`, `local.name`, `output.name`. */
  readonly address: string;
  readonly body: ValueObject;
  /** Undefined in a configuration that was never written to a file. */
  readonly position?: Position;
  /** Warnings that comments beside it accept. */
  readonly ignores?: readonly IgnoreComment[];
}

/** A comment beside a block that accepts a warning: `# cdktf-agentcore:ignore RULE reason`. */
export interface IgnoreComment {
  readonly rule: string;
  /** Empty where the comment gives none. */
  readonly reason: string;
}

/** A block with what it depends on. */
export interface Node extends SourceBlock {
  /** The part that is evaluated: the arguments of a resource or data source, the value of a local or an output. */
  readonly value: Value;
  /** Addresses whose values the block uses. */
  readonly references: ReadonlySet<string>;
  /**
   * These, and the addresses that only have to come first: `depends_on` and what provisioners mention. An output of a
   * module is such as `module.auth.output.issuer`. Of the call of a module, what the whole module waits for.
   */
  readonly dependencies: ReadonlySet<string>;
  /** Of the call of a module, what each argument mentions. */
  readonly argumentDependencies: ReadonlyMap<string, ReadonlySet<string>>;
}

/** OpenTofu's switch of a block: https://opentofu.org/docs/language/meta-arguments/enabled */
export function enabledOf({ body: { lifecycle } }: SourceBlock): Value | undefined {
  const [settings] = oneOrMany(lifecycle);
  return settings !== undefined && isObject(settings) ? settings["enabled"] : undefined;
}
