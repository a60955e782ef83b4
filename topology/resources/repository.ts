import type { ResourceReader } from "./reader";

export const repository: ResourceReader<"repository"> = {
  type: "aws_ecr_repository",
  kind: "repository",
  read: (args) => ({ repositoryName: args.text("name") }),
  assigned: ["id", "arn", "registry_id", "repository_url"],
  attributes: ({ repositoryName }, { arn, registryId, repositoryUrl }) => ({
    id: repositoryName,
    arn,
    registry_id: registryId,
    repository_url: repositoryUrl,
  }),
};
