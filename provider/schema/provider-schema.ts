// provider/schema/: the schema of the AWS provider, from its bindings.
import { parseBinding } from "./binding";
import { bindingSource, hasBinding } from "./bindings-source";
import { blockOf } from "./block";
import type { Block } from "./model";
import { sensitiveAttributes, writeOnlyAttributes } from "./secrets";
import { newerResources, supportedDataSources, supportedResources } from "./supported-types";

export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: ReadonlyMap<string, Block>;
  readonly dataSources: ReadonlyMap<string, Block>;
}

/** The schema of AWS provider 6.25.0, as far as the stand-in knows it, derived from the installed bindings. */
export function providerSchema(): ProviderSchema {
  return {
    provider: withoutAlias(blockOf(parseBinding(bindingSource("provider")))),
    resources: new Map(
      [...supportedResources, ...newerResources.filter(hasBinding)].map((folder) => typedBlock(folder)),
    ),
    dataSources: new Map(supportedDataSources.map((folder) => typedBlock(folder))),
  };
}

function typedBlock(folder: string): [type: string, block: Block] {
  const source = bindingSource(folder);
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
