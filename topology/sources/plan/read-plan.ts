import type { Inventory, Instance, OutputInstance } from "../../modules/inventory";
import { Block } from "../../arguments/block";
import { isSymbolicObject, type Symbolic } from "../../language";
import { entryOf } from "../../language/maps";
import { member, type Value, type ValueObject } from "../../language/value";
import { planDependents } from "./dependencies";
import { expressionValue, fill, writtenValue } from "./expressions";
import { at, objectAt, objectsAt, textAt, textsAt } from "../../language/members";
import { allPlannedModules, readModuleTree, type PlannedModule } from "./planned-modules";
import { addOutsideBlocks, deletions } from "./outside";
import { ModuleScope, type PlanFacts } from "./scope";

export interface PlannedInventory extends Inventory {
  /** Addresses of the blocks of which the plan, which is not about everything, has no instance. */
  readonly outside: ReadonlySet<string>;
}

/**
 * Reads the document that `terraform show -json PLAN` prints.
 * @param answers - what data sources answer instead, by their addresses
 * @param addsOutside - whether blocks of which a plan that is not about everything has no instance are among the instances
 */
export function readPlan(
  plan: ValueObject,
  answers: PlanFacts["answers"] = new Map(),
  addsOutside = false,
): PlannedInventory {
  const root = readModuleTree(plan);
  const outside = addsOutside ? addOutsideBlocks(plan, root) : [];
  const facts = { ...planFacts(plan), answers };
  const scopes = new Map<PlannedModule, ModuleScope>();
  const scopeOf = (module: PlannedModule): ModuleScope => {
    return entryOf(scopes, module, () => new ModuleScope(module, facts, scopeOf));
  };
  const dependents = planDependents(plan);
  return {
    instances: allPlannedModules(root).flatMap((module) => moduleInstances(scopeOf(module))),
    outputs: rootOutputs(plan, scopeOf(root)),
    region: facts.region,
    isPlanned: true,
    hidden: [...unfinished(plan), ...deferred(plan), ...outside],
    outside: new Set(outside.map(({ address }) => address)),
    destroyed: deletions(plan),
    acknowledgements: [],
    positionOf: () => undefined,
    dependents: (blockAddress) => dependents.of(blockAddress),
  };
}

function planFacts(plan: ValueObject): Omit<PlanFacts, "answers"> {
  const changes = objectsAt(plan, "resource_changes");
  const ofChanges = (name: string): Map<string, Value> =>
    new Map(changes.map((change) => [textAt(change, "address") ?? "", at(change, "change", name) ?? {}]));
  return {
    unknown: ofChanges("after_unknown"),
    sensitive: ofChanges("after_sensitive"),
    variables: objectAt(plan, "variables"),
    region: providerRegion(plan, "aws") ?? providerRegion(plan, "awscc"),
    chain: { length: 0 },
  };
}

/** The default configuration of a provider: its region where it is a constant or a variable. */
function providerRegion(plan: ValueObject, name: string): string | undefined {
  const providers = Object.values(objectAt(plan, "configuration", "provider_config"));
  const own = providers.find(
    (provider) => textAt(provider, "name") === name && textAt(provider, "alias") === undefined,
  );
  const region = objectAt(own, "expressions", "region");
  const known = textAt(region, "constant_value");
  if (known !== undefined && member(region, "references") === undefined) return known;
  const [only = "", ...others] = textsAt(region, "references");
  const isVariable = others.length === 0 && only.startsWith("var.");
  return isVariable ? textAt(plan, "variables", only.slice("var.".length), "value") : undefined;
}

function moduleInstances(scope: ModuleScope): Instance[] {
  return [...scope.module.instances].flatMap(([id, instances]) => {
    const configuration = scope.configurationOf(id);
    const written = writtenBlock(configuration);
    return [...instances.values()].map((instance): Instance => {
      const { bound, resolve } = scope.surroundings(id, instance.key);
      const provisioners = objectsAt(configuration, "provisioners").map((provisioner) => {
        const entries = Object.entries(objectAt(provisioner, "expressions"));
        return new Block(
          Object.fromEntries(
            entries.map(([name, value]) => [name, expressionValue(objectAt(value), { bound, resolve })]),
          ),
        );
      });
      return {
        address: instance.address,
        blockAddress: scope.module.blockPrefix + id,
        type: instance.isData ? `data.${instance.type}` : instance.type,
        arguments: new Block(scope.argumentsOf(id, instance)),
        written,
        provisioners,
        sensitive: [instance.sensitive, scope.sensitiveAfter(instance.address)],
        hasOwnProvider: /[.:]/.test(textAt(configuration, "provider_config_key") ?? ""),
      };
    });
  });
}

const writtenBlocks = new WeakMap<ValueObject, Block>();

/** The arguments as they are written, the same for all instances of a block. */
function writtenBlock(configuration: ValueObject): Block {
  return entryOf(writtenBlocks, configuration, () => {
    const written = writtenValue(member(configuration, "expressions"));
    return new Block(isSymbolicObject(written) ? written : {});
  });
}

function rootOutputs(plan: ValueObject, scope: ModuleScope): OutputInstance[] {
  return Object.entries(objectAt(plan, "configuration", "root_module", "outputs")).map(([name, output]) => ({
    address: `output.${name}`,
    value: outputValue(
      plan,
      name,
      expressionValue(objectAt(output, "expression"), { resolve: (address) => scope.resolve(address), bound: {} }),
    ),
    sensitive: at(output, "sensitive") === true || at(plan, "planned_values", "outputs", name, "sensitive") === true,
  }));
}

function outputValue(plan: ValueObject, name: string, whole: Symbolic): Symbolic {
  const value = at(plan, "planned_values", "outputs", name, "value");
  return fill(value, at(plan, "output_changes", name, "after_unknown") ?? value === undefined, whole);
}

/** What Terraform cannot plan yet, such as a `for_each` that is known only at apply (`terraform plan -allow-deferral`). */
function deferred(plan: ValueObject): { address: string; reason: string }[] {
  return objectsAt(plan, "deferred_changes").map((change) => ({
    address: textAt(change, "resource_change", "address") ?? "plan",
    reason: "terraform leaves it to a later plan",
  }));
}

/** A plan that failed half-way, or that leaves resources to a later plan, does not show everything. */
function unfinished(plan: ValueObject): { address: string; reason: string }[] {
  const errored =
    member(plan, "errored") === true
      ? [{ address: "plan", reason: "terraform ended this plan with an error, so resources may be missing" }]
      : [];
  const incomplete =
    member(plan, "complete") === false && errored.length === 0
      ? [{ address: "plan", reason: "terraform left parts to a later plan, so resources may be missing" }]
      : [];
  return [...errored, ...incomplete];
}
