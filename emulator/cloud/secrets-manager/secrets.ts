// emulator/cloud/secrets-manager/: secrets with their versions.
import type { Environment } from "../environment";
import { LOWER_CASE, UPPER_CASE } from "../random";
import type { TagMap } from "../tags";
import { secretNamePending, secretPending, secretTaken, secretUnknown } from "./errors";

/** The staging label of the version that is read unless another is asked for. */
export const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";

export interface SecretVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  stages: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Text, or bytes in base64. */
export type SecretValue = { readonly text: string } | { readonly binary: string };

export interface NewSecret {
  readonly name: string;
  /** @default - the secret has no version yet */
  readonly value?: SecretValue;
  readonly versionId?: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  /** The service that keeps the secret for itself, for example `bedrock-agentcore-identity`. */
  readonly owningService?: string;
  readonly tags?: TagMap;
}

export interface Secret extends Omit<NewSecret, "value" | "versionId"> {
  readonly arn: string;
  description?: string;
  kmsKeyId?: string;
  tags: TagMap;
  /** A JSON document. */
  resourcePolicy?: string;
  /** In order of creation. */
  readonly versions: SecretVersion[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  changedAt: number;
  /** When it goes, in milliseconds since the epoch; until then it can be restored. */
  deletionAt?: number;
}

const DAY = 24 * 60 * 60_000;

/** AWS Secrets Manager: the account's own secrets, and those that its services keep in it. */
export class Secrets {
  private readonly byArn = new Map<string, Secret>();

  constructor(private readonly environment: Environment) {}

  /** @throws AwsError ResourceExistsException, InvalidRequestException */
  create({ value, versionId, ...settings }: NewSecret): Secret {
    const { partition, region, accountId, random, clock } = this.environment;
    const { name } = settings;
    const existing = this.all().find((secret) => secret.name === name);
    if (existing?.deletionAt !== undefined) throw secretNamePending();
    if (existing) throw secretTaken(name);
    const now = clock.now();
    const secret: Secret = {
      tags: {},
      ...settings,
      arn: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-${random.text(6, LOWER_CASE + UPPER_CASE)}`,
      versions: [],
      createdAt: now,
      changedAt: now,
    };
    this.byArn.set(secret.arn, secret);
    if (value !== undefined) this.put(secret.arn, value, versionId);
    return secret;
  }

  /** Makes a version the current one. @throws AwsError ResourceNotFoundException, InvalidRequestException */
  put(id: string, value: SecretValue, versionId?: string, stages: readonly string[] = [CURRENT]): SecretVersion {
    const { random, clock } = this.environment;
    const secret = this.get(id);
    const known = secret.versions.find((version) => version.versionId === versionId);
    // A request that repeats its token is not carried out again.
    if (known) return known;
    const version = { versionId: versionId ?? random.uuid(), value, stages: [], createdAt: clock.now() };
    secret.versions.push(version);
    for (const stage of stages) this.moveStage(secret, stage, version);
    secret.changedAt = clock.now();
    return version;
  }

  /** Takes a label from the version that has it; the current one becomes the previous. */
  moveStage(secret: Secret, stage: string, to?: SecretVersion): void {
    const from = secret.versions.find(({ stages }) => stages.includes(stage));
    if (from) from.stages = from.stages.filter((label) => label !== stage);
    if (to) to.stages = [...to.stages, stage];
    if (stage === CURRENT && from && to) this.moveStage(secret, PREVIOUS, from);
  }

  /** @param recoveryDays until it goes. @default - it goes at once. @throws AwsError ResourceNotFoundException */
  delete(id: string, recoveryDays?: number): Secret {
    const secret = this.find(id);
    const now = this.environment.clock.now();
    secret.deletionAt = now + (recoveryDays ?? 0) * DAY;
    if (recoveryDays === undefined) this.byArn.delete(secret.arn);
    return secret;
  }

  /** @throws AwsError ResourceNotFoundException */
  restore(id: string): Secret {
    const secret = this.find(id);
    secret.deletionAt = undefined;
    return secret;
  }

  /** A secret that is not about to be deleted. @throws AwsError ResourceNotFoundException, InvalidRequestException */
  get(id: string): Secret {
    const secret = this.find(id);
    if (secret.deletionAt === undefined) return secret;
    throw secretPending();
  }

  /** @param id the ARN or the name. @throws AwsError ResourceNotFoundException */
  find(id: string): Secret {
    const secret = this.all().find(({ arn, name }) => arn === id || name === id);
    if (!secret) throw secretUnknown();
    return secret;
  }

  /** In order of creation, without those whose time is over. */
  all(): readonly Secret[] {
    const now = this.environment.clock.now();
    return [...this.byArn.values()].filter(({ deletionAt }) => deletionAt === undefined || deletionAt > now);
  }
}
