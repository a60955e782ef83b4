import { resourceReader } from "./reader";

export interface RepositoryAttributes {
  readonly arn: string;
  readonly registryId: string;
  readonly repositoryUrl: string;
}

export const repository = resourceReader({
  type: "aws_ecr_repository",
  kind: "repository",
  read: (args) => ({ repositoryName: args.text("name") }),
  assigned: ["id", "arn", "registry_id", "repository_url"],
  attributes: ({ repositoryName }, { arn, registryId, repositoryUrl }: RepositoryAttributes) => ({
    id: repositoryName,
    arn,
    registry_id: registryId,
    repository_url: repositoryUrl,
  }),
});

export type RepositoryDeclaration = ReturnType<typeof repository.read>;
