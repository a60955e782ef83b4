import { Token } from "cdktf";
import type { Construct } from "constructs";
import { readContainerUri } from "../../../aws/agentcore/names";
import { arnProblems } from "../../private/arns";
import { AwsEnvironment } from "../../private/aws-environment";
import { reportProblems } from "../../private/checks";
import { throwOnProblems } from "../../private/errors";
import { containerUriNeedsRepository, invalidContainerUri } from "../../private/problems/images";
import type { ContainerImage, ImageUriOptions } from "./container-image";
import { taggedDigest } from "./tagged-image";

export function imageFromUri(scope: Construct, options: ImageUriOptions): ContainerImage {
  const { containerUri } = options;
  reportProblems(scope, arnProblems("image repository", options.repositoryArn));
  const repositoryArn = options.repositoryArn ?? repositoryArnOf(scope, containerUri);
  return { containerUri: pulledUri(scope, containerUri), repositoryArn, dependencies: [] };
}

/** Of a private image, a tag becomes the digest that it names when the plan is made. No tag is the tag "latest". */
function pulledUri(scope: Construct, containerUri: string): string {
  if (Token.isUnresolved(containerUri)) return containerUri;
  const uri = readContainerUri(containerUri);
  if (uri?.account === undefined || uri.digest !== undefined) return containerUri;
  const { host, account: registryId, region, repository: repositoryName, tag: imageTag = "latest" } = uri;
  return `${host}/${repositoryName}@${taggedDigest(scope, { region, registryId, repositoryName, imageTag })}`;
}

/** Undefined for a public image, which needs no permission. */
function repositoryArnOf(scope: Construct, containerUri: string): string | undefined {
  if (Token.isUnresolved(containerUri)) throwOnProblems(scope, [containerUriNeedsRepository()]);
  const uri = readContainerUri(containerUri);
  if (!uri) throwOnProblems(scope, [invalidContainerUri(containerUri)]);
  return uri?.account === undefined
    ? undefined
    : `arn:${AwsEnvironment.of(scope).partition}:ecr:${uri.region}:${uri.account}:repository/${uri.repository}`;
}
