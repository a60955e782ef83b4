import { readBlocks, type Block } from "./blocks";
import { iteratorsIn } from "./dynamic-blocks";
import { danglingReference, invalidConfiguration } from "../../errors";
import { asTemplate, ExpressionError, parseTemplate, references, type Json } from "../../language";
import { dependencyOrder } from "../../modules/order";
import { argumentsOnDemand } from "../../resources";
import type { Source } from "./folder";
import { isList, isObject, type Value } from "../../language/value";
import { type Environment, givenValues } from "./given-values";

/** One block of the configuration with what it depends on. */
export interface Node extends Block {
  /** The part that is evaluated: the arguments of a resource or data source, the value of a local or an output. */
  readonly value: Json;
  /** Addresses whose values the block uses. */
  readonly references: ReadonlySet<string>;
  /** These, and the addresses that only have to come first: `depends_on` and what provisioners mention. */
  readonly dependencies: ReadonlySet<string>;
}

/** A root module: its blocks, and the values that its folder and the environment give to its variables. */
export interface Configuration {
  readonly nodes: ReadonlyMap<string, Node>;
  /** All addresses, dependencies first, else in the order of their declaration. */
  readonly order: readonly string[];
  readonly variableValues: ReadonlyMap<string, Value>;
}

const META_ARGUMENTS = new Set([
  "//",
  "count",
  "for_each",
  "provider",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
]);

/** Reads the blocks of a root module and checks that their references lead somewhere and never in a circle. */
export function readConfiguration(source: Source, environment: Environment): Configuration {
  const nodes = new Map([...readBlocks(source)].map(([address, block]) => [address, toNode(block)]));
  for (const node of nodes.values()) {
    for (const target of node.dependencies) {
      if (!nodes.has(target)) throw danglingReference(node.address, target);
    }
  }
  const order = dependencyOrder(nodes.keys(), (address) => nodes.get(address)?.dependencies ?? []);
  return { nodes, order, variableValues: givenValues(nodes.values(), source, environment) };
}

function toNode(block: Block): Node {
  const value = valueOf(block);
  const iterators = iteratorsIn(value);
  const isBlock = (address: string): boolean => !iterators.includes(address.split(".", 1)[0] ?? "");
  const used = new Set([...mentionedIn(value)].filter(isBlock));
  const { body } = block;
  const mentioned = [body["provisioner"], body["count"], body["for_each"]].flatMap((json) => [
    ...mentionedIn(json ?? null),
  ]);
  return { ...block, value, references: used, dependencies: new Set([...used, ...dependsOn(block), ...mentioned]) };
}

function valueOf(block: Block): Json {
  switch (block.keyword) {
    case "variable":
      return block.body["default"] ?? null;
    case "locals":
    case "output":
      return block.body["value"] ?? null;
    case "provider":
      return { region: block.body["region"] ?? null };
    default: {
      const read = block.keyword === "resource" ? argumentsOnDemand(block.labels[0] ?? "") : undefined;
      const counts = (name: string) => !META_ARGUMENTS.has(name) && (read?.includes(name) ?? true);
      return Object.fromEntries(Object.entries(block.body).filter(([name]) => counts(name)));
    }
  }
}

/** A template that cannot be parsed mentions nothing here; it is an error only once its value is needed. */
function mentionedIn(json: Json): Set<string> {
  if (typeof json === "string") return mentionedInTemplate(json);
  if (isList(json)) return new Set(json.flatMap((item) => [...mentionedIn(item)]));
  if (!isObject(json)) return new Set();
  return new Set(Object.entries(json).flatMap(([key, value]) => [...mentionedInTemplate(key), ...mentionedIn(value)]));
}

function mentionedInTemplate(template: string): Set<string> {
  try {
    return references(parseTemplate(template));
  } catch (error) {
    if (error instanceof ExpressionError) return new Set();
    throw error;
  }
}

/** `depends_on` holds references as they stand, without `${…}`. */
function dependsOn(block: Block): string[] {
  const list = block.body["depends_on"] ?? [];
  if (!isList(list)) throw invalidConfiguration(block.address, "its depends_on is no list");
  return list.flatMap((item) => {
    const found = typeof item === "string" ? mentionedInTemplate(asTemplate(item)) : new Set<string>();
    if (found.size === 0)
      throw invalidConfiguration(block.address, `its depends_on has ${JSON.stringify(item)}, which is no reference`);
    return [...found];
  });
}
