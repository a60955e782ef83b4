import { DEFAULT_ENDPOINT, runtimeUrl } from "../../../aws/agentcore/endpoints";
import * as limits from "../../../aws/agentcore/limits";
import { mayReachContainer } from "../../../aws/agentcore/passed-on";
import { checkMembers, CODE, CONTAINER_URI, ROLE_ARN, RUNTIME_NAME } from "../agentcore-constraints";
import { integer, listOf, mapOf, name, oneOf, structure, text } from "../constraints";
import { agentCoreArn, type Environment } from "../environment";
import type { Iam } from "../iam/iam";
import type { WorkloadIdentities } from "../identity/workload-identities";
import { JwtAuthorizer } from "../jwt-authorizer";
import { enforceQuota } from "../quotas";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import { becomeReady } from "../ready";
import type { TagMap, Tags } from "../tags";
import { AgentRuntime, type AgentRuntimeSettings, type AgentRuntimeVersion } from "./agent-runtime";
import { AgentRuntimeEndpoints } from "./agent-runtime-endpoints";
import { NETWORK_MODES, SERVER_PROTOCOLS } from "../../../aws/agentcore/values";
import { containerUrl } from "./container-contract";
import { Container } from "./container";
import { validateArtifact } from "./artifact-access";
import {
  accountClosed,
  artifactCount,
  headerRestricted,
  runtimeInMotion,
  runtimeTaken,
  runtimeUnknown,
} from "./errors";
import type { RuntimeServer } from "./runtime-server";

export type { AgentRuntime };

/** Seconds. */
export const LIFETIME = integer(limits.LIFECYCLE_SECONDS.shortest, limits.LIFECYCLE_SECONDS.longest);
const { count, nameLength, valueLength } = limits.ENVIRONMENT_VARIABLES;
export const ENVIRONMENT_VARIABLES = mapOf(text(nameLength, undefined, 1), text(valueLength), count);
export const HEADER_ALLOWLIST = listOf(name(limits.HEADER_NAME), limits.MAX_ALLOWED_HEADERS);

/** What the service asks of the members of a request, one by one. */
export const DECLARATION = structure({
  agentRuntimeName: RUNTIME_NAME,
  roleArn: ROLE_ARN,
  containerUri: CONTAINER_URI.optional(),
  code: structure(CODE).optional(),
  networkMode: oneOf(NETWORK_MODES),
  serverProtocol: oneOf(SERVER_PROTOCOLS),
  environmentVariables: ENVIRONMENT_VARIABLES,
  requestHeaderAllowlist: HEADER_ALLOWLIST,
});

export interface AgentRuntimesOptions {
  /** Starts the MCP server that stands in for a runtime's container. */
  readonly serverCommand: RuntimeServer;
  /** By the name of the runtime. @default - `serverCommand` for every runtime */
  readonly serverCommands?: Readonly<Record<string, RuntimeServer>>;
  /** Passes variables of runtimes and functions on that load code, such as `NODE_OPTIONS`. @default false */
  readonly allowLoaderVariables?: boolean;
  /** Takes what the MCP servers write, line by line. */
  readonly log: (line: string) => void;
}

/** How a runtime is called for as long as it is there. */
type RuntimeIdentity = Pick<AgentRuntime["identity"], "agentRuntimeId" | "agentRuntimeArn">;

