import type { AgentRuntimeAttributes, AgentRuntimeDeclaration } from "../../../topology";
import type { JwtAuthorizer } from "../jwt-authorizer";
import type { Times } from "../times";
import type { Container } from "./container";
import { versionUnknown } from "./errors";

/** What the service keeps of a runtime beside the declaration, without effect in the emulator. */
export interface AgentRuntimeSettings extends AgentRuntimeDeclaration {
  readonly description?: string;
  readonly networkModeConfig?: { readonly securityGroups: readonly string[]; readonly subnets: readonly string[] };
  readonly lifecycleConfiguration?: LifecycleConfiguration;
}

/** Seconds. */
export interface LifecycleConfiguration {
  readonly idleRuntimeSessionTimeout: number;
  readonly maxLifetime: number;
}

export type RuntimeStatus = "CREATING" | "UPDATING" | "DELETING" | "READY";

/** A runtime as it was configured at one time; every update makes another. */
export interface AgentRuntimeVersion {
  readonly version: string;
  readonly declaration: AgentRuntimeSettings;
  /** Left out where the runtime is authorized by IAM. */
  readonly authorizer?: JwtAuthorizer;
  readonly container: Container;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface AgentRuntimeEndpoint extends Times {
  readonly name: string;
  readonly arn: string;
  version: string;
  description?: string;
  status: RuntimeStatus;
}

/** A runtime with its versions and endpoints. Its declaration and container are those of the latest version. */
export class AgentRuntime {
  status: RuntimeStatus = "CREATING";
  /** In order of creation. */
  readonly versions: AgentRuntimeVersion[];
  /** By name. */
  readonly endpoints = new Map<string, AgentRuntimeEndpoint>();

  constructor(
    /** What never changes of its attributes. */
    readonly identity: Omit<AgentRuntimeAttributes, "agentRuntimeVersion">,
    first: AgentRuntimeVersion,
  ) {
    this.versions = [first];
  }

  get attributes(): AgentRuntimeAttributes {
    return { ...this.identity, agentRuntimeVersion: this.latest.version };
  }

  get latest(): AgentRuntimeVersion {
    const latest = this.versions.at(-1);
    if (!latest) throw new Error(`The runtime ${this.identity.agentRuntimeId} has no version.`);
    return latest;
  }

  get declaration(): AgentRuntimeSettings {
    return this.latest.declaration;
  }

  get container(): Container {
    return this.latest.container;
  }

  /** @throws AwsError ResourceNotFoundException */
  version(version = this.latest.version): AgentRuntimeVersion {
    const found = this.versions.find((candidate) => candidate.version === version);
    if (!found) throw versionUnknown(version, this.identity.agentRuntimeId);
    return found;
  }

  /** @param qualifier the name of an endpoint. @returns undefined where the runtime has no such endpoint */
  versionBehind(qualifier: string): AgentRuntimeVersion | undefined {
    const endpoint = this.endpoints.get(qualifier);
    return endpoint && this.version(endpoint.version);
  }
}
