import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parseHcl } from "../../../topology/sources/configuration/hcl";

/** A block of `terraform providers schema -json`. */
interface Block {
  readonly attributes?: Readonly<Record<string, { readonly optional?: boolean; readonly required?: boolean }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

type Bodies = readonly Readonly<Record<string, unknown>>[];

/** What a user can set in a block, with the blocks in it: `verification_message_template.email_subject`. */
export function argumentsOf({ attributes = {}, block_types = {} }: Block, path = ""): string[] {
  const settable = Object.entries(attributes).filter(([, { optional, required }]) => optional || required);
  return [
    ...settable.map(([name]) => `${path}${name}`),
    ...Object.entries(block_types).flatMap(([name, { block }]) => [
      `${path}${name}`,
      ...argumentsOf(block, `${path}${name}.`),
    ]),
  ];
}

/** The arguments that the configurations of a folder set, by kind of resource. */
export function argumentsSetIn(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const set = new Map<string, Set<string>>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tf"))) {
    const { resource = {} } = parseHcl(file, readFileSync(join(folder, file), "utf8")) as {
      resource?: Record<string, Record<string, Bodies>>;
    };
    for (const [type, byName] of Object.entries(resource)) {
      const known = set.get(type) ?? new Set();
      for (const bodies of Object.values(byName)) addArguments(bodies, "", known);
      set.set(type, known);
    }
  }
  return set;
}

function addArguments(bodies: Bodies, path: string, set: Set<string>): void {
  for (const body of bodies) {
    for (const [name, value] of Object.entries(body)) {
      if (name === "dynamic") addDynamic(value as Record<string, Bodies>, path, set);
      set.add(path + name);
      if (Array.isArray(value)) addArguments(value.filter(isBody), `${path}${name}.`, set);
    }
  }
}

function addDynamic(blocks: Record<string, Bodies>, path: string, set: Set<string>): void {
  for (const [name, bodies] of Object.entries(blocks)) {
    set.add(path + name);
    for (const { content } of bodies) addArguments(content as Bodies, `${path}${name}.`, set);
  }
}

function isBody(value: unknown): value is Bodies[number] {
  return typeof value === "object" && value !== null;
}
