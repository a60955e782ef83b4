import { repositoryUrl } from "../../../aws/hosts";
import type { RepositoryAttributes, RepositoryDeclaration } from "../../../topology";
import { Images } from "./images";
import type { Environment } from "../environment";
import { Registry } from "../registry";
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
export class Repositories extends Registry<Repository> {
  constructor(private readonly environment: Environment) {
    super((repositoryName) => repositoryUnknown({ repositoryName, registryId: environment.accountId }));
  }

  /** @throws AwsError RepositoryAlreadyExistsException */
  create(declaration: RepositoryDeclaration, settings: RepositorySettings = {}): Repository {
    const { partition, region, accountId, clock } = this.environment;
    const { repositoryName } = declaration;
    if (this.items.has(repositoryName)) throw repositoryTaken({ repositoryName, registryId: accountId });
    const repository: Repository = {
      ...declaration,
      imageTagMutability: settings.imageTagMutability ?? "MUTABLE",
      scanOnPush: settings.scanOnPush ?? false,
      encryptionType: settings.encryptionType ?? "AES256",
      kmsKey: settings.kmsKey,
      tags: settings.tags ?? {},
      arn: `arn:${partition}:ecr:${region}:${accountId}:repository/${repositoryName}`,
      registryId: accountId,
      repositoryUrl: repositoryUrl(accountId, region, repositoryName),
      images: new Images({ repositoryName, registryId: accountId }, clock),
      createdAt: clock.now(),
    };
    this.items.set(repositoryName, repository);
    return repository;
  }

  /** @throws AwsError RepositoryNotFoundException */
  withArn(arn: string): Repository {
    const found = this.all().find((repository) => repository.arn === arn);
    if (!found) throw this.unknown(arn.split(":repository/").at(-1) ?? arn);
    return found;
  }

  /** @throws AwsError RepositoryNotFoundException, RepositoryNotEmptyException unless it is forced */
  override delete(repositoryName: string, isForced = false): Repository {
    const repository = this.get(repositoryName);
    if (!isForced && repository.images.all().length > 0) throw repositoryNotEmpty(repository);
    this.items.delete(repositoryName);
    return repository;
  }
}
