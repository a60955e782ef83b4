import type { Argument, Binding, Member } from "./binding";
import { structKey } from "./binding";
import type { Attribute, Block, NestedBlock, ValueType } from "./model";

/** Turns a binding into the schema that the AWS provider announces for it, without what the bindings do not know. */
export function blockOf(binding: Binding, members: readonly Member[] = binding.root): Block {
  const attributes: Attribute[] = [];
  const blocks: NestedBlock[] = [];
  for (const member of members) {
    if (member.argument && isBlock(member.argument)) blocks.push(nestedBlock(binding, member, member.argument));
    else {
      attributes.push({
        name: member.name,
        type: typeOf(binding, member),
        ...member.flags,
        sensitive: false,
        writeOnly: false,
      });
    }
  }
  return { attributes, blocks };
}

function isBlock({ struct, mapped }: Argument): boolean {
  return struct !== undefined && mapped !== "attributes";
}

function nestedBlock(binding: Binding, member: Member, { kind, struct, mapped }: Argument): NestedBlock {
  return {
    name: member.name,
    nesting: kind === "struct" ? "SINGLE" : kind === "set" ? "SET" : "LIST",
    minItems: member.flags.required ? 1 : 0,
    maxItems: kind !== "struct" && mapped === "no" ? 1 : 0,
    block: blockOf(binding, structMembers(binding, struct)),
  };
}

function typeOf(binding: Binding, member: Member): ValueType {
  return member.argument ? argumentType(binding, member, member.argument) : computedType(binding, member);
}

function argumentType(binding: Binding, member: Member, { kind, storage, struct }: Argument): ValueType {
  if (struct !== undefined) return [kind === "set" ? "set" : "list", objectType(binding, struct)];
  const element = primitives[storage.replace(/(List|Map)$/, "")];
  if (element === undefined || kind === "struct") throw unreadable(member, `its table says ${kind} of ${storage}`);
  return kind === "simple" ? element : [kind, element];
}

const primitives: Readonly<Record<string, ValueType>> = { string: "string", number: "number", boolean: "bool" };

function computedType(binding: Binding, member: Member): ValueType {
  const nested = /= new (\w+)List\(this, "\w+", (true|false)\)/.exec(member.code);
  if (nested) return [nested[2] === "true" ? "set" : "list", objectType(binding, nested[1])];
  if (/= new cdkt[fn]\.StringMap\(/.test(member.code)) return ["map", "string"];
  const getter = /return (cdkt[fn]\.Fn\.tolist\()?this\.get(\w+)Attribute\(/.exec(member.code);
  const type =
    getter?.[2] === "List" && getter[1] !== undefined ? (["set", "string"] as const) : getters[getter?.[2] ?? ""];
  if (type === undefined) throw unreadable(member, "its getter has no known form");
  return type;
}

const getters: Readonly<Record<string, ValueType>> = {
  String: "string",
  Number: "number",
  Boolean: "bool",
  List: ["list", "string"],
  StringMap: ["map", "string"],
};

function objectType(binding: Binding, struct = ""): ValueType {
  const members = structMembers(binding, structKey(struct));
  return ["object", Object.fromEntries(members.map((member) => [member.name, typeOf(binding, member)]))];
}

function structMembers(binding: Binding, struct = ""): readonly Member[] {
  const members = binding.structs.get(struct);
  if (!members) throw new Error(`The binding names the struct "${struct}" but does not define it.`);
  return members;
}

function unreadable(member: Member, reason: string): Error {
  return new Error(`Cannot derive the type of "${member.name}": ${reason}.`);
}
