import { DataAwsEcrImage, type DataAwsEcrImageConfig } from "@cdktf/provider-aws/lib/data-aws-ecr-image";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { ContainerImage, IImageRepository } from "./container-image";

/** The digest that a tag names when the plan is made, so that a plan shows it when the tag names another. */
export function taggedDigest(scope: Construct, image: DataAwsEcrImageConfig): string {
  return new DataAwsEcrImage(scope, "Tagged", image).imageDigest;
}

export function taggedImage(
  scope: Construct,
  { arn, repositoryUrl }: IImageRepository,
  imageTag: string,
): ContainerImage {
  const part = (separator: string, index: number): string => Fn.element(Fn.split(separator, arn), index) as string;
  const digest = taggedDigest(scope, {
    region: part(":", 3),
    registryId: part(":", 4),
    repositoryName: part(":repository/", 1),
    imageTag,
  });
  return { containerUri: `${repositoryUrl}@${digest}`, repositoryArn: arn, dependencies: [] };
}
