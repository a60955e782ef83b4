import { isOfCloudControl, isSymbolicList, isSymbolicObject, type Symbolic } from "../../topology";
import { type BlockSchema, KINDS, schemaOf } from "../provider-schema";
import { areAlike } from "../../options";
import { eachOf, type Fault, instances, type Rule } from "../rule";

export const argumentUnknown: Rule = {
  id: "argument-unknown",
  severity: "error",
  summary: "Resources have no misspelt kinds, arguments and blocks, and none that the provider does not have.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  check: eachOf(instances, function* ({ address, type, written, position }, { inventory }) {
    if (inventory.isPlanned === true || isOfCloudControl(address)) return;
    const schema = schemaOf(type);
    const isHcl = /\.(tf|tofu)$/.test(position?.file ?? "");
    if (schema !== undefined) yield* faultsIn(written.values, { schema, prefix: "", isHcl });
    else if (type.startsWith(AGENTCORE) && !KINDS.has(type.slice(AGENTCORE.length))) yield unknownKind(type);
  }),
};

const AGENTCORE = "aws_bedrockagentcore_";
/** What Terraform itself takes in each resource. */
const OF_EVERY_RESOURCE = ["count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

interface Level {
  readonly schema: BlockSchema;
  /** Where its names stand, such as `protocol_configuration.`. */
  readonly prefix: string;
  /** Whether blocks and arguments are written in different ways. */
  readonly isHcl: boolean;
}

function* faultsIn(written: Symbolic, level: Level): Generator<Fault> {
  for (const block of isSymbolicList(written) ? written : [written]) {
    if (!isSymbolicObject(block)) continue;
    const { dynamic, ...own } = block;
    yield* faultsOf(own, level);
    for (const [type, made] of entriesOf(dynamic)) yield* faultsOf({ [type]: contentsOf(made) }, level);
  }
}

function* faultsOf(members: Readonly<Record<string, Symbolic>>, level: Level): Generator<Fault> {
  const { schema, prefix, isHcl } = level;
  for (const [name, value] of Object.entries(members)) {
    // Of names that are made of something, and comments in JSON.
    if (!/^\w+$/.test(name)) continue;
    if (!schema.members.has(name)) yield unknown(name, schema, prefix);
    const inner = schema.members.get(name);
    if (inner === undefined) continue;
    if (isHcl && isSymbolicObject(value)) {
      yield {
        message: `${prefix}${name} is a block, and stands as an argument, which Terraform refuses.`,
        fix: `Write ${name} { … } without "=".`,
      };
    }
    yield* faultsIn(value, { ...level, schema: inner, prefix: `${prefix}${name}.` });
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
  const others = prefix === "" ? [...members.keys(), ...OF_EVERY_RESOURCE] : [...members.keys()];
  return unlessLater(
    `${prefix}${name} is no argument or block`,
    others.find((other) => areAlike(name, other)),
  );
}

function unknownKind(type: string): Fault {
  const meant = [...KINDS].map((name) => AGENTCORE + name).find((kind) => areAlike(type, kind));
  return unlessLater(`${type} is no kind of resource`, meant);
}

function unlessLater(what: string, meant: string | undefined): Fault {
  const message = `${what} of the AWS provider up to 6.66, and Terraform refuses what its provider does not have.`;
  if (meant !== undefined) return { message, fix: `Write ${meant}.` };
  return { message, fix: `Take it out, or see that your release of the provider has it.`, severity: "warning" };
}
