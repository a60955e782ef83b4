import { Token } from "cdktf";
import type { Construct } from "constructs";
import { AwsEnvironment } from "../private/aws-environment";
import { throwOnProblems } from "../private/errors";
import { containerUriNeedsRepository, invalidContainerUri } from "../private/problems/images";
import type { ContainerImage, ImageUriOptions } from "./container-image";

/** The only images that CreateAgentRuntime takes. */
const PRIVATE_ECR_URI =
  /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?\/(?<repository>[a-z0-9/._-]+)(:[^:@]{1,300})?(@.+)?$/;
const PUBLIC_ECR_URI = /^public\.ecr\.aws\/[a-z0-9/._-]+(:[^:@]{1,300})?(@.+)?$/;

export function imageFromUri(scope: Construct, options: ImageUriOptions): ContainerImage {
  const { containerUri } = options;
  const repositoryArn = options.repositoryArn ?? repositoryArnOf(scope, containerUri);
  return { containerUri, repositoryArn, dependencies: [] };
}

/** Undefined for a public image, which needs no permission. */
function repositoryArnOf(scope: Construct, containerUri: string): string | undefined {
  if (Token.isUnresolved(containerUri)) {
    throwOnProblems(scope, [containerUriNeedsRepository()]);
  }
  const groups = PRIVATE_ECR_URI.exec(containerUri)?.groups;
  if (groups) {
    const { account, region, repository } = groups;
    return `arn:${AwsEnvironment.of(scope).partition}:ecr:${region}:${account}:repository/${repository}`;
  }
  if (!PUBLIC_ECR_URI.test(containerUri)) {
    throwOnProblems(scope, [invalidContainerUri(containerUri)]);
  }
  return undefined;
}
