import { Arguments, type SettleArgument } from "../arguments/arguments";
import { type DeploymentEnvironment, isOfRandomProvider, isStandIn, readDataSource } from "../data-sources";
import { answerAdvice, isUnsupported, reasonOf, TopologyError } from "../errors";
import { formOf, Marks, referencesIn, sameText, type Symbolic, Unknown, withItems } from "../language";
import { grouped } from "../language/maps";
import type { Value } from "../language/value";
import type { Instance, Inventory, OutputInstance } from "../modules/inventory";
import { dependencyOrder } from "../modules/order";
import { argumentsOnDemand, type OrderedResource, readerOf, resourceKind, resourceReaders } from "../resources";
import { readRepository } from "../resources/repository";
import { type Deployment, StackDeployment } from "./deployment";
import { HiddenReading } from "./hidden/reading";
import { KnownSystem } from "./known-system";
import { type Reading, ShownReading } from "./reading";
import type { Topology, UnsupportedBlock } from "./topology";
import { AssignedValues, type ReadOutput } from "./values";

/** What the kind of a source means for its deployment. */
export interface SourceFacts {
  /** Whether it tells the account and the region that it was made for. */
  readonly isPlan: boolean;
  /** Whether it shows expressions; of those that it hides some can be told by what they are made of. */
  readonly showsTexts: boolean;
  /** What data sources answer, by their addresses. */
  readonly answers: ReadonlyMap<string, unknown>;
  /** Whether arguments that are not supported are left out, and resources are read that cannot be deployed. */
  readonly skipsUnsupported: boolean;
}

/** What a source declares, each of whose values is known, or will be once what it refers to is created. */
export class InventoryTopology implements Topology {
  readonly region: string;
  readonly accountId?: string;
  readonly resources: readonly OrderedResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  readonly assumptions: readonly string[];
  private readonly system: KnownSystem;
  private readonly reading: Reading;
  private readonly outputs: readonly ReadOutput[];
  private readonly leftOut = new Set<string>();

  constructor(
    inventory: Inventory,
    private readonly facts: SourceFacts,
  ) {
    const { isPlan, showsTexts, answers } = facts;
    this.system = new KnownSystem(inventory, isPlan);
    this.region = this.system.region;
    this.accountId = isPlan ? this.system.accountId : this.system.accountOfRoles;
    this.reading = showsTexts ? new ShownReading(this.system) : new HiddenReading(this.system);
    const used = this.readAll(
      inventory.instances.filter(({ type }) => readerOf(type) !== undefined && argumentsOnDemand(type) === undefined),
    );
    this.readParts(used);
    this.outputs = inventory.outputs.map((output) => this.readOutput(output, used));
    this.resources = orderedResources(used, inventory);
    this.unsupported = [...this.unusedInstances(used), ...missingModules(inventory)];
    this.assumptions = [
      ...(isPlan ? inventory.hidden : []).map(({ reason }) => `The plan is taken as the whole system, but ${reason}.`),
      ...this.reading.assumptions,
      ...[...used.keys()]
        .filter((instance) => !this.isOwnImage(instance))
        .flatMap((instance) => standInNotice(instance, isPlan, answers)),
      ...notCreatedNotice([...used.keys()]),
      ...notEmulatedNotice(this.unsupported),
      ...boundaryNotice([...used.keys()]),
      ...this.leftOut,
    ];
  }

  deployment(environment: DeploymentEnvironment): Deployment {
    return new StackDeployment(
      new AssignedValues(this.system, this.reading, this.outputs, environment, this.facts.skipsUnsupported),
      environment,
      (address) => this.system.inventory.positionOf(address),
    );
  }

  private unusedInstances(used: ReadonlyMap<Instance, unknown>): UnsupportedBlock[] {
    const isRead = (instance: Instance): boolean =>
      used.has(instance) || (instance.type.startsWith("data.") && this.system.isSupported(instance.type));
    return this.system.inventory.instances
      .filter((instance) => !isRead(instance))
      .map(({ address, type }) => ({ address, type: type.replace(/^data\./, "") }));
  }

  /** What an output refers to is created for it. */
  private readOutput(output: OutputInstance, used: Map<Instance, ReadonlySet<string>>): ReadOutput {
    const value = this.outputValue(output);
    for (const { address } of value === undefined ? [] : referencesIn(value)) {
      const instance = this.system.instance(address);
      if (instance !== undefined) this.readAll([instance]).forEach((addresses, each) => used.set(each, addresses));
    }
    return { ...output, value };
  }

