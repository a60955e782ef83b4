import { danglingReference } from "../errors";
import { allModules, type Module } from "./module";
import type { Node } from "./node";

/** A block of a module somewhere in the tree. */
export interface PlacedNode {
  readonly module: Module;
  readonly node: Node;
}

/** What each block of a tree of modules waits for, by addresses such as `module.auth.aws_iam_role.gateway`. */
export class BlockGraph {
  readonly nodes = new Map<string, PlacedNode>();
  private readonly before = new Map<string, ReadonlySet<string>>();

  /** @throws TopologyError DANGLING_REFERENCE */
  constructor(root: Module) {
    for (const module of allModules(root)) {
      for (const node of module.nodes.values()) this.add(module, node);
      if (module.call) this.before.set(endOf(module), this.endDependencies(module));
    }
  }

  addresses(): Iterable<string> {
    return this.before.keys();
  }

  dependencies(address: string): ReadonlySet<string> {
    return this.before.get(address) ?? new Set();
  }

  private add(module: Module, node: Node): void {
    const address = module.blockPrefix + node.address;
    const found = [...node.dependencies].map((target) => placed(module, node, target));
    this.nodes.set(address, { module, node });
    this.before.set(address, new Set([...found, ...callDependencies(module, node)]));
  }

  /** What waits for a module as a whole waits for everything in it. */
  private endDependencies(module: Module): Set<string> {
    const own = [...module.nodes.keys()].map((address) => module.blockPrefix + address);
    return new Set([...own, ...[...module.children.values()].map(endOf)]);
  }
}

function endOf({ blockPrefix }: Module): string {
  return `${blockPrefix}end`;
}

/** Nothing in a module comes before its call, and a variable comes after what its argument names. */
function callDependencies({ call }: Module, node: Node): string[] {
  if (call === undefined) return [];
  const argument = node.keyword === "variable" ? call.node.argumentDependencies.get(node.labels[0] ?? "") : undefined;
  const targets = [...(argument ?? [])].map((target) => placed(call.module, call.node, target));
  return [call.module.blockPrefix + call.node.address, ...targets];
}

/** The address in the tree of what a block names in its module. */
function placed(module: Module, user: Node, target: string): string {
  const [, call = target, output] = /^(module\.[^.]+)\.(output\..+)$/.exec(target) ?? [];
  const dangling = (prefix: string, name: string): Error =>
    danglingReference(module.blockPrefix + user.address, prefix + name);
  if (!module.nodes.has(call)) throw dangling(module.blockPrefix, call);
  const child = call.startsWith("module.") ? module.children.get(call.slice("module.".length)) : undefined;
  if (child === undefined) return module.blockPrefix + call;
  if (output === undefined) return endOf(child);
  if (!child.nodes.has(output)) throw dangling(child.blockPrefix, output.replace("output.", ""));
  return child.blockPrefix + output;
}
