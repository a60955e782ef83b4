import type { Configuration } from "../sources/configuration/nodes";
import { readDataSource, type DeploymentEnvironment } from "../data-sources";
import { Deployment, type DeploymentValues, type OutputValue, unlessNotCreated } from "./deployment";
import { notCreated } from "../errors";
import { Evaluation } from "./evaluation";
import type { Expression } from "../language";
import type { TopologyResource } from "../model";
import { compileProgram, isSupported } from "./program";
import { Arguments, resourceKind } from "../resources";
import { DEFAULT_REGION, type Topology, type UnsupportedBlock } from "./topology";
import type { ValueObject } from "../language/value";
import { refuseMissing } from "../modules/variable";

const PROVIDER = "provider.aws";

/** What a configuration declares, whose expressions are evaluated while it is deployed. */
export class ConfigurationTopology implements Topology {
  readonly region: string;
  readonly resources: readonly TopologyResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  readonly assumptions = [];
  private readonly program: ReadonlyMap<string, Expression>;

  constructor(private readonly configuration: Configuration) {
    this.program = compileProgram(configuration);
    for (const node of configuration.nodes.values()) {
      const isUsed = node.keyword === "variable" && this.program.has(node.address);
      if (isUsed) refuseMissing(node, configuration.variableValues.get(node.labels[0] ?? ""));
    }
    this.region = readRegion(configuration, this.program);
    this.resources = configuration.order.flatMap((address) =>
      this.program.has(address) ? supportedResource(configuration, address) : [],
    );
    this.unsupported = [...configuration.nodes.values()]
      .filter((node) => !isSupported(node) || (node.keyword === "resource" && !this.program.has(node.address)))
      .map(({ address, keyword, labels }) => ({
        address,
        type: keyword === "module" ? "module" : (labels[0] ?? keyword),
      }));
  }

  deployment(environment: DeploymentEnvironment): Deployment {
    return new Deployment(new EvaluatedValues(this.configuration, this.program, environment), environment);
  }
}

class EvaluatedValues implements DeploymentValues {
  private readonly evaluation: Evaluation;
  private readonly evaluated = new Map<string, ValueObject>();

  constructor(
    private readonly configuration: Configuration,
    program: ReadonlyMap<string, Expression>,
    environment: DeploymentEnvironment,
  ) {
    this.evaluation = new Evaluation(configuration, program, ({ address, labels: [type = ""] }, args) =>
      readDataSource(type, Arguments.evaluated(address, args), environment),
    );
  }

  argumentsOf(address: string): Arguments {
    const values = this.evaluation.evaluateArguments(address);
    this.evaluated.set(address, values);
    return Arguments.evaluated(address, values);
  }

  providerRegion(address: string): string | undefined {
    const { provider } = this.evaluation.node(address).body;
    if (typeof provider !== "string" || !provider.includes(".")) return undefined;
    return this.argumentsOf(`provider.${provider.replace(/^\$\{|\}$/g, "")}`).optionalText("region");
  }

  assign(address: string, attributes: ValueObject): void {
    this.evaluation.remember(address, { ...this.evaluated.get(address), ...attributes });
  }

  outputs(): Record<string, OutputValue> {
    const outputs = [...this.configuration.nodes.values()].filter((node) => node.keyword === "output");
    return Object.fromEntries<OutputValue>(
      outputs.map(({ address, labels, body }) => [
        labels[0] ?? address,
        { value: unlessNotCreated(() => this.evaluation.evaluate(address)), sensitive: body["sensitive"] === true },
      ]),
    );
  }
}

function supportedResource({ nodes }: Configuration, address: string): TopologyResource[] {
  const node = nodes.get(address);
  const kind = node?.keyword === "resource" ? resourceKind(node.labels[0] ?? "") : undefined;
  return kind === undefined ? [] : [{ address, kind }];
}

function readRegion(configuration: Configuration, program: ReadonlyMap<string, Expression>): string {
  if (!configuration.nodes.has(PROVIDER)) return DEFAULT_REGION;
  const evaluation = new Evaluation(configuration, program, (node) => {
    throw notCreated(PROVIDER, node.address);
  });
  return Arguments.evaluated(PROVIDER, evaluation.evaluateArguments(PROVIDER)).optionalText("region") ?? DEFAULT_REGION;
}
