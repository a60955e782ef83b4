import { withPositions } from "../../errors";
import { blockAddressOf, Budget, type SymbolicObject } from "../../language";
import { addTo } from "../../language/maps";
import type { Value } from "../../language/value";
import { objectAt } from "../../language/members";
import { Dependents } from "../../modules/dependents";
import { BlockGraph } from "../../modules/graph";
import type { Hidden, Instance, Inventory } from "../../modules/inventory";
import { allModules, type Module } from "../../modules/module";
import type { Position } from "../../position";
import { ModuleInstance } from "../../modules/module-instance";
import { dependencyOrder } from "../../modules/order";
import { Untold } from "../../modules/untold";
import { METADATA_KEY, readAcknowledgements } from "./acknowledgements";
import type { Source } from "./folder";
import { type EnvironmentVariables, givenValues } from "./given-values";
import { readModuleTree } from "./module-tree";

/** How a configuration is read. */
export interface ReadingScope {
  /** @default - variables have the values of the configuration's folder alone */
  readonly environment?: EnvironmentVariables;
  /** Whether the values of sensitive variables are told. @default false */
  readonly tellsSensitive?: boolean;
  /** What a plan already knows of the configuration that it was made of. */
  readonly planned?: Planned;
  /** What data sources answer, by their addresses. @default - what the plan knows, or is known at the deployment */
  readonly answers?: ReadonlyMap<string, SymbolicObject>;
  /** What addresses begin with, such as `network/`. @default - nothing */
  readonly prefix?: string;
}

interface Planned {
  readonly variables: ReadonlyMap<string, Value>;
  /** What a data source gave; undefined where it is read only at apply. */
  readonly data: (address: string) => SymbolicObject | undefined;
}

/**
 * What a configuration declares, with the instances of its blocks and modules, without deploying it.
 * @throws TopologyError when it is no valid configuration.
 */
export function configurationInventory(source: Source, scope: ReadingScope): Inventory {
  const module = readModuleTree(source, scope.prefix);
  return withPositions(
    (address) => positionIn(module, address),
    () => moduleInventory(module, source, scope),
  );
}

function moduleInventory(module: Module, source: Source, scope: ReadingScope): Inventory {
  const { environment = {}, tellsSensitive = false, planned, answers, prefix = "" } = scope;
  const graph = new BlockGraph(module);
  const hidden = new Map<string, Omit<Hidden, "address">>();
  const given = planned?.variables ?? givenValues(module.nodes, source, environment);
  const root = new ModuleInstance(module, prefix, {
    start: prefix,
    given,
    hidden,
    budget: new Budget(),
    data: (address) => answers?.get(address.slice(prefix.length)) ?? planned?.data(address),
    ...(!tellsSensitive && { untold: new Untold() }),
  });
  const modules = expanded(root, graph);
  const dependents = dependentsIn(graph);
  const instances = modules.flatMap((instance) => instance.instances());
  return {
    instances,
    outputs: root.outputs(),
    region: root.provider("aws").region ?? root.provider("awscc").region,
    hidden: [...hidden].map(([address, facts]) => ({ address, ...facts })),
    acknowledgements: [
      ...source.files
        .flatMap((file) => readAcknowledgements(objectAt(file.content, "//", METADATA_KEY)))
        .map((given) => ({ ...given, address: prefix + given.address })),
      ...modules.flatMap((instance) => instance.ignores()),
    ],
    emptyBlocks: () => emptyBlocks(module, instances),
    positionOf: (address) => positionIn(module, address),
    dependents: (blockAddress) => dependents.of(blockAddress),
  };
}

function emptyBlocks(root: Module, instances: readonly Instance[]): string[] {
  const used = new Set(instances.map(({ blockAddress }) => blockAddress));
  return allModules(root)
    .flatMap(({ blockPrefix, nodes }) =>
      [...nodes.values()].filter(({ keyword }) => keyword === "resource").map(({ address }) => blockPrefix + address),
    )
    .filter((address) => !used.has(address));
}

function positionIn(root: Module, address: string): Position | undefined {
  const block = blockAddressOf(address);
  return allModules(root)
    .filter(({ blockPrefix }) => block.startsWith(blockPrefix))
    .map(({ blockPrefix, nodes }) => nodes.get(block.slice(blockPrefix.length))?.position)
    .find((position) => position !== undefined);
}

/** All instances of modules, parents first, whose blocks have been worked out. */
function expanded(root: ModuleInstance, graph: BlockGraph): ModuleInstance[] {
  const instances = new Map<Module, ModuleInstance[]>([[root.module, [root]]]);
  for (const address of dependencyOrder(graph.addresses(), (each) => graph.dependencies(each))) {
    const { module, node } = graph.nodes.get(address) ?? {};
    if (module === undefined || node === undefined) continue;
    for (const instance of instances.get(module) ?? []) {
      instance.prepare(node);
      if (node.keyword !== "module") continue;
      for (const child of instance.children(node)) addTo(instances, child.module, child);
    }
  }
  return [...instances.values()].flat();
}

function dependentsIn(graph: BlockGraph): Dependents {
  const dependents = new Dependents();
  for (const address of graph.addresses()) {
    for (const dependency of graph.dependencies(address)) dependents.add(address, dependency);
  }
  return dependents;
}
