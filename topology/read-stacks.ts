import { statusOf } from "./sources/file";
import { type Backend, CROSS_STACK_OUTPUT, isSameBackend, type Stack, Stacks, within } from "./deployment/stacks";
import type { Topology } from "./deployment/topology";
import { objectAt } from "./language/members";
import { isObject } from "./language/value";
import { dependencyOrder } from "./modules/order";
import type { SymbolicObject } from "./language/unknown";
import type { Instance, Inventory } from "./modules/inventory";
import { inventoryOf } from "./read-inventory";
import { type DeploymentOptions, topologyOf } from "./read-topology";
import type { EnvironmentVariables } from "./sources/configuration/given-values";
import { configurationInventory } from "./sources/configuration/read-configuration";
import { stacksOf } from "./sources/configuration/folder";
import { type Document, readDocument, type ReadingOptions } from "./sources/document";

/** A stack of a `cdktf.out`, as it was read. */
export interface NamedDocument {
  readonly name: string;
  readonly document: Document;
}

/**
 * Reads all stacks of a `cdktf.out`, those first that others depend on; or whatever else `readDocument` reads, as one.
 * Values of variables and answers of data sources go to the stacks that have them; an address may begin with `STACK/`.
 * @throws TopologyError as `readDocument`
 */
export function readStacks(path: string, options: ReadingOptions = {}): readonly NamedDocument[] {
  const stacks = statusOf(path).isDirectory() ? stacksOf(path) : [];
  if (stacks.length < 2) return [{ name: path, document: readDocument(path, options) }];
  const names = dependencyOrder(
    stacks.map(({ name }) => name),
    (name) => stacks.find((stack) => stack.name === name)?.dependencies ?? [],
  );
  const ordered = names.flatMap((name) => stacks.filter((stack) => stack.name === name));
  const plain = ordered.map(({ name, folder }) => ({ name, folder, document: readDocument(folder) }));
  return plain.map(({ name, folder, document }) => {
    const others = plain.filter((other) => other.name !== name).map((other) => other.document);
    return { name, document: readDocument(folder, optionsOf(options, name, document, others)) };
  });
}

