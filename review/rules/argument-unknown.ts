import { isOfCloudControl, isSymbolicList, isSymbolicObject, type Symbolic } from "../../topology";
import { type BlockSchema, schemaOf } from "../provider-schema";
import { areAlike } from "../../options";
import { eachOf, type Fault, instances, type Rule } from "../rule";

export const argumentUnknown: Rule = {
  id: "argument-unknown",
  severity: "error",
  summary: "Resources have no misspelt arguments and blocks, and none that the provider does not have.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  check: eachOf(instances, function* ({ address, type, written }, { inventory }) {
    const schema = schemaOf(type);
    if (schema === undefined || inventory.isPlanned === true || isOfCloudControl(address)) return;
    yield* faultsIn(written.values, schema, "");
  }),
};

function* faultsIn(written: Symbolic, schema: BlockSchema, prefix: string): Generator<Fault> {
  for (const block of isSymbolicList(written) ? written : [written]) {
    if (!isSymbolicObject(block)) continue;
    const { dynamic, ...own } = block;
    yield* faultsOf(own, schema, prefix);
    for (const [type, made] of entriesOf(dynamic)) yield* faultsOf({ [type]: contentsOf(made) }, schema, prefix);
  }
}

function* faultsOf(members: Readonly<Record<string, Symbolic>>, schema: BlockSchema, prefix: string): Generator<Fault> {
  for (const [name, value] of Object.entries(members)) {
    // Of names that are made of something, and comments in JSON.
    if (!/^\w+$/.test(name)) continue;
    if (!schema.members.has(name)) yield unknown(name, schema, prefix);
    const inner = schema.members.get(name);
    if (inner !== undefined) yield* faultsIn(value, inner, `${prefix}${name}.`);
  }
}

function entriesOf(value: Symbolic | undefined): [string, Symbolic][] {
  return value !== undefined && isSymbolicObject(value) ? Object.entries(value) : [];
}

function contentsOf(dynamic: Symbolic): Symbolic {
  const blocks = isSymbolicList(dynamic) ? dynamic : [dynamic];
  return blocks.flatMap((block) => (isSymbolicObject(block) ? (block["content"] ?? []) : []));
}

/** A later release may have more arguments, but hardly one that is nearly called like another. */
function unknown(name: string, { members }: BlockSchema, prefix: string): Fault {
  const message = `${prefix}${name} is no argument or block of the AWS provider up to 6.66, and Terraform refuses what its provider does not have.`;
  const meant = [...members.keys()].find((other) => areAlike(name, other));
  if (meant !== undefined) return { message, fix: `Write ${meant}.` };
  return { message, fix: `Take it out, or see that your release of the provider has it.`, severity: "warning" };
}
