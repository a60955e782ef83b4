import { awsManagedPolicy, isAwsManagedPolicy, type ManagedPolicyDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { DIGITS, UPPER_CASE } from "../random";
import { Registry } from "../registry";
import type { TagMap } from "../tags";
import {
  policyNotAttachable,
  policyTaken,
  policyUnknown,
  tooManyVersions,
  versionIsDefault,
  versionUnknown,
} from "./errors";
import { readPolicy, type Policy, type PolicyDocument } from "./policy-document";

export interface PolicyVersion extends Policy {
  /** `v1`, `v2`, … */
  readonly versionId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface NewManagedPolicy extends ManagedPolicyDeclaration {
  readonly description?: string;
  readonly tags?: TagMap;
}

/** How many versions a policy keeps: IAM user guide, "access_policies_managed-versioning". */
const MOST_VERSIONS = 5;

/** A customer managed policy. It says what its default version says. */
export class ManagedPolicy implements Policy {
  /** In order of creation. */
  readonly versions: PolicyVersion[] = [];
  tags: TagMap;
  private defaultVersion: PolicyVersion;
  private lastVersion = 0;

  constructor(
    readonly identity: {
      readonly policyName: string;
      readonly policyId: string;
      readonly arn: string;
      readonly path: string;
      readonly description?: string;
    },
    policy: string,
    tags: TagMap,
    /** Milliseconds since the epoch. */
    readonly createdAt: number,
  ) {
    this.tags = tags;
    this.defaultVersion = this.add(policy, createdAt);
  }

  get json(): string {
    return this.defaultVersion.json;
  }

  get document(): PolicyDocument {
    return this.defaultVersion.document;
  }

  get defaultVersionId(): string {
    return this.defaultVersion.versionId;
  }

  /** When it came to say what it says, in milliseconds since the epoch. */
  get updatedAt(): number {
    return this.versions.at(-1)?.createdAt ?? this.createdAt;
  }

  /** @throws AwsError LimitExceeded, MalformedPolicyDocument */
  createVersion(policy: string, now: number, isDefault: boolean): PolicyVersion {
    if (this.versions.length >= MOST_VERSIONS) throw tooManyVersions(MOST_VERSIONS);
    const version = this.add(policy, now);
    if (isDefault) this.defaultVersion = version;
    return version;
  }

  /** @throws AwsError NoSuchEntity */
  setDefaultVersion(versionId: string): void {
    this.defaultVersion = this.version(versionId);
  }

  /** @throws AwsError NoSuchEntity, DeleteConflict */
  deleteVersion(versionId: string): void {
    const version = this.version(versionId);
    if (version === this.defaultVersion) throw versionIsDefault();
    this.versions.splice(this.versions.indexOf(version), 1);
  }

  /** @throws AwsError NoSuchEntity */
  version(versionId: string): PolicyVersion {
    const version = this.versions.find((candidate) => candidate.versionId === versionId);
    if (version) return version;
    throw versionUnknown(this.identity.arn, versionId);
  }

  private add(policy: string, createdAt: number): PolicyVersion {
    const version = { ...readPolicy(policy), versionId: `v${++this.lastVersion}`, createdAt };
    this.versions.push(version);
    return version;
  }
}

/** Policies that are attached to roles: the account's own, and those of AWS's that are known here. */
export class ManagedPolicies extends Registry<ManagedPolicy> {
  constructor(
    private readonly environment: Environment,
    private readonly notice: (line: string) => void,
  ) {
    super(policyUnknown);
  }

  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument */
  create({ policyName, path = "/", policy, description, tags = {} }: NewManagedPolicy): ManagedPolicy {
    const { partition, accountId, random, clock } = this.environment;
    if (this.all().some(({ identity }) => identity.policyName === policyName)) throw policyTaken(policyName);
    const arn = `arn:${partition}:iam::${accountId}:policy${path}${policyName}`;
    const policyId = `ANPA${random.text(17, UPPER_CASE + DIGITS)}`;
    const created = new ManagedPolicy({ policyName, policyId, arn, path, description }, policy, tags, clock.now());
    this.items.set(arn, created);
    return created;
  }

  /**
   * What a role gets by a policy. One of AWS's that is not known here grants nothing, and a notice says so.
   *
   * @throws AwsError NoSuchEntity
   */
  attachable(arn: string, roleName: string): Policy {
    const own = this.items.get(arn);
    if (own) return own;
    if (!isAwsManagedPolicy(arn)) throw policyNotAttachable(arn);
    const json = awsManagedPolicy(arn);
    if (json !== undefined) return readPolicy(json);
    this.notice(
      `The role ${roleName} has ${arn}, whose statements the emulator does not know: here it grants nothing.`,
    );
    return readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: [] }));
  }
}
