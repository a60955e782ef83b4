import { AwsError, type AwsErrorCode } from "../errors";
import { refusal } from "../refusal";

/** The errors of ECR, in its words. */

export interface Named {
  readonly repositoryName: string;
  readonly registryId: string;
}

const named = ({ repositoryName, registryId }: Named, of = "the registry") =>
  `repository with name '${repositoryName}' in ${of} with id '${registryId}'`;
export const repositoryTaken = ({ repositoryName, registryId }: Named) =>
  refusal(
    "repository-taken",
    `The repository with name '${repositoryName}' already exists in the registry with id '${registryId}'`,
  );
export const repositoryUnknown = ({ repositoryName, registryId }: Named) =>
  new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${repositoryName}' does not exist in the registry with id '${registryId}'`,
  );
export const repositoryNotEmpty = (repository: Named) =>
  new AwsError(
    "RepositoryNotEmptyException",
    `The ${named(repository, "registry")} cannot be deleted because it still contains images`,
  );

const policyMissing = (code: AwsErrorCode, kind: string) => (repository: Named) =>
  new AwsError(code, `${kind} policy does not exist for the ${named(repository)}`);
export const lifecyclePolicyMissing = policyMissing("LifecyclePolicyNotFoundException", "Lifecycle");
export const repositoryPolicyMissing = policyMissing("RepositoryPolicyNotFoundException", "Repository");
export const digestMismatch = (digest: string, asked: string) =>
  new AwsError("ImageDigestDoesNotMatchException", `The digest of the image is ${digest}, not ${asked}.`);
export const imageTaken = (digest: string, tag: string | undefined, where: string) =>
  new AwsError(
    "ImageAlreadyExistsException",
    `Image with digest '${digest}'${tag === undefined ? "" : ` and tag '${tag}'`} already exists in ${where}`,
  );
export const tagImmutable = (tag: string | undefined, repositoryName: string) =>
  new AwsError(
    "ImageTagAlreadyExistsException",
    `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
  );
export const imageUnknown = ({ imageDigest, imageTag }: { imageDigest?: string; imageTag?: string }, where: string) =>
  new AwsError(
    "ImageNotFoundException",
    `The image with imageId {imageDigest:'${imageDigest ?? "null"}', imageTag:'${imageTag ?? "null"}'} does not exist within ${where}`,
  );
export const invalidParameter = (member: string, constraint: string) =>
  new AwsError(
    "InvalidParameterException",
    `Invalid parameter at '${member}' failed to satisfy constraint: '${constraint}'`,
  );
