import type { DeploymentEnvironment } from "../data-sources";
import { Deployment } from "./deployment";
import type { Instance, Inventory } from "../modules/inventory";
import type { TopologyResource } from "../model";
import { dependencyOrder } from "../modules/order";
import { Arguments, argumentsOnDemand, readerOf, resourceKind } from "../resources";
import { formOf, isSymbolicList, isSymbolicObject, Marks, referencesIn, type Symbolic, Unknown } from "../language";
import type { Topology, UnsupportedBlock } from "./topology";
import type { Value, ValueObject } from "../language/value";
import { type PlanOutput, readOutput } from "./outputs";
import { PlanReading } from "./hidden/reading";
import { PlanValues } from "./values";
import { PlannedSystem } from "./known-system";
import { readPlan } from "../sources/plan/read-plan";
import { refuseUnusable } from "../sources/plan/unusable-plan";

/** What the plan declares that `terraform show -json PLAN` prints. @param name - how messages call it */
export function planTopology(name: string, plan: ValueObject): Topology {
  refuseUnusable(name, plan);
  return new PlanTopology(readPlan(plan));
}

/** A system of which nothing has to be evaluated: its values are planned, or references to what is created before. */
class PlanTopology implements Topology {
  readonly region: string;
  readonly accountId?: string;
  readonly resources: readonly TopologyResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  readonly assumptions: readonly string[];
  private readonly system: PlannedSystem;
  private readonly reading: PlanReading;
  private readonly outputs: readonly PlanOutput[];

  constructor(inventory: Inventory) {
    this.system = new PlannedSystem(inventory);
    ({ region: this.region, accountId: this.accountId } = this.system);
    this.reading = new PlanReading(this.system);
    const used = this.readAll(
      inventory.instances.filter(({ type }) => readerOf(type) !== undefined && argumentsOnDemand(type) === undefined),
    );
    this.outputs = inventory.outputs.map((output) => readOutput(output, this.system));
    this.resources = orderedResources(used, inventory);
    this.unsupported = inventory.instances
      .filter(
        (instance) =>
          !used.has(instance) && !(instance.type.startsWith("data.") && this.system.isSupported(instance.type)),
      )
      .map(({ address, type }) => ({ address, type: type.replace(/^data\./, "") }));
    this.assumptions = [
      ...inventory.hidden.map(({ reason }) => `The plan is taken as the whole system, but ${reason}.`),
      ...this.reading.assumptions,
      ...this.outputs.flatMap(({ assumption }) => assumption ?? []),
    ];
  }

  deployment(environment: DeploymentEnvironment): Deployment {
    return new Deployment(new PlanValues(this.system, this.reading, this.outputs, environment), environment);
  }

  /** Reads instances, and those that they refer to, as their deployment will. @returns the addresses that each refers to */
  private readAll(roots: readonly Instance[]): Map<Instance, ReadonlySet<string>> {
    const used = new Map<Instance, ReadonlySet<string>>();
    const pending = [...roots];
    for (const next of pending) {
      if (used.has(next)) continue;
      const addresses = this.addressesUsedBy(next);
      used.set(next, addresses);
      pending.push(
        ...[...addresses].map((address) => this.system.instance(address)).filter((instance) => instance !== undefined),
      );
    }
    return used;
  }

  private addressesUsedBy(instance: Instance): ReadonlySet<string> {
    const addresses = new Set<string>();
    const marks = new Marks();
    const args = new Arguments(instance.address, instance.arguments.values, (shown, argument) => {
      const whole = this.reading.read(instance, argument, shown);
      if (whole === undefined) return undefined;
      for (const { address } of referencesIn(whole)) addresses.add(address);
      return withMarks(whole, marks);
    });
    readerOf(instance.type)?.read(args);
    return addresses;
  }
}

/** Text may hold JSON, which has to be readable before its references are known. */
function withMarks(whole: Symbolic, marks: Marks): Value {
  if (whole instanceof Unknown) return formOf(whole, marks) ?? "";
  if (isSymbolicList(whole)) return whole.map((item) => withMarks(item, marks));
  if (!isSymbolicObject(whole)) return whole;
  return Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, withMarks(value, marks)]));
}

/** Dependencies first: by the references that were read, and by what the configuration says, which plans show by blocks. */
function orderedResources(used: ReadonlyMap<Instance, ReadonlySet<string>>, inventory: Inventory): TopologyResource[] {
  const before = new Map(
    [...used].map(([{ address }, addresses]) => [
      address,
      new Set([...addresses].filter((other) => other !== address)),
    ]),
  );
  const byBlock = new Map<string, Instance[]>();
  for (const instance of used.keys())
    byBlock.set(instance.blockAddress, [...(byBlock.get(instance.blockAddress) ?? []), instance]);
  for (const [block, instances] of byBlock) {
    const dependents = [...inventory.dependents(block)].filter(
      (dependent) => !inventory.dependents(dependent).has(block),
    );
    for (const { address } of dependents.flatMap((dependent) => byBlock.get(dependent) ?? [])) {
      for (const instance of instances) before.get(address)?.add(instance.address);
    }
  }
  const kinds = new Map([...used.keys()].map(({ address, type }) => [address, resourceKind(type)]));
  const order = dependencyOrder(before.keys(), (address) =>
    [...(before.get(address) ?? [])].filter((other) => before.has(other)),
  );
  return order.flatMap((address) => {
    const kind = kinds.get(address);
    return kind === undefined ? [] : [{ address, kind }];
  });
}
