import { join } from "node:path";
import { factsOf } from "../../provider/resources/facts-by-type";
import { parseBinding } from "../../provider/schema/binding";
import { bindingSource, hasBinding, INSTALLED_BINDINGS } from "../../provider/schema/bindings-source";
import { blockOf } from "../../provider/schema/block";
import type { Block, ValueType } from "../../provider/schema/model";
import type { Value } from "../../provider/wire/value";
import { type BlockSchema, schemaOf, SCHEMAS } from "../../review/provider-schema";
import { cdkTerrain, installCdkTerrain } from "../support/cdk-terrain";
import { testUnless } from "../support/skip";

const types = Object.keys(SCHEMAS);

/** By path, whether it is required, which bindings say of arguments alone; blocks end in a dot. */
type Paths = ReadonlyMap<string, boolean>;

function pathsIn(bindings: string, type: string): Paths {
  const folder = type.replace("aws_", "").replaceAll("_", "-");
  if (!hasBinding(bindings, folder)) return new Map();
  return new Map(pathsOfBlock(blockOf(parseBinding(bindingSource(bindings, folder))), ""));
}

function pathsOfBlock({ attributes, blocks }: Block, prefix: string): [string, boolean][] {
  const configurable = attributes.filter(({ optional, required }) => optional || required);
  return [
    ...configurable.flatMap(({ name, type, required }): [string, boolean][] => {
      const members = membersOf(type).map((member): [string, boolean] => [`${prefix}${name}.${member}`, false]);
      return members.length === 0 ? [[prefix + name, required]] : [[`${prefix}${name}.`, false], ...members];
    }),
    ...blocks.flatMap(({ name, block }): [string, boolean][] => [
      [`${prefix}${name}.`, false],
      ...pathsOfBlock(block, `${prefix}${name}.`),
    ]),
  ];
}

/** Of a list of objects, which is written as blocks are. */
function membersOf(type: ValueType): string[] {
  const [, element] = Array.isArray(type) ? (type as readonly ValueType[]) : [];
  return Array.isArray(element) && element[0] === "object" ? Object.keys(element[1] as object) : [];
}

function known(type: string): [string, boolean][] {
  const paths = ({ members, required }: BlockSchema, prefix: string): [string, boolean][] =>
    [...members].flatMap(([name, inner]): [string, boolean][] => {
      if (inner === undefined) return [[prefix + name, required.includes(name)]];
      return [[`${prefix}${name}.`, required.includes(name)], ...paths(inner, `${prefix}${name}.`)];
    });
  const schema = schemaOf(type);
  return schema === undefined ? [] : paths(schema, "");
}

const sorted = (paths: Iterable<readonly [string, boolean]>): (readonly [string, boolean])[] =>
  [...paths].sort(([one], [other]) => (one < other ? -1 : 1));

testUnless(installCdkTerrain()).each(types)(
  "the review knows the arguments that the bindings of 6.25 and 6.66 have for %s",
  (type) => {
    const releases = [INSTALLED_BINDINGS, join(cdkTerrain, "@cdktn/provider-aws")].map((each) => pathsIn(each, type));
    const all = new Set(releases.flatMap((paths) => [...paths.keys()]));
    const required = (path: string): boolean => releases.every((paths) => paths.get(path) ?? true);
    const expected = [...all].map((path): [string, boolean] => [path, required(path)]);
    const argumentsOnly = known(type).map(([path, is]): [string, boolean] => [path, is && !path.endsWith(".")]);
    expect(sorted(argumentsOnly)).toEqual(sorted(expected));
  },
);

const requiredBlocks = types.flatMap((type) =>
  known(type)
    .filter(([path, is]) => is && path.endsWith("."))
    .map(([path]): [string, string] => [type, path.slice(0, -1)]),
);

test.each(requiredBlocks)("the provider refuses %s without the block %s", (type, path) => {
  const names = path.split(".");
  const last = names.at(-1) ?? "";
  const config = names.slice(0, -1).reduceRight<Value>((inner, name) => ({ [name]: [inner] }), { [last]: [] });
  const details = (factsOf(type).validate ?? []).flatMap((rule) => rule(config as Record<string, Value>));
  expect(details.map(({ detail }) => detail.replace(/\.\d+/g, ""))).toContainEqual(
    expect.stringMatching(new RegExp(`${last}.* (must have a size of|is required)`)),
  );
});
