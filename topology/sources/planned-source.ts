import { Block } from "../arguments/block";
import { notOfThisPlan } from "../errors";
import {
  isKnown,
  isSymbolicList,
  isSymbolicObject,
  measureOf,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "../language/unknown";
import { isObject, member, oneOrMany, primitiveText, type Value, type ValueObject } from "../language/value";
import { objectAt } from "../language/members";
import type { Instance, Inventory, OutputInstance } from "../modules/inventory";
import { resourceKind } from "../resources";
import type { Source } from "./configuration/folder";
import { configurationInventory } from "./configuration/read-configuration";
import type { Document } from "./document";
import { deletions, isDestruction } from "./plan/outside";
import { readPlan } from "./plan/read-plan";

/**
 * What a plan declares, with the texts of the configuration that it was made of: instances, values and what data sources
 * gave come from the plan, and what is known only at apply from the expressions in the configuration. What a plan of a
 * part, as with `-target`, leaves to another one comes from the configuration alone.
 * @throws TopologyError where the two do not belong to each other.
 */
export function readPlanWithSource(
  { name, plan, answers }: Extract<Document, { kind: "plan" }>,
  source: Source,
  tellsSensitive: boolean,
): Inventory {
  const { outside, ...planned } = readPlan(plan, answers, !tellsSensitive);
  const isPartial = member(plan, "complete") === false || outside.size > 0;
  const instances = planned.instances.filter(({ address }) => !outside.has(address));
  const byAddress = new Map(instances.map((instance) => [instance.address, instance]));
  const variables = Object.entries(objectAt(plan, "variables")).map(([variable, value]): [string, Value] => [
    variable,
    objectAt(value)["value"] ?? null,
  ]);
  const data = (address: string): SymbolicObject | undefined => {
    const values = byAddress.get(address)?.arguments.values;
    return values !== undefined && isKnown(values) ? values : undefined;
  };
  const written = configurationInventory(source, { tellsSensitive, planned: { variables: new Map(variables), data } });
  const sources = new Map(written.instances.map((instance) => [instance.address, instance]));
  const folder = source.folder ?? "the configuration";
  const shown = new Set(instances.flatMap(({ address, blockAddress }) => [address, blockAddress]));
  const deleted = deletions(plan);
  const others = isDestruction(plan)
    ? []
    : written.instances.filter(({ address }) => !shown.has(address) && !deleted.has(address));
  const [unplanned] = isPartial ? [] : others.filter(({ type }) => !type.startsWith("data."));
  if (unplanned !== undefined) {
    throw notOfThisPlan(unplanned.address, `${folder} declares it, but ${name} does not plan it`);
  }
  const both = instances.map((instance) => {
    const own = sources.get(instance.address) ?? blockOf(instance, written);
    if (own !== undefined) return withTexts(instance, own, name, folder);
    if (isPartial) return instance;
    throw notOfThisPlan(instance.address, `${name} plans it, but ${folder} does not declare it`);
  });
  // A deployment makes what the plan is about.
  const added = isPartial && !tellsSensitive ? others : [];
  return {
    ...planned,
    instances: [...both, ...added],
    outputs: written.outputs.map((output) => withPlannedValue(output, planned)),
    region: planned.region ?? written.region,
    hidden: [
      ...planned.hidden.filter(({ address }) => !outside.has(address)),
      ...written.hidden.filter(({ address }) => !address.startsWith("var.")),
    ],
    acknowledgements: written.acknowledgements,
    positionOf: (address) => written.positionOf(address),
    dependents: (blockAddress) => written.dependents(blockAddress),
  };
}

/** Of an instance whose key the configuration does not tell. */
function blockOf({ blockAddress }: Instance, { instances }: Inventory): Instance | undefined {
  return instances.find((instance) => instance.address === blockAddress);
}

function withTexts(planned: Instance, written: Instance, plan: string, folder: string): Instance {
  const isRead = resourceKind(planned.type) !== undefined;
  const different = isRead ? difference(planned.arguments.values, written.arguments.values) : undefined;
  if (different !== undefined) {
    throw notOfThisPlan(planned.address, `${different} is not in ${folder} what it is in ${plan}`);
  }
  const values = merged(planned.arguments.values, written.arguments.values);
  const { written: text, provisioners, hasOwnProvider, providerRegion, position, constructPath } = written;
  return {
    ...planned,
    ...{ written: text, provisioners, hasOwnProvider, providerRegion, position, constructPath },
    arguments: new Block(isSymbolicObject(values) ? values : {}),
  };
}

/** The value of the plan where it is known, and the expression of the configuration where it refers to something. */
function merged(planned: Symbolic | undefined, written: Symbolic | undefined): Symbolic {
  if (written === undefined || written === null) {
    // What nobody writes, the provider fills in.
    return planned instanceof Unknown ? new Unknown({ references: [], computed: true }) : (planned ?? null);
  }
  if (planned === undefined || planned === null || isEmpty(planned)) return written;
  if (written instanceof Unknown) return measureOf(written).isShown ? written : planned;
  if (isKnown(planned) && isKnown(written)) return planned;
  if (isSymbolicObject(planned) && isSymbolicObject(written)) return mergedObject(planned, written);
  if (isSymbolicList(planned) && isSymbolicList(written)) return mergedList(planned, written);
  return isSymbolicList(planned) && isSymbolicObject(written) ? mergedList(planned, [written]) : written;
}

function mergedObject(planned: SymbolicObject, written: SymbolicObject): SymbolicObject {
  const names = [...new Set([...Object.keys(planned), ...Object.keys(written)])];
  return Object.fromEntries(names.map((name) => [name, merged(member(planned, name), member(written, name))]));
}

/** Sets come in another order than they are written, so only a single block is sure to be the same in both. */
function mergedList(planned: readonly Symbolic[], written: readonly Symbolic[]): readonly Symbolic[] {
  return planned.length === 1 && written.length === 1 ? [merged(planned[0], written[0])] : written;
}

/** What the plan does not know yet it may show as an empty list. */
function isEmpty(planned: Symbolic): boolean {
  return isSymbolicList(planned) && planned.length === 0;
}

/** The first argument, such as `name`, that has one plain value in the plan and another in the configuration. */
function difference(planned: SymbolicObject, written: SymbolicObject): string | undefined {
  for (const [name, value] of Object.entries(written)) {
    const other = member(planned, name);
    if (other === undefined || other === null || value === null || !isKnown(other) || !isKnown(value)) continue;
    const [one, two] = [primitiveText(other), primitiveText(value)];
    // Providers write JSON in ways of their own.
    if (one !== undefined && two !== undefined && one !== two && !/^\s*[[{]/.test(one)) return name;
    const [block, otherBlock] = [onlyBlock(value), onlyBlock(other)];
    const inner = block && otherBlock ? difference(otherBlock, block) : undefined;
    if (inner !== undefined) return `${name}.${inner}`;
  }
  return undefined;
}

function onlyBlock(value: Value): ValueObject | undefined {
  const [only, ...others] = oneOrMany(value);
  return only !== undefined && others.length === 0 && isObject(only) ? only : undefined;
}

function withPlannedValue(output: OutputInstance, { outputs }: Inventory): OutputInstance {
  const planned = outputs.find(({ address }) => address === output.address);
  return { ...output, value: merged(planned?.value, output.value), sensitive: planned?.sensitive ?? output.sensitive };
}
