import { readBlocks } from "./blocks";
import { danglingReference, invalidConfiguration } from "../../errors";
import { asTemplate, ExpressionError, type Json, type JsonObject, parseTemplate, references } from "../../language";
import { iteratorsIn } from "../../modules/dynamic-blocks";
import type { Block, Node } from "../../modules/node";
import { dependencyOrder } from "../../modules/order";
import { argumentsOnDemand } from "../../resources";
import type { ModuleFiles, Source } from "./folder";
import { isList, isObject, type Value } from "../../language/value";
import { type Environment, givenValues } from "./given-values";

export type { Node } from "../../modules/node";

/** A root module: its blocks, and the values that its folder and the environment give to its variables. */
export interface Configuration {
  readonly nodes: ReadonlyMap<string, Node>;
  /** All addresses, dependencies first, else in the order of their declaration. */
  readonly order: readonly string[];
  readonly variableValues: ReadonlyMap<string, Value>;
}

const META_ARGUMENTS = ["//", "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"];

/** Reads the blocks of a root module and checks that their references lead somewhere and never in a circle. */
export function readConfiguration(source: Source, environment: Environment): Configuration {
  const nodes = readNodes(source);
  for (const node of nodes.values()) {
    for (const dependency of node.dependencies) {
      const target = dependency.replace(/^(module\.[^.]+)\..*/, "$1");
      if (!nodes.has(target)) throw danglingReference(node.address, target);
    }
  }
  const order = dependencyOrder(nodes.keys(), (address) => nodes.get(address)?.dependencies ?? []);
  return { nodes, order, variableValues: givenValues(nodes, source, environment) };
}

/** The blocks of a module by address. */
export function readNodes(files: ModuleFiles): ReadonlyMap<string, Node> {
  return new Map([...readBlocks(files)].map(([address, block]) => [address, toNode(block)]));
}

function toNode(block: Block): Node {
  const value = valueOf(block);
  const iterators = iteratorsIn(value);
  const isBlock = (address: string): boolean => !iterators.includes(address.split(".", 1)[0] ?? "");
  const mentions = (json: Json): Set<string> => new Set([...mentionedIn(json)].filter(isBlock));
  const { body, keyword } = block;
  const waitsFor = [body["provisioner"], body["count"], body["for_each"]].flatMap((json) => [
    ...mentions(json ?? null),
  ]);
  const first = new Set([...dependsOn(block), ...waitsFor]);
  const isCall = keyword === "module" && isObject(value);
  return {
    ...block,
    value,
    references: new Set([...mentions(value)].map((address) => address.replace(/^(module\.[^.]+)\..*/, "$1"))),
    dependencies: isCall ? first : new Set([...mentions(value), ...first]),
    argumentDependencies: new Map(isCall ? Object.entries(value).map(([name, json]) => [name, mentions(json)]) : []),
  };
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
    case "module":
      return withoutMembers(block.body, [...META_ARGUMENTS, "source", "version", "providers"]);
    default: {
      const read = block.keyword === "resource" ? argumentsOnDemand(block.labels[0] ?? "") : undefined;
      const unread = Object.keys(block.body).filter((name) => read?.includes(name) === false);
      return withoutMembers(block.body, [...META_ARGUMENTS, ...unread]);
    }
  }
}

function withoutMembers(body: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
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
    const found = [...references(parseTemplate(template))];
    return new Set(
      found.flatMap((address) => (address.startsWith("module.") ? outputsOf(address, template) : address)),
    );
  } catch (error) {
    if (error instanceof ExpressionError) return new Set();
    throw error;
  }
}

/** The outputs of a module that a template names, such as `module.auth.output.issuer`; or the module as a whole. */
function outputsOf(module: string, template: string): string[] {
  const name = module.replace(/[.\\-]/g, "\\$&");
  const mentions = [...template.matchAll(new RegExp(`\\b${name}(?![\\w-])(?:\\[[^\\]]*\\])?(?:\\.([\\w-]+))?`, "g"))];
  const outputs = mentions.map(([, output]) => output);
  return outputs.includes(undefined) ? [module] : outputs.map((output) => `${module}.output.${output}`);
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
