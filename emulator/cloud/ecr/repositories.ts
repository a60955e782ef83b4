import { repositoryUrl } from "../../../aws/hosts";
import type { RepositoryAttributes, RepositoryDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { AwsError } from "../errors";

export interface Repository extends RepositoryDeclaration, RepositoryAttributes {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Private image repositories, without their images. */
export class Repositories {
  private readonly byName = new Map<string, Repository>();

  constructor(private readonly environment: Environment) {}

  /** @throws AwsError RepositoryAlreadyExistsException */
  create(declaration: RepositoryDeclaration): Repository {
    const { partition, region, accountId, clock } = this.environment;
    const { repositoryName } = declaration;
    if (this.byName.has(repositoryName)) {
      const message = `The repository with name '${repositoryName}' already exists in the registry with id '${accountId}'`;
      throw new AwsError("RepositoryAlreadyExistsException", message);
    }
    const repository: Repository = {
      ...declaration,
      arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${repositoryName}`,
      registryId: accountId,
      repositoryUrl: repositoryUrl(accountId, region, repositoryName),
      createdAt: clock.now(),
    };
    this.byName.set(repositoryName, repository);
    return repository;
  }

  /** @throws AwsError RepositoryNotFoundException */
  get(repositoryName: string): Repository {
    const repository = this.byName.get(repositoryName);
    if (repository) return repository;
    const { accountId } = this.environment;
    const message = `The repository with name '${repositoryName}' does not exist in the registry with id '${accountId}'`;
    throw new AwsError("RepositoryNotFoundException", message);
  }

  all(): readonly Repository[] {
    return [...this.byName.values()];
  }
}
