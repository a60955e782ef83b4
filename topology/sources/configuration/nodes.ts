import { readBlocks } from "./blocks";
import { invalidConfiguration } from "../../errors";
import { asTemplate, compileOnce, ExpressionError, references } from "../../language";
import { iteratorsIn } from "../../modules/dynamic-blocks";
import { enabledOf, type SourceBlock, type Node } from "../../modules/node";
import { argumentsOnDemand } from "../../resources";
import type { ModuleFiles } from "./folder";
import { isList, isObject, type Value, without } from "../../language/value";

const META_ARGUMENTS = ["//", "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"];

/** The blocks of a module by address. */
export function readNodes(files: ModuleFiles): ReadonlyMap<string, Node> {
  return new Map([...readBlocks(files)].map(([address, block]) => [address, toNode(block)]));
}

function toNode(block: SourceBlock): Node {
  const value = valueOf(block);
  const iterators = iteratorsIn(value);
  const isBlock = (address: string): boolean => !iterators.includes(address.split(".", 1)[0] ?? "");
  const mentions = (...values: readonly Value[]): string[] => mentionedIn(values).filter(isBlock);
  const { body, keyword } = block;
  const own = mentions(value);
  const waitsFor = [body["provisioner"], body["count"], body["for_each"], enabledOf(block)].flatMap((each) =>
    mentions(each ?? null),
  );
  const isCall = keyword === "module" && isObject(value);
  return {
    ...block,
    value,
    references: new Set(own.map((address) => address.replace(/^(module\.[^.]+)\..*/, "$1"))),
    dependencies: new Set([...(isCall ? [] : own), ...dependsOn(block), ...waitsFor]),
    argumentDependencies: new Map(
      isCall ? Object.entries(value).map(([name, json]) => [name, new Set(mentions(json))]) : [],
    ),
  };
}

function valueOf(block: SourceBlock): Value {
  switch (block.keyword) {
    case "variable":
      return block.body["default"] ?? null;
    case "locals":
    case "output":
      return block.body["value"] ?? null;
    case "provider":
      return { region: block.body["region"] ?? null };
    case "module":
      return without(block.body, ...META_ARGUMENTS, "source", "version", "providers");
    default: {
      const read = block.keyword === "resource" ? argumentsOnDemand(block.labels[0] ?? "") : undefined;
      const unread = Object.keys(block.body).filter((name) => read?.includes(name) === false);
      return without(block.body, ...META_ARGUMENTS, ...unread);
    }
  }
}

/** The addresses in all templates of a value. */
function mentionedIn(json: Value): string[] {
  if (typeof json === "string") return mentionedInTemplate(json);
  if (isList(json)) return json.flatMap(mentionedIn);
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([key, value]) => [...mentionedInTemplate(key), ...mentionedIn(value)]);
}

/** A template that cannot be parsed mentions nothing here; it is an error only once its value is needed. */
function mentionedInTemplate(template: string): string[] {
  if (!/[$%]\{/.test(template)) return [];
  try {
    return [...references(compileOnce(template))].flatMap((address) =>
      address.startsWith("module.") ? outputsOf(address, template) : address,
    );
  } catch (error) {
    if (error instanceof ExpressionError) return [];
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
function dependsOn(block: SourceBlock): string[] {
  const list = block.body["depends_on"] ?? [];
  if (!isList(list)) throw invalidConfiguration(block.address, "its depends_on is no list");
  return list.flatMap((item) => {
    const found = typeof item === "string" ? mentionedInTemplate(asTemplate(item)) : [];
    if (found.length === 0) {
      throw invalidConfiguration(block.address, `its depends_on has ${JSON.stringify(item)}, which is no reference`);
    }
    return found;
  });
}
