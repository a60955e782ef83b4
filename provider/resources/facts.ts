import type { Account } from "./account";
import type { Rule } from "../validation/rules";
import type { ObjectValue, Value } from "../wire/value";

/** What the bindings do not tell about a resource type, by hand and from the sources named at each use. */
export interface ResourceFacts {
  /** What the provider checks, so that `terraform validate` fails. */
  readonly validate?: readonly Rule[];
  /** What only the service checks, so that `terraform apply` fails. */
  readonly create?: readonly Rule[];
  /** Dotted paths of attributes whose change replaces the resource; for a block, its appearing or disappearing does. */
  readonly replacedBy: readonly string[];
  /** Computed attributes that every update may change. Without it they keep their value. */
  readonly changedByUpdate?: readonly string[];
  /** What the service assigns. Computed attributes that are not named get the empty value of their type. */
  readonly assigned: (
    resource: ObjectValue,
    account: Account,
    prior: ObjectValue | null,
  ) => Readonly<Record<string, Value>>;
}

/** @throws TypeError when the attribute is no string, which the schema excludes. */
export function text(resource: ObjectValue, name: string): string {
  const value = resource[name];
  if (typeof value !== "string") {
    throw new TypeError(`Expected "${name}" to be a string, got ${JSON.stringify(value)}.`);
  }
  return value;
}
