import { awsManagedPolicy, isAwsManagedPolicy, type ManagedPolicyDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import { AwsError } from "../errors";
import { DIGITS, UPPER_CASE } from "../random";
import { readPolicy, type Policy } from "./policy-document";

/** A customer managed policy in its only version. */
export interface ManagedPolicy extends Policy {
  readonly policyName: string;
  readonly path: string;
  readonly arn: string;
  readonly policyId: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Policies that are attached to roles: the account's own, and those of AWS's that are known here. */
export class ManagedPolicies {
  private readonly policies = new Map<string, ManagedPolicy>();

  constructor(
    private readonly environment: Environment,
    private readonly notice: (line: string) => void,
  ) {}

  /** @throws AwsError EntityAlreadyExists, MalformedPolicyDocument */
  create({ policyName, path = "/", policy }: ManagedPolicyDeclaration): ManagedPolicy {
    const { partition, accountId, random, clock } = this.environment;
    if (this.all().some((other) => other.policyName === policyName)) {
      throw new AwsError(
        "EntityAlreadyExists",
        `A policy called ${policyName} already exists. Duplicate names are not allowed.`,
      );
    }
    const created: ManagedPolicy = {
      ...readPolicy(policy),
      policyName,
      path,
      arn: `arn:${partition}:iam::${accountId}:policy${path}${policyName}`,
      policyId: `ANPA${random.text(17, UPPER_CASE + DIGITS)}`,
      createdAt: clock.now(),
    };
    this.policies.set(created.arn, created);
    return created;
  }

  /** @throws AwsError NoSuchEntity */
  get(arn: string): ManagedPolicy {
    const policy = this.policies.get(arn);
    if (!policy) throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`);
    return policy;
  }

  delete(arn: string): void {
    this.policies.delete(arn);
  }

  all(): readonly ManagedPolicy[] {
    return [...this.policies.values()];
  }

  /**
   * What a role gets by a policy. One of AWS's that is not known here grants nothing, and a notice says so.
   *
   * @throws AwsError NoSuchEntity
   */
  attachable(arn: string, roleName: string): Policy {
    const own = this.policies.get(arn);
    if (own) return own;
    if (!isAwsManagedPolicy(arn))
      throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`);
    const json = awsManagedPolicy(arn);
    if (json !== undefined) return readPolicy(json);
    this.notice(
      `The role ${roleName} has ${arn}, whose statements the emulator does not know: here it grants nothing.`,
    );
    return readPolicy(JSON.stringify({ Version: "2012-10-17", Statement: [] }));
  }
}