/** AgentCore Runtime's control plane. */
export class AgentRuntimes {
  readonly endpoints: AgentRuntimeEndpoints;
  private readonly runtimes = new Map<string, AgentRuntime>();
  /** The ends of processes that nothing refers to any more. */
  private readonly retiring = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly environment: Environment,
    private readonly iam: Iam,
    private readonly identities: WorkloadIdentities,
    private readonly tags: Tags,
    private readonly options: AgentRuntimesOptions,
  ) {
    this.endpoints = new AgentRuntimeEndpoints(environment, tags);
  }

  /**
   * The runtime is CREATING at first.
   *
   * @param identity of one that exists already, in this account or another. @default - a new one
   * @throws AwsError ValidationException, ConflictException, ServiceQuotaExceededException
   */
  create(declaration: AgentRuntimeSettings, tags?: TagMap, identity?: RuntimeIdentity): AgentRuntime {
    const { agentRuntimeName: name } = declaration;
    const first = this.makeVersion("1", declaration);
    if (this.all().some((runtime) => runtime.declaration.agentRuntimeName === name)) throw runtimeTaken(name);
    enforceQuota("runtimes", this.runtimes.size);
    const { agentRuntimeId, agentRuntimeArn } = identity ?? this.newIdentity(name);
    const workloadIdentityArn = this.identities.createLinked(agentRuntimeId);
    const runtime = new AgentRuntime({ agentRuntimeId, agentRuntimeArn, workloadIdentityArn }, first);
    this.runtimes.set(agentRuntimeArn, runtime);
    this.tags.create(agentRuntimeArn, tags);
    this.endpoints.create(runtime, { name: DEFAULT_ENDPOINT });
    first.container.warmUp();
    becomeReady(runtime);
    return runtime;
  }

  /**
   * Replaces the whole configuration by a new version, which the DEFAULT endpoint follows.
   *
   * @throws AwsError ValidationException, ConflictException, ResourceNotFoundException, ServiceQuotaExceededException
   */
  update(agentRuntimeId: string, declaration: AgentRuntimeSettings): AgentRuntime {
    const runtime = this.get(agentRuntimeId);
    refuseInMotion(runtime);
    enforceQuota("versionsOfRuntime", runtime.versions.length);
    const previous = runtime.latest;
    runtime.versions.push(this.makeVersion(String(Number(runtime.latest.version) + 1), declaration));
    runtime.status = "UPDATING";
    this.endpoints.update(runtime, DEFAULT_ENDPOINT, {});
    const isCalled = [...runtime.endpoints.values()].some(({ version }) => version === previous.version);
    // An endpoint may be given the old version again: its process begins anew then.
    if (!isCalled) this.retire(previous.container.stop());
    runtime.container.warmUp();
    becomeReady(runtime);
    return runtime;
  }

  /** The runtime is DELETING, then gone with its endpoints. @throws AwsError ConflictException, ResourceNotFoundException */
  delete(agentRuntimeId: string): AgentRuntime {
    const runtime = this.get(agentRuntimeId);
    refuseInMotion(runtime);
    runtime.status = "DELETING";
    const { agentRuntimeArn } = runtime.attributes;
    setImmediate(() => {
      this.runtimes.delete(agentRuntimeArn);
      this.tags.delete(agentRuntimeArn);
      for (const { arn } of runtime.endpoints.values()) this.tags.delete(arn);
      this.identities.deleteLinked(agentRuntimeId);
      runtime.versions.forEach(({ container }) => this.retire(container.close()));
    });
    return runtime;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(agentRuntimeId: string): AgentRuntime {
    const runtime = this.all().find(({ attributes }) => attributes.agentRuntimeId === agentRuntimeId);
    if (!runtime) throw runtimeUnknown(agentRuntimeId);
    return runtime;
  }

  /** Whether an ARN is that of a runtime, or of an endpoint of one. */
  has(arn: string): boolean {
    const [runtimeArn = "", endpoint] = arn.split("/runtime-endpoint/");
    const runtime = this.runtimes.get(runtimeArn);
    return endpoint === undefined ? runtime !== undefined : runtime?.versionBehind(endpoint) !== undefined;
  }

  find(arnOrId: string): AgentRuntime | undefined {
    return this.runtimes.get(arnOrId) ?? this.all().find(({ attributes }) => attributes.agentRuntimeId === arnOrId);
  }

  /** The runtime that an endpoint of the form `https://…/runtimes/{urlencoded ARN}/…` names. */
  findByEndpoint(endpoint: string): AgentRuntime | undefined {
    const encodedArn = /^https:\/\/[^/]+\/runtimes\/([^/]+)/.exec(endpoint)?.[1];
    return encodedArn === undefined ? undefined : this.find(decodeRuntimeArn(encodedArn));
  }

  all(): readonly AgentRuntime[] {
    return [...this.runtimes.values()];
  }

  /** Every version with its process, the running ones and the cold. */
  containers(): readonly Container[] {
    return this.all().flatMap((runtime) => runtime.versions.map(({ container }) => container));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all([...this.containers().map((container) => container.close()), ...this.retiring]);
  }

  private newIdentity(name: string): RuntimeIdentity {
    const agentRuntimeId = `${name}-${this.environment.random.text(10, LOWER_CASE + UPPER_CASE + DIGITS)}`;
    return { agentRuntimeId, agentRuntimeArn: agentCoreArn(this.environment, `runtime/${agentRuntimeId}`) };
  }

  /** A process ends beside what follows. */
  private retire(end: Promise<void>): void {
    const ending = end
      .catch((error: unknown) => this.options.log(`A runtime's process did not end: ${String(error)}`))
      .finally(() => this.retiring.delete(ending));
    this.retiring.add(ending);
  }

  private makeVersion(version: string, declaration: AgentRuntimeSettings): AgentRuntimeVersion {
    const { containerUri, code, customJwtAuthorizer, environmentVariables, roleArn, agentRuntimeName } = declaration;
    checkMembers(DECLARATION, declaration);
    // A deployment that is ended may still go on for a step, whose server nobody would stop.
    if (this.stopped) throw accountClosed();
    if ((containerUri === undefined) === (code === undefined)) throw artifactCount();
    const restricted = declaration.requestHeaderAllowlist.find((header) => !mayReachContainer(header));
    if (restricted !== undefined) throw headerRestricted(restricted);
    const authorizer = customJwtAuthorizer && new JwtAuthorizer(this.environment, customJwtAuthorizer);
    validateArtifact(this.environment, this.iam, { agentRuntimeName, containerUri, roleArn });
    const { serverCommand, serverCommands = {}, allowLoaderVariables: allowsLoaders = false, log } = this.options;
    const isNamed = Object.hasOwn(serverCommands, agentRuntimeName);
    const command = (isNamed ? serverCommands[agentRuntimeName] : undefined) ?? serverCommand;
    const { pathname } = containerUrl(declaration.serverProtocol);
    const settings = { environmentVariables, allowsLoaders, log };
    const container = new Container(command, pathname, settings, this.environment.limits);
    return { version, declaration, authorizer, container, createdAt: this.environment.clock.now() };
  }
}

function refuseInMotion({ status, attributes }: AgentRuntime): void {
  if (status === "READY") return;
  throw runtimeInMotion(attributes.agentRuntimeId, status);
}

export function invocationUrl({ region }: Environment, agentRuntimeArn: string): string {
  return runtimeUrl(region, encodeURIComponent(agentRuntimeArn));
}

/** @returns the text itself where it is not percent-encoded */
export function decodeRuntimeArn(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
