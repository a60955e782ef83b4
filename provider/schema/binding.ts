/** What the provider's schema says about an attribute or block; the bindings keep it in a comment. */
export interface Flags {
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
}

/** An entry of a `…ToHclTerraform` table: how a configurable attribute or block is written to Terraform. */
export interface Argument {
  readonly kind: "simple" | "list" | "set" | "map" | "struct";
  /** `string`, `stringList`, `stringMap`, … or the name of a generated class. */
  readonly storage: string;
  /** Key in `Binding.structs` of what is nested here. */
  readonly struct?: string;
  /** Whether the nested value is mapped one by one (`list`), and then whether as blocks. */
  readonly mapped: "no" | "blocks" | "attributes";
}

export interface Member {
  readonly name: string;
  readonly flags: Flags;
  readonly argument?: Argument;
  /** The member's code, which tells the type of what is only computed. */
  readonly code: string;
}

export interface Binding {
  readonly root: readonly Member[];
  readonly structs: ReadonlyMap<string, readonly Member[]>;
}

// An argument of the provider's nested blocks has no class, and so no comment.
const undocumented: Flags = { computed: false, optional: true, required: false };

/** Reads the TypeScript of one binding, which is generated and has one form for each thing. */
export function parseBinding(source: string): Binding {
  const tables = new Map<string, ReadonlyMap<string, Argument>>();
  const classes = new Map<string, ReadonlyMap<string, Member>>();
  let root: readonly Member[] = [];
  for (const section of source.split(/^export /m)) {
    const table = /^function (\w+)ToHclTerraform\(/.exec(section)?.[1];
    const reference = /^class (\w+)OutputReference /.exec(section)?.[1];
    if (table !== undefined) tables.set(structKey(table), parseTable(section));
    else if (reference !== undefined) classes.set(structKey(reference), parseClass(section));
    else if (section.includes("synthesizeHclAttributes()")) root = join(parseTable(section), parseClass(section));
  }
  const keys = new Set([...tables.keys(), ...classes.keys()]);
  return { root, structs: new Map([...keys].map((key) => [key, join(tables.get(key), classes.get(key))])) };
}

/** The key of a struct from any generated name of it, whatever the case of its first letter. */
export function structKey(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function join(table?: ReadonlyMap<string, Argument>, members?: ReadonlyMap<string, Member>): readonly Member[] {
  const names = new Set([...(table?.keys() ?? []), ...(members?.keys() ?? [])]);
  return [...names].map((name) => {
    const member = members?.get(name) ?? { name, flags: undocumented, code: "" };
    return { ...member, argument: table?.get(name) };
  });
}

function parseTable(section: string): ReadonlyMap<string, Argument> {
  const entry = /^ +(\w+): \{\n +value: (.*),\n +isBlock: \w+,\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;
  const table = new Map<string, Argument>();
  for (const [, name = "", value = "", kind, storage = ""] of section.matchAll(entry)) {
    const nested = /(?<![.\w])(\w+)ToHclTerraform\b/.exec(value)?.[1];
    const asBlocks = /listMapperHcl\(\w+, (true|false)\)/.exec(value)?.[1];
    table.set(name, {
      kind: kind as Argument["kind"],
      storage,
      ...(nested !== undefined && { struct: structKey(nested) }),
      mapped: asBlocks === undefined ? "no" : asBlocks === "true" ? "blocks" : "attributes",
    });
  }
  return table;
}

function parseClass(section: string): ReadonlyMap<string, Member> {
  const comment = /^ {2}\/\/ (\w+) - computed: (\w+), optional: (\w+), required: (\w+)$/gm;
  const found = [...section.matchAll(comment)];
  return new Map(
    found.map(([, name = "", computed, optional, required], position) => {
      const flags = { computed: computed === "true", optional: optional === "true", required: required === "true" };
      const code = section.slice(found[position]?.index, found[position + 1]?.index);
      return [name, { name, flags, code }];
    }),
  );
}
