import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Problem, throwProblems } from "./errors";
import { stackOf } from "./framework";

interface Check {
  readonly constructPath: string;
  readonly findProblems: () => readonly Problem[];
}

interface Checks {
  readonly ofConstructs: Check[];
  readonly ofResources: Check[];
}

const checksByStack = new WeakMap<TerraformStack, Checks>();

/**
 * Has synthesis look for problems of a construct. All problems of a stack come in one ValidationError, so that the
 * reader of the message sees all of them at once.
 */
export function addCheck(scope: IConstruct, findProblems: () => readonly Problem[]): void {
  checksOf(scope).ofConstructs.push({ constructPath: scope.node.path, findProblems });
}

/**
 * Has synthesis look for problems in the resources that constructs have made. What is wrong with a construct may show
 * again in its resource; then only the construct's own words are reported.
 */
export function addResourceCheck(scope: IConstruct, findProblems: () => readonly Problem[]): void {
  checksOf(scope).ofResources.push({ constructPath: scope.node.path, findProblems });
}

/** Has synthesis report problems that are known already. */
export function reportProblems(scope: IConstruct, problems: readonly Problem[]): void {
  const { ofConstructs } = checksOf(scope);
  if (problems.length > 0) ofConstructs.push({ constructPath: scope.node.path, findProblems: () => problems });
}

function checksOf(scope: IConstruct): Checks {
  const stack = stackOf(scope);
  const existing = checksByStack.get(stack);
  if (existing) return existing;
  const checks: Checks = { ofConstructs: [], ofResources: [] };
  checksByStack.set(stack, checks);
  stack.node.addValidation({ validate: () => throwAllProblems(checks) });
  return checks;
}

function throwAllProblems({ ofConstructs, ofResources }: Checks): string[] {
  const own = ofConstructs.flatMap(run);
  const constructs = new Set(own.map(({ constructPath }) => constructPath));
  const further = ofResources.flatMap(run).filter(({ constructPath = "" }) => {
    const construct = constructPath.slice(0, constructPath.lastIndexOf("/"));
    return !constructs.has(construct);
  });
  throwProblems([...own, ...further]);
  return [];
}

const run = ({ constructPath, findProblems }: Check): Problem[] =>
  findProblems().map((problem) => ({ constructPath, ...problem }));
