import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Problem, throwProblems } from "./errors";

interface Check {
  readonly constructPath: string;
  readonly findProblems: () => readonly Problem[];
}

const checksByStack = new WeakMap<TerraformStack, Check[]>();

/**
 * Has synthesis look for problems of a construct. All problems of a stack come in one ValidationError, so that the
 * reader of the message sees all of them at once.
 */
export function addCheck(scope: IConstruct, findProblems: () => readonly Problem[]): void {
  const stack = TerraformStack.of(scope);
  let checks = checksByStack.get(stack);
  if (checks === undefined) {
    checks = [];
    checksByStack.set(stack, checks);
    stack.node.addValidation({ validate: () => throwAllProblems(stack) });
  }
  checks.push({ constructPath: scope.node.path, findProblems });
}

/** Has synthesis report problems that are known already. */
export function reportProblems(scope: IConstruct, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    addCheck(scope, () => problems);
  }
}

function throwAllProblems(stack: TerraformStack): string[] {
  const checks = checksByStack.get(stack) ?? [];
  throwProblems(
    checks.flatMap(({ constructPath, findProblems }) =>
      findProblems().map((problem) => ({ constructPath, ...problem })),
    ),
  );
  return [];
}
