import type { Rule } from "../rule";

/** botocore bedrock-agentcore-control 2023-06-05, RuntimeContainerUri. */
const ECR_URI =
  /^((\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?|public\.ecr\.aws)\/((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*)(?::([^:@]{1,300}))?(?:@(.+))?$/;

export const imageNotInEcr: Rule = {
  id: "image-not-in-ecr",
  severity: "error",
  summary: "A runtime's image is in Amazon ECR.",
  source: "botocore bedrock-agentcore-control 2023-06-05, ContainerConfiguration: containerUri",
  *check({ system }) {
    for (const { address, containerUri } of system.runtimes) {
      if (typeof containerUri !== "string" || ECR_URI.test(containerUri)) continue;
      yield {
        address,
        message: `The image "${containerUri}" is not in Amazon ECR, and the service takes images from there only.`,
        fix: 'Push it to ECR and write "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>".',
      };
    }
  },
};
