import type { Configuration } from "./configuration";
import { readDataSource, type DeploymentEnvironment } from "./data-sources";
import { unsupportedRegion } from "./errors";
import { Evaluation } from "./evaluation";
import type { Expression } from "./expression";
import type { Attributes, Declaration, ResourceKind, TopologyResource } from "./model";
import { Arguments, resourceReaders } from "./resources";
import type { Value } from "./value";

export interface OutputValue {
  readonly value: Value;
  readonly sensitive: boolean;
}

/** One deployment of a topology: the values that are known so far, which grow while resources are created. */
export class Deployment {
  private readonly evaluation: Evaluation;
  private readonly evaluated = new Map<string, Arguments>();

  constructor(
    private readonly configuration: Configuration,
    program: ReadonlyMap<string, Expression>,
    private readonly environment: DeploymentEnvironment,
  ) {
    this.evaluation = new Evaluation(configuration, program, (node, args) => readDataSource(node, args, environment));
  }

  /**
   * What a resource declares, evaluated now.
   * @throws TopologyError when an argument is missing or cannot be evaluated, or a resource it refers to is not created.
   */
  declaration<K extends ResourceKind>(resource: TopologyResource<K>): Declaration<K> {
    return resourceReaders[resource.kind].read(this.argumentsOf(resource.address));
  }

  /** Makes the attributes of a created resource known to the blocks that refer to it. */
  created<K extends ResourceKind>(resource: TopologyResource<K>, attributes: Attributes<K>): void {
    const reader = resourceReaders[resource.kind];
    const args = this.argumentsOf(resource.address);
    this.evaluation.remember(resource.address, { ...args.values, ...reader.attributes(reader.read(args), attributes) });
  }

  /**
   * The values of all outputs, in the order of their declaration.
   * @throws TopologyError when one refers to a resource that is not created.
   */
  outputs(): Record<string, OutputValue> {
    const outputs = [...this.configuration.nodes.values()].filter((node) => node.keyword === "output");
    return Object.fromEntries<OutputValue>(
      outputs.map(({ address, labels, body }) => {
        return [
          labels[0] ?? address,
          { value: this.evaluation.evaluate(address), sensitive: body["sensitive"] === true },
        ];
      }),
    );
  }

  private argumentsOf(address: string): Arguments {
    const known = this.evaluated.get(address);
    if (known) return known;
    const args = new Arguments(address, this.evaluation.evaluateArguments(address));
    this.checkRegion(args);
    this.evaluated.set(address, args);
    return args;
  }

  /** A resource may name its region by an argument, or by the alias of a provider configuration. */
  private checkRegion(args: Arguments): void {
    const region = args.optionalText("region") ?? this.providerRegion(args.address);
    if (region === undefined || region === this.environment.region) return;
    throw unsupportedRegion(args.address, region, this.environment.region);
  }

  private providerRegion(address: string): string | undefined {
    const { provider } = this.evaluation.node(address).body;
    if (typeof provider !== "string" || !provider.includes(".")) return undefined;
    const alias = `provider.${provider.replace(/^\$\{|\}$/g, "")}`;
    return new Arguments(alias, this.evaluation.evaluateArguments(alias)).optionalText("region");
  }
}
