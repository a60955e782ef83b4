import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** A value as it will stand in the Terraform configuration, with `${…}` for what only Terraform knows. */
export function resolved(scope: IConstruct, value: string): string {
  return String(resolve(scope, value));
}

/** The values of a list, each as in `resolved`; undefined when only Terraform knows how many there are. */
export function resolvedList(scope: IConstruct, values: readonly string[]): string[] | undefined {
  const list = resolve(scope, values);
  return Array.isArray(list) ? list.map(String) : undefined;
}

function resolve(scope: IConstruct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