  private outputValue(output: OutputInstance): Symbolic | undefined {
    try {
      return this.reading.readOutput(output);
    } catch (error) {
      if (!this.facts.skipsUnsupported || !isUnsupported(error)) throw error;
      this.leftOut.add(`${output.address} is left out: ${reasonOf(error)}`);
      return undefined;
    }
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

  /** Reads what nobody refers to, and what is a part of something that is read. */
  private readParts(used: Map<Instance, ReadonlySet<string>>): void {
    const others = this.system.inventory.instances.filter((each) => readerOf(each.type)?.partsOf && !used.has(each));
    const isPart = new Map(
      [...new Set(others.map(({ type }) => type))].map((type) => [type, readerOf(type)?.partsOf?.([...used.keys()])]),
    );
    const parts = others.filter((each) => isPart.get(each.type)?.(each));
    if (parts.length === 0) return;
    this.readAll(parts).forEach((addresses, each) => used.set(each, addresses));
    this.readParts(used);
  }

  /** An image that the apply pushes to a repository of the stack: nothing of it is elsewhere. */
  private isOwnImage({ type, arguments: image }: Instance): boolean {
    const name = type === "data.aws_ecr_image" ? image.text("repository_name") : undefined;
    const repositories = name === undefined ? [] : this.system.ofType(resourceReaders.repository.type);
    return repositories.some(({ arguments: repository }) => {
      const { repositoryName: own } = readRepository(repository);
      return own !== undefined && name !== undefined && sameText(own, name) === true;
    });
  }

  private addressesUsedBy(instance: Instance): ReadonlySet<string> {
    const addresses = new Set<string>();
    const marks = new Marks();
    const settle: SettleArgument = (shown, argument) => {
      const whole = this.reading.read(instance, argument, shown);
      if (whole === undefined) return undefined;
      for (const { address } of referencesIn(whole)) addresses.add(address);
      return withMarks(whole, marks);
    };
    const leaveOut = (argument: string): void =>
      void this.leftOut.add(`${instance.address}: the argument ${argument} is not supported, and is left out.`);
    const args = new Arguments(
      instance.address,
      instance.arguments.values,
      settle,
      "",
      this.facts.skipsUnsupported ? leaveOut : undefined,
    );
    try {
      readerOf(instance.type)?.read(args);
      if (isStandIn(instance.type) || isOfRandomProvider(instance.type)) {
        readDataSource(instance.type, args, ANY_ENVIRONMENT);
      }
    } catch (error) {
      // Where something is not known yet, only the deployment can tell whether it is right.
      const isOpen = error instanceof TopologyError && AWAITS_VALUES.has(error.code) && addresses.size > 0;
      // The deployment leaves it out.
      const isLeftOut = this.facts.skipsUnsupported && isUnsupported(error);
      if (!isOpen && !isLeftOut) throw error;
      for (const { address } of referencesIn(instance.arguments.values)) addresses.add(address);
    }
    return addresses;
  }
}

/** Which arguments an answer needs does not depend on where it is deployed. */
const ANY_ENVIRONMENT: DeploymentEnvironment = { region: "", accountId: "", partition: "" };

/** A plan tells what was looked up. */
function standInNotice({ address, type }: Instance, isPlan: boolean, answers: SourceFacts["answers"]): string[] {
  if (isPlan || answers.has(address) || !type.startsWith("data.") || !isStandIn(type)) return [];
  return [`Nothing is looked up for ${address}, and a stand-in answers: ${answerAdvice(address)} where that matters.`];
}

/** One line for all, since a configuration may have many. */
function notCreatedNotice(used: readonly Instance[]): string[] {
  const addresses = used.flatMap(({ address, type }) =>
    !type.startsWith("data.") && isStandIn(type) ? [address] : [],
  );
  if (addresses.length === 0) return [];
  const [are, their] = addresses.length === 1 ? ["is", "its"] : ["are", "their"];
  return [`${addresses.join(", ")} ${are} not created here: ${their} ids and ARNs are made up.`];
}

/** Kinds that say who may call whom, or what comes of a call. */
const MEANT = /^(aws|awscc)_(bedrockagentcore|cognito|iam)_/;

function notEmulatedNotice(unsupported: readonly UnsupportedBlock[]): string[] {
  const addresses = unsupported.flatMap(({ address, type }) =>
    MEANT.test(type) && !/(^|\.)data\./.test(address) ? [address] : [],
  );
  if (addresses.length === 0) return [];
  return [`Nothing is emulated of ${addresses.join(", ")}.`];
}

function boundaryNotice(used: readonly Instance[]): string[] {
  const bounded = used.filter(
    ({ type, arguments: block }) => type === "aws_iam_role" && block.value("permissions_boundary") !== undefined,
  );
  if (bounded.length === 0) return [];
  const addresses = bounded.map(({ address }) => address).join(", ");
  return [`Permissions boundaries are not evaluated, and may deny what works here: that of ${addresses}.`];
}

const AWAITS_VALUES: ReadonlySet<string> = new Set(["INVALID_ARGUMENT", "MISSING_ARGUMENT"]);

/** Modules that a configuration calls and that are not there. */
function missingModules({ hidden }: Inventory): UnsupportedBlock[] {
  return hidden.flatMap(({ address }) => (/(^|\.)module\.[^.]+$/.test(address) ? [{ address, type: "module" }] : []));
}

/** Text may hold JSON, which has to be readable before its references are known. */
function withMarks(whole: Symbolic, marks: Marks): Value {
  if (whole instanceof Unknown) return formOf(whole, marks) ?? marks.markUnknown(whole);
  return withItems(whole, (item) => withMarks(item, marks)) as Value;
}

/** Dependencies first: by the references that were read, and by what the configuration says, which plans show by blocks. */
function orderedResources(used: ReadonlyMap<Instance, ReadonlySet<string>>, inventory: Inventory): OrderedResource[] {
  const before = new Map(
    [...used].map(([{ address }, addresses]) => [
      address,
      new Set([...addresses].filter((other) => other !== address)),
    ]),
  );
  const byBlock = grouped(used.keys(), ({ blockAddress }) => blockAddress);
  for (const [block, instances] of byBlock) {
    const dependents = [...inventory.dependents(block)].filter(
      (dependent) => !inventory.dependents(dependent).has(block),
    );
    for (const { address } of dependents.flatMap((dependent) => byBlock.get(dependent) ?? [])) {
      for (const instance of instances) before.get(address)?.add(instance.address);
    }
  }
  const kinds = new Map([...used.keys()].map(({ address, type }) => [address, resourceKind(type)]));
  const declared = inventory.instances.map(({ address }) => address).filter((address) => before.has(address));
  const order = dependencyOrder(declared, (address) =>
    [...(before.get(address) ?? [])].filter((other) => before.has(other)),
  );
  return order.flatMap((address) => {
    const [kind, after] = [kinds.get(address), before.get(address)];
    return kind === undefined || after === undefined ? [] : [{ address, kind, after }];
  });
}
