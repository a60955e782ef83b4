import { Token } from "cdktf";
import type { Construct } from "constructs";
import { CONTAINER_URI } from "../../aws/agentcore/names";
import { arnProblems } from "../private/arns";
import { AwsEnvironment } from "../private/aws-environment";
import { reportProblems } from "../private/checks";
import { throwOnProblems } from "../private/errors";
import { containerUriNeedsRepository, invalidContainerUri } from "../private/problems/images";
import type { ContainerImage, ImageUriOptions } from "./container-image";
import { taggedDigest } from "./tagged-image";

const URI = new RegExp(`^${CONTAINER_URI}$`);

export function imageFromUri(scope: Construct, options: ImageUriOptions): ContainerImage {
  const { containerUri } = options;
  reportProblems(scope, arnProblems("image repository", options.repositoryArn));
  const repositoryArn = options.repositoryArn ?? repositoryArnOf(scope, containerUri);
  return { containerUri: pulledUri(scope, containerUri), repositoryArn, dependencies: [] };
}

/** Of a private image, a tag becomes the digest that it names when the plan is made. No tag is the tag "latest". */
function pulledUri(scope: Construct, containerUri: string): string {
  if (Token.isUnresolved(containerUri)) return containerUri;
  const [, host, registryId, region, , repositoryName = "", imageTag = "latest", digest] = URI.exec(containerUri) ?? [];
  if (registryId === undefined || digest !== undefined) return containerUri;
  return `${host}/${repositoryName}@${taggedDigest(scope, { region, registryId, repositoryName, imageTag })}`;
}

/** Undefined for a public image, which needs no permission. */
function repositoryArnOf(scope: Construct, containerUri: string): string | undefined {
  if (Token.isUnresolved(containerUri)) throwOnProblems(scope, [containerUriNeedsRepository()]);
  const [match, , account, region, , repository] = URI.exec(containerUri) ?? [];
  if (match === undefined) throwOnProblems(scope, [invalidContainerUri(containerUri)]);
  return account === undefined
    ? undefined
    : `arn:${AwsEnvironment.of(scope).partition}:ecr:${region}:${account}:repository/${repository}`;
}