/** Those of one stack: what no stack has, each is given, and refuses. */
function optionsOf(
  { assignments = [], answers = {}, ...options }: ReadingOptions,
  stack: string,
  document: Document,
  others: readonly Document[],
): ReadingOptions {
  const isOwn = (keyword: string, ...labels: string[]): boolean =>
    declares(document, keyword, labels) || !others.some((other) => declares(other, keyword, labels));
  const own = Object.entries(answers).flatMap(([given, text]): [string, string][] => {
    const [, named, address = given] = /^([^/"]+)\/(.*)$/s.exec(given) ?? [];
    const [, type = "", name = ""] = /^data\.([^.]+)\.([^.[]+)/.exec(address) ?? [];
    return named === stack || (named === undefined && isOwn("data", type, name)) ? [[address, text]] : [];
  });
  return {
    ...options,
    assignments: assignments.filter((each) => each.kind === "file" || isOwn("variable", each.name)),
    answers: Object.fromEntries(own),
  };
}

function declares(document: Document, keyword: string, labels: readonly string[]): boolean {
  if (document.kind !== "configuration") return false;
  return document.source.files.some(({ content }) => {
    const [last = "", ...outer] = [...labels].reverse();
    return Object.hasOwn(objectAt(content, keyword, ...outer.reverse()), last);
  });
}

/**
 * What the stacks declare, to be deployed together.
 * @throws TopologyError as `topologyOf`, and where the stacks are not all in one region
 */
export function topologyOfStacks(
  stacks: readonly NamedDocument[],
  environment: EnvironmentVariables = {},
  options: DeploymentOptions = {},
): Topology {
  const stackOf = ({ name, document }: NamedDocument): Stack => ({
    name,
    topology: within(name, () => topologyOf(document, environment, options)),
    backend: backendOf(document),
  });
  const [first, ...others] = stacks;
  if (first === undefined) throw new Error("There is no stack");
  if (others.length === 0) return topologyOf(first.document, environment, options);
  return new Stacks([stackOf(first), ...others.map(stackOf)]);
}

/**
 * What the stacks declare, to be looked at together. Where there are several, addresses begin with the stack's name.
 * @throws TopologyError as `inventoryOf`
 */
export function inventoryOfStacks(stacks: readonly NamedDocument[], environment: EnvironmentVariables = {}): Inventory {
  const inventories: (readonly [NamedDocument, Inventory])[] = [];
  for (const stack of stacks) {
    const { name, document } = stack;
    if (stacks.length === 1 || document.kind !== "configuration") return inventoryOf(document, environment);
    const answers = new Map([...statesRead(document, inventories), ...document.answers]);
    const scope = { environment, answers, prefix: `${name}/` };
    inventories.push([stack, configurationInventory(document.source, scope)]);
  }
  return together(inventories);
}

/** What a stack reads of the states of those before it, by the addresses of its data sources. */
function statesRead(
  document: Document,
  earlier: readonly (readonly [NamedDocument, Inventory])[],
): readonly (readonly [string, SymbolicObject])[] {
  const files = document.kind === "configuration" ? document.source.files : [];
  const states = files.flatMap(({ content }) => Object.entries(objectAt(content, "data", "terraform_remote_state")));
  return states.flatMap(([label, state]) => {
    const { backend, config, defaults = {} } = isObject(state) ? state : {};
    if (typeof backend !== "string" || config === undefined || !isObject(config)) return [];
    const read = earlier.find(([stack]) => isSameBackend(backendOf(stack.document), { kind: backend, config }));
    if (read === undefined) return [];
    const outputs = { ...(isObject(defaults) && defaults), ...outputsOf(read) };
    return [[`data.terraform_remote_state.${label}`, { outputs }]];
  });
}

/** Those that are not sensitive, and those that CDKTF calls so without knowing. */
function outputsOf([{ name }, { outputs }]: readonly [NamedDocument, Inventory]): SymbolicObject {
  return Object.fromEntries(
    outputs.flatMap(({ address, value, sensitive }) => {
      const output = address.slice(`${name}/output.`.length);
      return sensitive && !CROSS_STACK_OUTPUT.test(output) ? [] : [[output, value]];
    }),
  );
}

function together(stacks: readonly (readonly [NamedDocument, Inventory])[]): Inventory {
  const all = stacks.map(([, inventory]) => inventory);
  const [first, ...others] = new Set(all.map(({ region }) => region));
  const inOwnRegion = (inventory: Inventory): readonly Instance[] =>
    others.length === 0
      ? inventory.instances
      : inventory.instances.map((instance) => ({
          ...instance,
          hasOwnProvider: true,
          providerRegion: instance.hasOwnProvider ? instance.providerRegion : inventory.region,
        }));
  const indexOf = (address: string): number => stacks.findIndex(([{ name }]) => address.startsWith(`${name}/`));
  const blocks = all.map(({ instances }) => instances.map(({ blockAddress }) => blockAddress));
  return {
    instances: all.flatMap(inOwnRegion),
    outputs: all.flatMap(({ outputs }) => outputs),
    region: others.length === 0 ? first : undefined,
    hidden: all.flatMap(({ hidden }) => hidden),
    acknowledgements: all.flatMap(({ acknowledgements }) => acknowledgements),
    positionOf: (address) => all[indexOf(address)]?.positionOf(address),
    // What uses it is of a later stack, all of which waits.
    dependents: (blockAddress) =>
      new Set([
        ...(all[indexOf(blockAddress)]?.dependents(blockAddress) ?? []),
        ...blocks.slice(indexOf(blockAddress) + 1).flat(),
      ]),
  };
}

function backendOf(document: Document): Backend | undefined {
  const files = document.kind === "configuration" ? document.source.files : [];
  const [backend] = files.flatMap(({ content }) => Object.entries(objectAt(content, "terraform", "backend")));
  if (backend === undefined) return undefined;
  const [kind, config] = backend;
  return { kind, config: isObject(config) ? config : {} };
}
