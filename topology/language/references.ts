import { failed } from "./error";
import { entryOf } from "./maps";
import type { Expression, Step } from "./syntax";

/** How many names follow the root of a reference before attributes begin. */
const NAMES_AFTER_ROOT = new Map(Object.entries({ data: 2, ephemeral: 2, action: 2 }));

/** Roots that name no block of the configuration. */
export const CONTEXT_ROOTS: ReadonlySet<string> = new Set(["path", "terraform", "each", "count", "self"]);

export interface Reference {
  /** Such as `var.name`, `data.aws_region.current`, `aws_iam_role.gateway` or `path.module`. */
  readonly address: string;
  /** The steps after the address. */
  readonly steps: readonly Step[];
}

/** By the steps of a traversal, which is evaluated again for each instance of a block. */
const known = new WeakMap<readonly Step[], Reference>();

/** The block that a traversal from a root name refers to. */
export function referenceOf(root: string, steps: readonly Step[]): Reference {
  return entryOf(known, steps, () => readReference(root, steps));
}

function readReference(root: string, steps: readonly Step[]): Reference {
  const count = NAMES_AFTER_ROOT.get(root) ?? 1;
  const names = steps.slice(0, count).map((step) => (step.kind === "attribute" ? step.name : undefined));
  if (names.length < count || names.includes(undefined)) {
    throw failed(`${[root, ...names].join(".")} is not a whole reference`);
  }
  return { address: [root, ...names].join("."), steps: steps.slice(count) };
}

/** The addresses of all blocks that an expression refers to. */
export function references(expression: Expression): Set<string> {
  const found = new Set<string>();
  collect(expression, new Set(), found);
  return found;
}

type Names = ReadonlySet<string>;

function collect(expression: Expression, bound: Names, found: Set<string>): void {
  const visit = (inner: Expression): void => collect(inner, bound, found);
  switch (expression.kind) {
    case "literal":
      return;
    case "variable":
      return collectReference(expression.name, [], bound, found);
    case "traversal":
      if (expression.source.kind === "variable") {
        collectReference(expression.source.name, expression.steps, bound, found);
      } else visit(expression.source);
      return collectSteps(expression.steps, visit);
    case "source":
      return visit(expression.expression);
    case "template":
      return expression.parts.forEach(visit);
    case "tuple":
      return expression.items.forEach(visit);
    case "object":
      return expression.entries.forEach((entry) => [entry.key, entry.value].forEach(visit));
    case "unary":
      return visit(expression.operand);
    case "binary":
      return [expression.left, expression.right].forEach(visit);
    case "conditional":
      return [expression.condition, expression.accepted, expression.refused].forEach(visit);
    case "call":
      return expression.arguments.forEach(visit);
    case "joined":
      return visit(expression.texts);
    case "for": {
      visit(expression.collection);
      const inner = new Set([...bound, expression.keyName ?? "", expression.valueName]);
      const parts = [expression.key, expression.value, expression.condition];
      return parts.forEach((part) => part && collect(part, inner, found));
    }
  }
}

function collectReference(root: string, steps: readonly Step[], bound: Names, found: Set<string>): void {
  if (!bound.has(root) && !CONTEXT_ROOTS.has(root)) found.add(referenceOf(root, steps).address);
}

function collectSteps(steps: readonly Step[], visit: (expression: Expression) => void): void {
  for (const step of steps) {
    if (step.kind === "index") visit(step.key);
    if (step.kind === "splat") collectSteps(step.steps, visit);
  }
}
