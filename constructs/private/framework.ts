import { TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { throwOnProblems } from "./errors";
import { elementOfOtherFramework, type Framework, stackOfOtherFramework } from "./problems/framework";

/**
 * The stack that a construct is in.
 *
 * @throws ValidationError for a stack of the other framework, whose elements these constructs cannot make
 */
export function stackOf(construct: IConstruct): TerraformStack {
  const stack = TerraformStack.of(construct);
  const framework = frameworkOf(stack);
  throwOnProblems(construct, framework === OWN ? [] : [stackOfOtherFramework(framework)]);
  return stack;
}

/** @throws ValidationError for an element of the other framework, which its stack cannot synthesize */
export function checkElements(stack: TerraformStack): void {
  const elements = stack.node.findAll().filter((construct) => TerraformElement.isTerraformElement(construct));
  const foreign = elements.find((element) => frameworkOf(element) !== OWN);
  if (foreign) throwOnProblems(foreign, [elementOfOtherFramework(OWN)]);
}

/** The compiler of both frameworks leaves the full name of each class on it, which classes made from it inherit. */
const CLASS_NAME = Symbol.for("jsii.rtti");

function frameworkOf(construct: IConstruct): Framework {
  return frameworkOfClass(construct.constructor);
}

function frameworkOfClass(made: object): Framework {
  const { fqn = "" } = (CLASS_NAME in made ? made[CLASS_NAME] : {}) as { readonly fqn?: string };
  return /^@?cdktn\b/.test(fqn) ? "cdktn" : "cdktf";
}

/** The framework of these constructs. */
export const OWN = frameworkOfClass(TerraformStack);
