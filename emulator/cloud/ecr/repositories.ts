import type { RepositoryAttributes, RepositoryDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { AwsError } from "../errors";

/** Private image repositories, without their images. */
export class Repositories {
  private readonly names = new Set<string>();

  constructor(private readonly environment: Environment) {}

  /** @throws AwsError RepositoryAlreadyExistsException */
  create({ repositoryName }: RepositoryDeclaration): RepositoryAttributes {
    const { partition, region, accountId } = this.environment;
    if (this.names.has(repositoryName)) {
      const message = `The repository with name '${repositoryName}' already exists in the registry with id '${accountId}'`;
      throw new AwsError("RepositoryAlreadyExistsException", message);
    }
    this.names.add(repositoryName);
    return {
      arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${repositoryName}`,
      registryId: accountId,
      repositoryUrl: `${accountId}.dkr.ecr.${region}.amazonaws.com/${repositoryName}`,
    };
  }
}
