import { MAX_ALLOWED_WORKLOADS } from "../../aws/agentcore/limits";
import type { Block } from "../../topology";
import { blocksAt } from "../evidence/arguments";
import { eachOf, gateways, runtimes, type Fault, type Rule } from "../rule";

const WORKLOADS = "authorizer_configuration.custom_jwt_authorizer.allowed_workload_configuration";

export const workloadsInvalid: Rule = {
  id: "workloads-invalid",
  severity: "error",
  summary: `A runtime admits 1 to ${MAX_ALLOWED_WORKLOADS} gateways or workload identities, where it names any; a gateway names none.`,
  source:
    "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_AllowedWorkloadConfiguration.html",
  *check(subject) {
    yield* ofGateways(subject);
    yield* ofRuntimes(subject);
  },
};

const ofGateways = eachOf(gateways, ({ instance }) => {
  if (configurationsOf(instance.arguments).length === 0) return undefined;
  return {
    message: "The gateway's authorizer names the workloads that may call, which the service knows of runtimes alone.",
    fix: "Take allowed_workload_configuration from the gateway, and give it to the runtime.",
  };
});

const ofRuntimes = eachOf(runtimes, ({ instance }) =>
  configurationsOf(instance.arguments).flatMap((configuration) => faultOf(configuration) ?? []),
);

function configurationsOf(block: Block): readonly Block[] {
  return blocksAt(block, WORKLOADS).flatMap(({ block: authorizer, name }) => authorizer.blocks(name));
}

function faultOf(configuration: Block): Fault | undefined {
  const environments = configuration.blocks("hosting_environment");
  const identities = configuration.optionalTexts("workload_identities");
  if (configuration.isOpen("hosting_environment") || (identities !== undefined && !Array.isArray(identities))) {
    return undefined;
  }
  const counts = [
    ...(environments.length > 0 ? [environments.length] : []),
    ...(identities ? [identities.length] : []),
  ];
  if (counts.length > 0 && counts.every((count) => count >= 1 && count <= MAX_ALLOWED_WORKLOADS)) return undefined;
  return {
    message: `The runtime's allowed_workload_configuration names ${counts.join(" and ") || "no"} workloads, which the service refuses.`,
    fix: `Name 1 to ${MAX_ALLOWED_WORKLOADS} gateways in hosting_environment, or as many names in workload_identities.`,
  };
}
