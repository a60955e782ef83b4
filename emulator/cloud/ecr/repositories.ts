import { repositoryUrl } from "../../../aws/hosts";
import type { RepositoryAttributes, RepositoryDeclaration } from "../../../topology";
import { Images } from "./images";
import type { Environment } from "../environment";
import { AwsError } from "../errors";
import type { TagMap } from "../tags";
import { refusal } from "../refusal";

/** What a repository is created with beside its name. */
export interface RepositorySettings {
  /** @default MUTABLE */
  readonly imageTagMutability?: string;
  /** @default false */
  readonly scanOnPush?: boolean;
  /** @default AES256 */
  readonly encryptionType?: string;
  readonly kmsKey?: string;
  readonly tags?: TagMap;
}

export interface Repository extends RepositoryDeclaration, RepositoryAttributes {
  imageTagMutability: string;
  scanOnPush: boolean;
  readonly encryptionType: string;
  readonly kmsKey?: string;
  tags: TagMap;
  /** JSON documents. */
  lifecyclePolicy?: string;
  policy?: string;
  readonly images: Images;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Private image repositories. */
export class Repositories {
  private readonly byName = new Map<string, Repository>();

  constructor(private readonly environment: Environment) {}

  /** @throws AwsError RepositoryAlreadyExistsException */
  create(declaration: RepositoryDeclaration, settings: RepositorySettings = {}): Repository {
    const { partition, region, accountId, clock } = this.environment;
    const { repositoryName } = declaration;
    if (this.byName.has(repositoryName)) {
      const message = `The repository with name '${repositoryName}' already exists in the registry with id '${accountId}'`;
      throw refusal("repository-taken", message);
    }
    const {
      imageTagMutability = "MUTABLE",
      scanOnPush = false,
      encryptionType = "AES256",
      kmsKey,
      tags = {},
    } = settings;
    const repository: Repository = {
      ...declaration,
      imageTagMutability,
      scanOnPush,
      encryptionType,
      kmsKey,
      tags,
      arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${repositoryName}`,
      registryId: accountId,
      repositoryUrl: repositoryUrl(accountId, region, repositoryName),
      images: new Images({ repositoryName, registryId: accountId }, clock),
      createdAt: clock.now(),
    };
    this.byName.set(repositoryName, repository);
    return repository;
  }

  /** @throws AwsError RepositoryNotFoundException */
  get(repositoryName: string): Repository {
    return this.known(this.byName.get(repositoryName), repositoryName);
  }

  /** @throws AwsError RepositoryNotFoundException */
  withArn(arn: string): Repository {
    const found = this.all().find((repository) => repository.arn === arn);
    return this.known(found, arn.split(":repository/").at(-1) ?? arn);
  }

  /** @throws AwsError RepositoryNotFoundException, RepositoryNotEmptyException unless it is forced */
  delete(repositoryName: string, isForced: boolean): Repository {
    const repository = this.get(repositoryName);
    if (!isForced && repository.images.all().length > 0) {
      const place = `The repository with name '${repositoryName}' in registry with id '${repository.registryId}'`;
      const message = `${place} cannot be deleted because it still contains images`;
      throw new AwsError("RepositoryNotEmptyException", message);
    }
    this.byName.delete(repositoryName);
    return repository;
  }

  all(): readonly Repository[] {
    return [...this.byName.values()];
  }

  private known(repository: Repository | undefined, name: string): Repository {
    if (repository) return repository;
    const { accountId } = this.environment;
    const message = `The repository with name '${name}' does not exist in the registry with id '${accountId}'`;
    throw new AwsError("RepositoryNotFoundException", message);
  }
}
