import type { DeploymentEnvironment } from "../data-sources";
import { inStack, stackElsewhere, TopologyError } from "../errors";
import type { Value, ValueObject } from "../language/value";
import type { Attributes, Declaration, OrderedResource, ResourceKind, TopologyResource } from "../resources";
import type { TargetIdentity } from "../resources/gateway-target";
import type { Deployment, OutputValue } from "./deployment";
import type { Topology, UnsupportedBlock } from "./topology";

/** One of several stacks. */
export interface Stack {
  readonly name: string;
  readonly topology: Topology;
  readonly backend?: Backend;
}

/** Where a stack keeps its state. */
export interface Backend {
  readonly kind: string;
  readonly config: ValueObject;
}

/** What CDKTF calls outputs that one stack has for another alone. */
export const CROSS_STACK_OUTPUT = /^cross-stack-output-/;

/** Several stacks that are deployed together, those first that others depend on. Addresses begin with the stack's name. */
export class Stacks implements Topology {
  readonly region: string;
  readonly accountId?: string;
  readonly resources: readonly OrderedResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  readonly assumptions: readonly string[];

  /** @throws TopologyError where they are not all in one region. */
  constructor(private readonly stacks: readonly [Stack, ...Stack[]]) {
    const [{ topology: first }] = stacks;
    const elsewhere = stacks.find(({ topology }) => topology.region !== first.region);
    if (elsewhere) throw stackElsewhere(elsewhere.name, elsewhere.topology.region, first.region);
    this.region = first.region;
    this.accountId = stacks.map(({ topology }) => topology.accountId).find((id) => id !== undefined);
    this.resources = stacks.flatMap(({ name, topology }) =>
      topology.resources.map(({ address, kind, after }) => ({
        address: `${name}/${address}`,
        kind,
        after: new Set(Array.from(after, (other) => `${name}/${other}`)),
      })),
    );
    this.unsupported = stacks.flatMap(({ name, topology }) =>
      topology.unsupported.map(({ address, type }) => ({ address: `${name}/${address}`, type })),
    );
    this.assumptions = stacks.flatMap(({ name, topology }) =>
      topology.assumptions.map((assumption) => `${name}: ${assumption}`),
    );
  }

  deployment(environment: DeploymentEnvironment): Deployment {
    const deployments = new Map<string, Deployment>();
    const remoteState = (kind: string, config: ValueObject): ValueObject | undefined => {
      const stack = this.stacks.find(({ backend }) => isSameBackend(backend, { kind, config }));
      const deployment = stack && deployments.get(stack.name);
      return deployment && knownValues(deployment.outputs());
    };
    for (const { name, topology } of this.stacks) {
      deployments.set(name, topology.deployment({ ...environment, remoteState }));
    }
    return new StackDeployments(deployments);
  }
}

class StackDeployments implements Deployment {
  constructor(private readonly stacks: ReadonlyMap<string, Deployment>) {}

  declaration<K extends ResourceKind>(resource: TopologyResource<K>): Declaration<K> {
    return this.ofStack(resource, (deployment, own) => deployment.declaration(own));
  }

  created<K extends ResourceKind>(resource: TopologyResource<K>, attributes: Attributes<K>): void {
    this.ofStack(resource, (deployment, own) => deployment.created(own, attributes));
  }

  targetIdentity(address: string): TargetIdentity | undefined {
    return this.ofStack({ address, kind: "gatewayTarget" }, (deployment, own) =>
      deployment.targetIdentity(own.address),
    );
  }

  /** An output whose name several stacks have begins with the stack's. */
  outputs(): Record<string, OutputValue> {
    const outputs = [...this.stacks].flatMap(([stack, deployment]) =>
      Object.entries(within(stack, () => deployment.outputs()))
        .filter(([name]) => !CROSS_STACK_OUTPUT.test(name))
        .map(([name, output]) => ({ stack, name, output: ofStack(stack, output) })),
    );
    const isTaken = (name: string): boolean => outputs.filter((each) => each.name === name).length > 1;
    return Object.fromEntries(
      outputs.map(({ stack, name, output }) => [isTaken(name) ? `${stack}_${name}` : name, output]),
    );
  }

  private ofStack<K extends ResourceKind, T>(
    { address, kind }: TopologyResource<K>,
    run: (deployment: Deployment, own: TopologyResource<K>) => T,
  ): T {
    const [stack = ""] = address.split("/", 1);
    const deployment = this.stacks.get(stack);
    if (deployment === undefined) throw new Error(`No stack has ${address}`);
    return within(stack, () => run(deployment, { address: address.slice(stack.length + 1), kind }));
  }
}

/** What goes wrong in a stack says in which. */
export function within<T>(stack: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof TopologyError ? inStack(stack, error) : error;
  }
}

function ofStack(stack: string, output: OutputValue): OutputValue {
  return output.failure === undefined ? output : { ...output, failure: inStack(stack, output.failure) };
}

function knownValues(outputs: Record<string, OutputValue>): ValueObject {
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, { value }]): [string, Value][] =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Whether both name the state of one stack. */
export function isSameBackend(one: Backend | undefined, other: Backend): boolean {
  const sorted = ({ config }: Backend): string => JSON.stringify(Object.entries(config).sort());
  return one?.kind === other.kind && sorted(one) === sorted(other);
}
