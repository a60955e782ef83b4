import type { BedrockagentcoreAgentRuntimeNetworkConfiguration } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime";
import { MAX_VPC_ENTRIES } from "../../aws/agentcore/limits";
import type { Problem } from "../private/errors";
import { rangeProblems } from "../private/ranges";

/** Where in a VPC a runtime is. */
export interface RuntimeVpcOptions {
  /** Ids of 1 to 16 subnets, which must reach ECR and CloudWatch Logs: through a NAT gateway or VPC endpoints. */
  readonly subnetIds: readonly string[];
  /** Ids of 1 to 16 security groups. */
  readonly securityGroupIds: readonly string[];
}

/** What a runtime's container reaches. Callers reach the runtime over its public URL in either case. */
export class RuntimeNetworkConfiguration {
  /** The internet. */
  public static usingPublicNetwork(): RuntimeNetworkConfiguration {
    return new RuntimeNetworkConfiguration(undefined);
  }

  /** What the subnets of a VPC reach. The service makes its network interfaces with a role of its own. */
  public static usingVpc(options: RuntimeVpcOptions): RuntimeNetworkConfiguration {
    return new RuntimeNetworkConfiguration(options);
  }

  private constructor(private readonly vpc: RuntimeVpcOptions | undefined) {}

  /** The runtime's `network_configuration` block. @internal */
  public get block(): BedrockagentcoreAgentRuntimeNetworkConfiguration {
    if (!this.vpc) return { networkMode: "PUBLIC" };
    const { subnetIds, securityGroupIds } = this.vpc;
    return {
      networkMode: "VPC",
      networkModeConfig: [{ subnets: [...subnetIds], securityGroups: [...securityGroupIds] }],
    };
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    const counts = { subnets: this.vpc?.subnetIds.length, "security groups": this.vpc?.securityGroupIds.length };
    const range = { shortest: 1, longest: MAX_VPC_ENTRIES };
    return Object.entries(counts).flatMap(([what, count]) => rangeProblems(`number of ${what}`, count, range));
  }
}
