import { MAX_ALLOWED_WORKLOADS } from "../../aws/agentcore/limits";
import type { Problem } from "../private/errors";
import { nameProblems, WORKLOAD_IDENTITY } from "../private/names";
import { noAllowedWorkload } from "../private/problems/authorization";
import { countProblems } from "../private/ranges";

/** What workloads run on: a Gateway of this program or an imported one. */
export interface IHostingEnvironment {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:gateway/<id>`. */
  readonly gatewayArn: string;
}

/**
 * Which workloads may call a runtime, beside what its authorizer asks of their tokens: any that is in one of the lists.
 * So far, AgentCore knows gateways here.
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_AllowedWorkloadConfiguration.html
 */
export interface AllowedWorkloadConfiguration {
  /**
   * The gateways, at most 10.
   * @default - none
   */
  readonly hostingEnvironments?: readonly IHostingEnvironment[];

  /**
   * Names of workload identities, at most 10. That of a gateway is its id.
   * @default - none
   */
  readonly workloadIdentities?: readonly string[];
}

/** The authorizer's `allowed_workload_configuration` block, as Terraform has it. */
export function allowedWorkloadBlock({
  hostingEnvironments = [],
  workloadIdentities = [],
}: AllowedWorkloadConfiguration): object {
  return {
    hosting_environment: nonEmpty(hostingEnvironments.map(({ gatewayArn: arn }) => ({ arn }))),
    workload_identities: nonEmpty([...workloadIdentities]),
  };
}

export function allowedWorkloadProblems({
  hostingEnvironments = [],
  workloadIdentities = [],
}: AllowedWorkloadConfiguration): Problem[] {
  return [
    ...(hostingEnvironments.length + workloadIdentities.length === 0 ? [noAllowedWorkload()] : []),
    ...countProblems("hosting environments", hostingEnvironments.length, MAX_ALLOWED_WORKLOADS),
    ...countProblems("workload identities", workloadIdentities.length, MAX_ALLOWED_WORKLOADS),
    ...workloadIdentities.flatMap((name) => nameProblems(WORKLOAD_IDENTITY, name)),
  ];
}

const nonEmpty = <T>(values: readonly T[]): readonly T[] | undefined => (values.length > 0 ? values : undefined);
