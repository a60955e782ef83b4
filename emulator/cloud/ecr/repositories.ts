import { repositoryUrl } from "../../../aws/hosts";
import type { RepositoryAttributes, RepositoryDeclaration } from "../../../topology";
import { Images } from "./images";
import type { Environment } from "../environment";
import type { TagMap } from "../tags";
import { repositoryNotEmpty, repositoryTaken, repositoryUnknown } from "./errors";

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
    if (this.byName.has(repositoryName)) throw repositoryTaken({ repositoryName, registryId: accountId });
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
    if (!isForced && repository.images.all().length > 0) throw repositoryNotEmpty(repository);
    this.byName.delete(repositoryName);
    return repository;
  }

  all(): readonly Repository[] {
    return [...this.byName.values()];
  }

  private known(repository: Repository | undefined, name: string): Repository {
    if (repository) return repository;
    throw repositoryUnknown({ repositoryName: name, registryId: this.environment.accountId });
  }
}
