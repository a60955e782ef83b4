import { readConfiguration, type Configuration } from "./configuration";
import type { DeploymentEnvironment } from "./data-sources";
import { Deployment } from "./deployment";
import { notCreated } from "./errors";
import { Evaluation } from "./evaluation";
import type { Expression } from "./expression";
import type { TopologyResource } from "./model";
import { compileProgram, isSupported } from "./program";
import { Arguments, resourceKind } from "./resources";
import { readSource } from "./source";

const DEFAULT_REGION = "us-east-1";
const PROVIDER = "provider.aws";

/** A block of a kind that the topology has no reader for. Nothing that is supported needs a value of it. */
export interface UnsupportedBlock {
  readonly address: string;
  /** Terraform's name of the kind, such as `aws_lambda_function`, or `module`. */
  readonly type: string;
}

/** What a Terraform configuration declares. */
export class Topology {
  /** The region of the configuration's aws provider; `us-east-1` where it names none. */
  readonly region: string;
  /** Supported resources, dependencies first, else in the order of their declaration. */
  readonly resources: readonly TopologyResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  private readonly program: ReadonlyMap<string, Expression>;

  constructor(private readonly configuration: Configuration) {
    this.program = compileProgram(configuration);
    this.region = readRegion(configuration, this.program);
    this.resources = configuration.order.flatMap((address) => (this.program.has(address) ? supportedResource(configuration, address) : []));
    this.unsupported = [...configuration.nodes.values()]
      .filter((node) => !isSupported(node) || (node.keyword === "resource" && !this.program.has(node.address)))
      .map(({ address, keyword, labels }) => ({
        address,
        type: keyword === "module" ? "module" : (labels[0] ?? keyword),
      }));
  }

  /** Starts a deployment, in which no resource is created yet. */
  deployment(environment: DeploymentEnvironment): Deployment {
    return new Deployment(this.configuration, this.program, environment);
  }
}

/**
 * Reads what the Terraform JSON at a path declares.
 * @param path a `cdktf.out` folder of one stack, a stack's folder, a folder with `*.tf.json` files, or one such file.
 * @throws TopologyError when it cannot be read, or declares something that cannot be worked out.
 */
export function readTopology(path: string): Topology {
  return new Topology(readConfiguration(readSource(path)));
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
  return new Arguments(PROVIDER, evaluation.evaluateArguments(PROVIDER)).optionalText("region") ?? DEFAULT_REGION;
}
