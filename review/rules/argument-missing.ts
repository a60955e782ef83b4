import { type Block, isOfCloudControl } from "../../topology";
import { type BlockSchema, schemaOf } from "../provider-schema";
import { eachOf, type Fault, instances, type Rule } from "../rule";

export const argumentMissing: Rule = {
  id: "argument-missing",
  severity: "error",
  summary: "Resources have the arguments and blocks that the provider requires.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  check: eachOf(instances, function* ({ address, type, arguments: block }, { inventory }) {
    const schema = schemaOf(type);
    if (schema === undefined || inventory.isPlanned === true) return;
    yield* faultsIn(block, isOfCloudControl(address) ? withoutBlocks(schema) : schema, "");
  }),
};

function* faultsIn(block: Block, { members, required }: BlockSchema, prefix: string): Generator<Fault> {
  for (const name of required) {
    if (block.isOpen(name) || block.value(name) !== undefined) continue;
    const path = prefix + name;
    const what = members.get(name) === undefined ? `Set ${path}.` : `Add a block ${path}.`;
    yield { message: `${path} is left out, and Terraform refuses the resource without it.`, fix: what };
  }
  for (const [name, inner] of members) {
    if (inner === undefined) continue;
    for (const nested of block.blocks(name)) yield* faultsIn(nested, inner, `${prefix}${name}.`);
  }
}

/** Those of awscc have other blocks. */
function withoutBlocks({ members, required }: BlockSchema): BlockSchema {
  return { members: new Map(), required: required.filter((name) => members.get(name) === undefined) };
}
