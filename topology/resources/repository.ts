import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

export interface RepositoryAttributes {
  readonly arn: string;
  readonly registryId: string;
  readonly repositoryUrl: string;
}

export function readRepository<V extends ValueTypes>(args: Readable<V>) {
  return { repositoryName: args.text("name") };
}

export const repository = resourceReader({
  type: "aws_ecr_repository",
  kind: "repository",
  read: (args) => readRepository(args),
  assigned: ["id", "arn", "registry_id", "repository_url"],
  attributes: ({ repositoryName }, { arn, registryId, repositoryUrl }: RepositoryAttributes) => ({
    id: repositoryName,
    arn,
    registry_id: registryId,
    repository_url: repositoryUrl,
  }),
});

export type RepositoryDeclaration = ReturnType<typeof repository.read>;
