import { dependable, type ITerraformDependable, TerraformElement, type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { resolved } from "./resolved";

/** Has a resource that exists wait for more. */
export function addDependencies(resource: TerraformResource, elements: readonly ITerraformDependable[]): void {
  const known = resource.dependsOn ?? [];
  const addresses = new Set(known.map((address) => resolved(resource, address)));
  const further = (dependenciesIn(resource, elements) ?? [])
    .map(dependable)
    .filter((address) => !addresses.has(resolved(resource, address)));
  if (further.length > 0) resource.dependsOn = [...known, ...further];
}

/**
 * What a resource below `scope` can name in `depends_on`. An element of another stack cannot be named there; its whole
 * stack goes first instead.
 */
export function dependenciesIn(
  scope: IConstruct,
  elements: readonly ITerraformDependable[],
): ITerraformDependable[] | undefined {
  const stack = TerraformStack.of(scope);
  const named = elements.filter((element) => {
    const owner = TerraformElement.isTerraformElement(element) ? TerraformStack.of(element) : stack;
    if (owner !== stack) stack.addDependency(owner);
    return owner === stack;
  });
  return named.length > 0 ? named : undefined;
}
