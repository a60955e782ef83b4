// provider/schema/: the schema of the AWS provider, from its bindings.
import { parseBinding } from "./binding";
import { bindingSource, hasBinding, INSTALLED_BINDINGS } from "./bindings-source";
import { blockOf } from "./block";
import type { Block } from "./model";
import { sensitiveAttributes, writeOnlyAttributes } from "./secrets";
import { newerResources, supportedDataSources, supportedResources } from "./supported-types";

export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: ReadonlyMap<string, Block>;
  readonly dataSources: ReadonlyMap<string, Block>;
}

/** The schema of the AWS provider, as far as the stand-in knows it, that the bindings were made from. */
export function providerSchema(bindings = INSTALLED_BINDINGS): ProviderSchema {
  const blocks = (folders: readonly string[]) => new Map(folders.map((folder) => typedBlock(bindings, folder)));
  return {
    provider: withoutAlias(blockOf(parseBinding(bindingSource(bindings, "provider")))),
    resources: blocks([...supportedResources, ...newerResources.filter((folder) => hasBinding(bindings, folder))]),
    dataSources: blocks(supportedDataSources),
  };
}

function typedBlock(bindings: string, folder: string): [type: string, block: Block] {
  const source = bindingSource(bindings, folder);
  const type = /static readonly tfResourceType = "(\w+)"/.exec(source)?.[1];
  if (type === undefined) throw new Error(`The binding ${folder} names no Terraform type.`);
  return [type, withSecrets(type, blockOf(parseBinding(source)))];
}

// `alias` is terraform's own argument of every provider block, and reserved in a provider's schema.
function withoutAlias({ attributes, blocks }: Block): Block {
  return { attributes: attributes.filter(({ name }) => name !== "alias"), blocks };
}

function withSecrets(type: string, { attributes, blocks }: Block): Block {
  const sensitive = sensitiveAttributes[type] ?? [];
  const writeOnly = writeOnlyAttributes[type] ?? [];
  return {
    attributes: attributes.map((attribute) => ({
      ...attribute,
      sensitive: sensitive.includes(attribute.name),
      writeOnly: writeOnly.includes(attribute.name),
    })),
    blocks: blocks.map((nested) => ({ ...nested, block: withSecrets(type, nested.block) })),
  };
}
