import { duplicateAddress, invalidConfiguration, notAConfiguration } from "../../errors";
import { isList, isObject, type Value, type ValueObject, without } from "../../language/value";
import { describePosition } from "../../position";
import type { SourceBlock } from "../../modules/node";
import type { ConfigurationFile } from "./files";
import type { ModuleFiles } from "./folder";
import { isLabelled, type Keyword, type LabelledKeyword, LABELS } from "../../modules/keywords";
import { Places } from "./place";

/** Blocks that declare nothing that a deployment reads. */
const IGNORED = new Set(["//", "terraform", "moved", "import", "removed", "check"]);

const ADDRESS_PREFIX: Record<Keyword, string> = {
  provider: "provider.",
  variable: "var.",
  output: "output.",
  module: "module.",
  resource: "",
  data: "data.",
  ephemeral: "ephemeral.",
  action: "action.",
  locals: "local.",
};

/** All blocks of a module by address, in the order of their declaration, with the override files applied. */
export function readBlocks(source: ModuleFiles): Map<string, SourceBlock> {
  const blocks = new Map<string, SourceBlock>();
  for (const file of source.files) {
    for (const block of blocksOf(file)) {
      const { address, position } = block;
      if (blocks.has(address)) throw duplicateAddress(address, position ? describePosition(position) : file.path);
      blocks.set(block.address, block);
    }
  }
  for (const file of source.overrides) {
    for (const block of blocksOf(file)) blocks.set(block.address, overridden(blocks.get(block.address), block));
  }
  return blocks;
}

/**
 * An override replaces whole arguments and all nested blocks of a type, however these are made:
 * https://developer.hashicorp.com/terraform/language/files/override#merging-behavior
 */
function overridden(original: SourceBlock | undefined, override: SourceBlock): SourceBlock {
  if (original === undefined) {
    // The default configuration of a provider is always there, as an empty one.
    if (override.keyword === "provider" && override.body["alias"] === undefined) return override;
    throw invalidConfiguration(override.address, "an override file changes it, but no other file declares it");
  }
  const { dynamic: made, ...own } = original.body;
  const { dynamic: newMade, ...newOwn } = override.body;
  const keptOwn = without(own, ...Object.keys(objectOrEmpty(newMade)));
  const dynamic = { ...without(objectOrEmpty(made), ...Object.keys(newOwn)), ...objectOrEmpty(newMade) };
  const body = { ...keptOwn, ...newOwn, ...(Object.keys(dynamic).length > 0 && { dynamic }) };
  return { ...original, body };
}

function objectOrEmpty(value: Value | undefined): ValueObject {
  return value !== undefined && isObject(value) ? value : {};
}

/** The blocks of a file in the order in which they are written, which HCL loses on its way to JSON. */
function blocksOf(file: ConfigurationFile): SourceBlock[] {
  const places = new Places(file.places);
  const blocks = Object.entries(file.content).flatMap(([keyword, content]) => {
    if (IGNORED.has(keyword)) return [];
    if (keyword === "locals") return localBlocks(content, file.path);
    if (!isLabelled(keyword)) throw notAConfiguration(file.path, `it has ${JSON.stringify(keyword)} at its top`);
    return labelledBlocks(keyword, content, [], file.path);
  });
  return blocks
    .map((block) => ({ block, place: places.next([block.keyword, ...block.labels]) }))
    .sort((one, other) => (one.place?.order ?? 0) - (other.place?.order ?? 0))
    .map(({ block, place }) =>
      place ? { ...block, position: { file: file.path, line: place.line }, ignores: place.ignores } : block,
    );
}

/** Descends one object for each label; Terraform accepts a list of objects at every level. */
function labelledBlocks(
  keyword: LabelledKeyword,
  content: Value,
  labels: readonly string[],
  path: string,
): SourceBlock[] {
  if (isList(content)) return content.flatMap((item) => labelledBlocks(keyword, item, labels, path));
  if (content === null && labels.length > 0) return [];
  if (!isObject(content)) throw invalidConfiguration(addressOf(keyword, labels), `it is no JSON object in ${path}`);
  if (labels.length === LABELS[keyword]) {
    return [{ keyword, labels, address: blockAddress(keyword, labels, content), body: content }];
  }
  return Object.entries(content)
    .filter(([label]) => label !== "//")
    .flatMap(([label, inner]) => labelledBlocks(keyword, inner, [...labels, label], path));
}

/** Each local value is a block by itself, with the value as its body's only member. */
function localBlocks(content: Value, path: string): SourceBlock[] {
  if (isList(content)) return content.flatMap((item) => localBlocks(item, path));
  if (!isObject(content)) throw invalidConfiguration("locals", `it is no JSON object in ${path}`);
  return Object.entries(content)
    .filter(([name]) => name !== "//")
    .map(([name, value]) => ({
      keyword: "locals",
      labels: [name],
      address: addressOf("locals", [name]),
      body: { value },
    }));
}

/** A second configuration of a provider is told apart by its alias. */
function blockAddress(keyword: Keyword, labels: readonly string[], body: ValueObject): string {
  const alias = keyword === "provider" && typeof body["alias"] === "string" ? [body["alias"]] : [];
  return addressOf(keyword, [...labels, ...alias]);
}

function addressOf(keyword: Keyword, labels: readonly string[]): string {
  return ADDRESS_PREFIX[keyword] + (labels.length === 0 ? keyword : labels.join("."));
}
