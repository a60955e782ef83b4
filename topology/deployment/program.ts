import type { Configuration, Node } from "../sources/configuration/nodes";
import { hasDataSource } from "../data-sources";
import { expressionFailed, unsupportedReference, unsupportedRepetition } from "../errors";
import { compile, ExpressionError, type Expression } from "../language";
import { argumentsOnDemand, resourceKind } from "../resources";

/** Whether the topology knows what a block gives to others. */
export function isSupported(node: Node): boolean {
  const [type = ""] = node.labels;
  if (node.keyword === "resource") return resourceKind(type) !== undefined;
  if (node.keyword === "data") return hasDataSource(type);
  return node.keyword !== "module" && node.keyword !== "ephemeral";
}

function isOnDemand({ labels }: Node): boolean {
  return argumentsOnDemand(labels[0] ?? "") !== undefined;
}

function isAwsProvider(node: Node): boolean {
  return node.keyword === "provider" && node.labels[0] === "aws";
}

/**
 * Compiles every block that a deployment evaluates: supported resources, outputs, provider configurations and what
 * their values come from. Nothing else has to be understood.
 */
export function compileProgram(configuration: Configuration): Map<string, Expression> {
  const program = new Map<string, Expression>();
  const isRoot = (node: Node): boolean =>
    node.keyword === "output" ||
    isAwsProvider(node) ||
    (node.keyword === "resource" && isSupported(node) && !isOnDemand(node));
  for (const root of configuration.nodes.values()) {
    if (isRoot(root)) compileFrom(root, configuration, program);
  }
  return program;
}

function compileFrom(root: Node, { nodes }: Configuration, program: Map<string, Expression>): void {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (program.has(node.address)) continue;
    if (!isSupported(node)) throw unsupportedReference(root.address, node.address, node.labels[0] ?? node.keyword);
    refuseRepetition(node);
    program.set(node.address, compileNode(node));
    for (const address of node.references) {
      const target = nodes.get(address);
      if (target) pending.push(target);
    }
  }
}

/** One literal instance is the exception: `count = 1`. */
function refuseRepetition({ address, body, value }: Node): void {
  const { count } = body;
  if (body["for_each"] !== undefined && body["for_each"] !== null) throw unsupportedRepetition(address, "for_each");
  if (count !== undefined && count !== null && Number(count) !== 1) throw unsupportedRepetition(address, "count");
  if (typeof value === "object" && value !== null && "dynamic" in value)
    throw unsupportedRepetition(address, "dynamic");
}

function compileNode(node: Node): Expression {
  try {
    return compile(node.value);
  } catch (error) {
    throw error instanceof ExpressionError
      ? expressionFailed(node.address, error.code, error.source, error.message)
      : error;
  }
}
