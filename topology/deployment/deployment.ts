// topology/deployment/: from what is declared to what is deployed.
import type { DeploymentEnvironment } from "../data-sources";
import { isUnsupported, TopologyError, unsupportedRegion, withPositions } from "../errors";
import type { Position } from "../position";
import type { Arguments } from "../arguments/arguments";
import {
  type Attributes,
  type Declaration,
  type ResourceKind,
  resourceReaders,
  type TopologyResource,
} from "../resources";
import { readTargetIdentity, type TargetIdentity } from "../resources/gateway-target";
import { entryOf } from "../language/maps";
import type { Value, ValueObject } from "../language/value";

export interface OutputValue {
  /** Undefined where it needs a value of a resource that is not created, or one that nothing here has. */
  readonly value: Value | undefined;
  /** Why no deployment here has a value of it; undefined where one has. */
  readonly failure?: TopologyError;
  readonly sensitive: boolean;
}

/** The values of one deployment, which grow while resources are created: evaluated, or followed through a plan. */
export interface DeploymentValues {
  /** @throws TopologyError when a resource that they need is not created. */
  argumentsOf(address: string): Arguments;
  /** The region of the provider configuration that the resource names; undefined where that is the default one. */
  providerRegion(address: string): string | undefined;
  /** Makes what the service assigned known to whatever refers to the resource, under Terraform's names. */
  assign(address: string, attributes: ValueObject): void;
  /** In the order of their declaration. @throws TopologyError when one cannot be evaluated. */
  outputs(): Record<string, OutputValue>;
}

/** One deployment of a topology: what each resource declares, given what was created before it. */
export interface Deployment {
  /**
   * What a resource declares, evaluated now.
   * @throws TopologyError when an argument is missing or cannot be evaluated, or a resource it refers to is not created.
   */
  declaration<K extends ResourceKind>(resource: TopologyResource<K>): Declaration<K>;
  /** Makes the attributes of a created resource known to the blocks that refer to it. */
  created<K extends ResourceKind>(resource: TopologyResource<K>, attributes: Attributes<K>): void;
  /** What can be told of a target that is left out; undefined where not even that can be evaluated. */
  targetIdentity(address: string): TargetIdentity | undefined;
  /** All outputs, in the order of their declaration. @throws TopologyError when one cannot be evaluated. */
  outputs(): Record<string, OutputValue>;
}

/** The deployment of one stack. */
export class StackDeployment implements Deployment {
  private readonly known = new Map<string, Arguments>();

  constructor(
    private readonly values: DeploymentValues,
    private readonly environment: DeploymentEnvironment,
    private readonly positionOf: (address: string) => Position | undefined,
  ) {}

  declaration<K extends ResourceKind>(resource: TopologyResource<K>): Declaration<K> {
    return withPositions(this.positionOf, () =>
      resourceReaders[resource.kind].read(this.argumentsOf(resource.address)),
    );
  }

  created<K extends ResourceKind>(resource: TopologyResource<K>, attributes: Attributes<K>): void {
    const reader = resourceReaders[resource.kind];
    this.values.assign(
      resource.address,
      reader.attributes(reader.read(this.argumentsOf(resource.address)), attributes),
    );
  }

  targetIdentity(address: string): TargetIdentity | undefined {
    try {
      return readTargetIdentity(this.argumentsOf(address));
    } catch (error) {
      if (error instanceof TopologyError) return undefined;
      throw error;
    }
  }

  outputs(): Record<string, OutputValue> {
    const outputs = withPositions(this.positionOf, () => this.values.outputs());
    return Object.fromEntries(
      Object.entries(outputs).map(([name, output]) => [
        name,
        { ...output, value: output.value === undefined ? undefined : asJson(output.value) },
      ]),
    );
  }

  private argumentsOf(address: string): Arguments {
    return entryOf(this.known, address, () => this.ofOneRegion(this.values.argumentsOf(address)));
  }

  /** A resource may name its region by an argument, or by the alias of a provider configuration. */
  private ofOneRegion(args: Arguments): Arguments {
    const region = args.optionalText("region") ?? this.values.providerRegion(args.address);
    if (region === undefined || region === this.environment.region) return args;
    throw unsupportedRegion(args.address, region, this.environment.region);
  }
}

/** The value as JSON has it, whose numbers are as JavaScript keeps them. */
function asJson(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

/** The value of an output: none after a deployment that failed, or where it needs what is not supported. */
export function availableValue(evaluate: () => Value): Pick<OutputValue, "value" | "failure"> {
  try {
    return { value: evaluate() };
  } catch (error) {
    if (error instanceof TopologyError && error.code === "NOT_CREATED") return { value: undefined };
    if (isUnsupported(error)) return { value: undefined, failure: error };
    throw error;
  }
}
