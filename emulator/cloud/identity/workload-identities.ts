import { WORKLOAD_IDENTITY_DIRECTORY } from "../../../aws/agentcore/names";
import type { WorkloadIdentityDeclaration } from "../../../topology";
import { checkMembers, RETURN_URL, WORKLOAD_NAME } from "../agentcore-constraints";
import { listOf, structure, UNBOUNDED } from "../constraints";
import { agentCoreArn, type Environment } from "../environment";
import { enforceQuota } from "../quotas";
import { Registry } from "../registry";
import type { TagMap, Tags } from "../tags";
import { timesNow, type Times } from "../times";
import { linkedUndeletable, workloadIdentityTaken, workloadIdentityUnknown } from "./errors";

export interface WorkloadIdentity extends Times {
  readonly name: string;
  readonly workloadIdentityArn: string;
  readonly allowedResourceOauth2ReturnUrls: readonly string[];
  /** Whether it belongs to a gateway or a runtime, with which it comes and goes. */
  readonly isLinked: boolean;
}

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({
  name: WORKLOAD_NAME,
  allowedResourceOauth2ReturnUrls: listOf(RETURN_URL, UNBOUNDED).optional(),
});

/** The default directory: identities that callers create, and those that gateways and runtimes are given. */
export class WorkloadIdentities extends Registry<WorkloadIdentity> {
  constructor(
    private readonly environment: Environment,
    private readonly tags: Tags,
  ) {
    super(workloadIdentityUnknown);
  }

  /** @throws AwsError ValidationException, also for a name that is taken: the operation models no conflict */
  create(declaration: WorkloadIdentityDeclaration, tags?: TagMap): WorkloadIdentity {
    checkMembers(DECLARATION, declaration);
    const { name } = declaration;
    if (this.items.has(name)) throw workloadIdentityTaken(name);
    enforceQuota("workloadIdentities", this.items.size);
    return this.store(declaration, false, tags);
  }

  /** @returns the ARN of the identity that a gateway or a runtime is given, under its own id */
  createLinked(name: string): string {
    return this.store({ name }, true).workloadIdentityArn;
  }

  /** @throws AwsError ValidationException, ResourceNotFoundException */
  update(declaration: WorkloadIdentityDeclaration): WorkloadIdentity {
    checkMembers(DECLARATION, declaration);
    const { name, allowedResourceOauth2ReturnUrls = [] } = declaration;
    const identity = { ...this.get(name), allowedResourceOauth2ReturnUrls, updatedAt: this.environment.clock.now() };
    this.items.set(name, identity);
    return identity;
  }

  /** @throws AwsError ResourceNotFoundException, ValidationException for a linked one (ekristen/aws-nuke#835) */
  override delete(name: string): void {
    if (this.get(name).isLinked) throw linkedUndeletable();
    this.deleteLinked(name);
  }

  /** Goes with the gateway or the runtime that it belongs to. */
  deleteLinked(name: string): void {
    this.tags.delete(this.arn(name));
    this.items.delete(name);
  }

  private arn(name: string): string {
    return agentCoreArn(this.environment, `${WORKLOAD_IDENTITY_DIRECTORY}/workload-identity/${name}`);
  }

  private store(declaration: WorkloadIdentityDeclaration, isLinked: boolean, tags?: TagMap): WorkloadIdentity {
    const { name, allowedResourceOauth2ReturnUrls = [] } = declaration;
    const workloadIdentityArn = this.arn(name);
    const identity = {
      name,
      workloadIdentityArn,
      allowedResourceOauth2ReturnUrls,
      isLinked,
      ...timesNow(this.environment.clock),
    };
    this.items.set(name, identity);
    this.tags.create(workloadIdentityArn, tags);
    return identity;
  }
}
