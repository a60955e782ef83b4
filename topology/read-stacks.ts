import { statusOf } from "./sources/file";
import { type Stack, Stacks, within } from "./deployment/stacks";
import type { Topology } from "./deployment/topology";
import { objectAt } from "./language/members";
import { isObject } from "./language/value";
import { dependencyOrder } from "./modules/order";
import type { Inventory } from "./modules/inventory";
import { inventoryOf } from "./read-inventory";
import { type DeploymentOptions, topologyOf } from "./read-topology";
import type { EnvironmentVariables } from "./sources/configuration/given-values";
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

/** The instances of all stacks, to be looked at. */
export function instancesOfStacks(
  stacks: readonly NamedDocument[],
  environment: EnvironmentVariables = {},
): Pick<Inventory, "instances"> {
  return { instances: stacks.flatMap(({ document }) => inventoryOf(document, environment).instances) };
}

function backendOf(document: Document): Stack["backend"] {
  const files = document.kind === "configuration" ? document.source.files : [];
  const [backend] = files.flatMap(({ content }) => Object.entries(objectAt(content, "terraform", "backend")));
  if (backend === undefined) return undefined;
  const [kind, config] = backend;
  return { kind, config: isObject(config) ? config : {} };
}
