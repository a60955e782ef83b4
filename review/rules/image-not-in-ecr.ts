import { readContainerUri } from "../../aws/agentcore/names";
import { eachOf, runtimes, type Rule } from "../rule";

export const imageNotInEcr: Rule = {
  id: "image-not-in-ecr",
  severity: "error",
  summary: "A runtime's image is in Amazon ECR.",
  source: "botocore bedrock-agentcore-control 2023-06-05, ContainerConfiguration: containerUri",
  check: eachOf(runtimes, ({ containerUri }) => {
    if (typeof containerUri !== "string" || readContainerUri(containerUri)) return undefined;
    return {
      message: `The image "${containerUri}" is not in Amazon ECR, and the service takes images from there only.`,
      fix: 'Push it to ECR and write "<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>".',
    };
  }),
};
