import { type ITerraformDependable, TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

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
    if (owner !== stack) {
      stack.addDependency(owner);
    }
    return owner === stack;
  });
  return named.length > 0 ? named : undefined;
}
