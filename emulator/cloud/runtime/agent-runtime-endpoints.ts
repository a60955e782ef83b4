// emulator/cloud/runtime/: runtimes, and the servers that stand for their containers.
import { DEFAULT_ENDPOINT } from "../../../aws/agentcore/endpoints";
import { MAX_ENDPOINT_DESCRIPTION } from "../../../aws/agentcore/limits";
import { checkMembers, RUNTIME_NAME } from "../agentcore-constraints";
import { structure, text } from "../constraints";
import type { Environment } from "../environment";
import { enforceQuota } from "../quotas";
import { becomeReady } from "../ready";
import type { TagMap, Tags } from "../tags";
import { timesNow } from "../times";
import type { AgentRuntime, AgentRuntimeEndpoint } from "./agent-runtime";
import { defaultEndpointFixed, defaultEndpointUndeletable, endpointTaken, endpointUnknown } from "./errors";

export interface EndpointDeclaration {
  readonly name: string;
  /** @default - the latest */
  readonly agentRuntimeVersion?: string;
  readonly description?: string;
}

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({
  name: RUNTIME_NAME,
  description: text(MAX_ENDPOINT_DESCRIPTION, undefined, 1).optional(),
});

/** The endpoints of runtimes: names under which a version is called. */
export class AgentRuntimeEndpoints {
  constructor(
    private readonly environment: Environment,
    private readonly tags: Tags,
  ) {}

  /**
   * The endpoint is CREATING at first.
   *
   * @throws AwsError ValidationException, ConflictException, ResourceNotFoundException, ServiceQuotaExceededException
   */
  create(runtime: AgentRuntime, declaration: EndpointDeclaration, tags?: TagMap): AgentRuntimeEndpoint {
    checkMembers(DECLARATION, declaration);
    const { name, description } = declaration;
    if (runtime.endpoints.has(name)) throw endpointTaken(name);
    enforceQuota("endpointsOfRuntime", runtime.endpoints.size);
    const endpoint: AgentRuntimeEndpoint = {
      name,
      arn: `${runtime.attributes.agentRuntimeArn}/runtime-endpoint/${name}`,
      version: runtime.version(declaration.agentRuntimeVersion).version,
      description,
      status: "CREATING",
      ...timesNow(this.environment.clock),
    };
    runtime.endpoints.set(name, endpoint);
    this.tags.create(endpoint.arn, tags);
    becomeReady(endpoint);
    return endpoint;
  }

  /** @throws AwsError ValidationException, ResourceNotFoundException */
  update(runtime: AgentRuntime, name: string, changes: Omit<EndpointDeclaration, "name">): AgentRuntimeEndpoint {
    checkMembers(DECLARATION, { name, ...changes });
    const endpoint = this.get(runtime, name);
    if (name === DEFAULT_ENDPOINT && changes.agentRuntimeVersion !== undefined) throw defaultEndpointFixed();
    endpoint.version = runtime.version(changes.agentRuntimeVersion).version;
    endpoint.description = changes.description ?? endpoint.description;
    endpoint.status = "UPDATING";
    endpoint.updatedAt = this.environment.clock.now();
    becomeReady(endpoint);
    return endpoint;
  }

  /** @throws AwsError ConflictException for DEFAULT, ResourceNotFoundException */
  delete(runtime: AgentRuntime, name: string): AgentRuntimeEndpoint {
    const endpoint = this.get(runtime, name);
    if (name === DEFAULT_ENDPOINT) throw defaultEndpointUndeletable();
    endpoint.status = "DELETING";
    setImmediate(() => {
      runtime.endpoints.delete(name);
      this.tags.delete(endpoint.arn);
    });
    return endpoint;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(runtime: AgentRuntime, name: string): AgentRuntimeEndpoint {
    const endpoint = runtime.endpoints.get(name);
    if (!endpoint) throw endpointUnknown(name);
    return endpoint;
  }
}
