import { duplicateAddress, invalidConfiguration, notAConfiguration } from "../../errors";
import type { JsonObject } from "../../language";
import type { Source, SourceFile } from "./folder";
import { isList, isObject, type Value } from "../../language/value";

/** One block of a configuration, such as `resource "aws_iam_role" "gateway" { … }`. */
export interface Block {
  readonly keyword: Keyword;
  readonly labels: readonly string[];
  /** Such as `aws_iam_role.gateway`, `data.aws_region.current`, `var.name`, `local.name`, `output.name`. */
  readonly address: string;
  readonly body: JsonObject;
}

/** How many labels each block has in front of its body. */
const LABELS = { provider: 1, variable: 1, output: 1, module: 1, resource: 2, data: 2, ephemeral: 2 } as const;
type Keyword = keyof typeof LABELS | "locals";

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
  locals: "local.",
};

/** All blocks of a root module by address, in the order of their declaration, with the override files applied. */
export function readBlocks(source: Source): Map<string, Block> {
  const blocks = new Map<string, Block>();
  for (const file of source.files) {
    for (const block of blocksOf(file)) {
      if (blocks.has(block.address)) throw duplicateAddress(block.address, file.path);
      blocks.set(block.address, block);
    }
  }
  for (const file of source.overrides) {
    for (const block of blocksOf(file)) blocks.set(block.address, overridden(blocks.get(block.address), block));
  }
  return blocks;
}

/** An override replaces whole arguments and all nested blocks of a type. */
function overridden(original: Block | undefined, override: Block): Block {
  if (original === undefined)
    throw invalidConfiguration(override.address, "an override file changes it, but no other file declares it");
  return { ...original, body: { ...original.body, ...override.body } };
}

function blocksOf(file: SourceFile): Block[] {
  return Object.entries(file.content).flatMap(([keyword, content]) => {
    if (IGNORED.has(keyword)) return [];
    if (keyword === "locals") return localBlocks(content, file.path);
    if (!isLabelled(keyword)) throw notAConfiguration(file.path, `it has ${JSON.stringify(keyword)} at its top`);
    return labelledBlocks(keyword, content, [], file.path);
  });
}

function isLabelled(keyword: string): keyword is keyof typeof LABELS {
  return Object.hasOwn(LABELS, keyword);
}

/** Descends one object for each label; Terraform accepts a list of objects at every level. */
function labelledBlocks(
  keyword: keyof typeof LABELS,
  content: Value,
  labels: readonly string[],
  path: string,
): Block[] {
  if (isList(content)) return content.flatMap((item) => labelledBlocks(keyword, item, labels, path));
  if (content === null && labels.length > 0) return [];
  if (!isObject(content)) throw invalidConfiguration(addressOf(keyword, labels), `it is no JSON object in ${path}`);
  if (labels.length === LABELS[keyword])
    return [{ keyword, labels, address: blockAddress(keyword, labels, content), body: content }];
  return Object.entries(content)
    .filter(([label]) => label !== "//")
    .flatMap(([label, inner]) => labelledBlocks(keyword, inner, [...labels, label], path));
}

/** Each local value is a block by itself, with the value as its body's only member. */
function localBlocks(content: Value, path: string): Block[] {
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
function blockAddress(keyword: Keyword, labels: readonly string[], body: JsonObject): string {
  const alias = keyword === "provider" && typeof body["alias"] === "string" ? [body["alias"]] : [];
  return addressOf(keyword, [...labels, ...alias]);
}

function addressOf(keyword: Keyword, labels: readonly string[]): string {
  return ADDRESS_PREFIX[keyword] + (labels.length === 0 ? keyword : labels.join("."));
}
