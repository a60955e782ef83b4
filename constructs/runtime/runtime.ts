// constructs/runtime/: runtimes with their artifact, authorizer, role, endpoints and readiness.
import { BedrockagentcoreAgentRuntime } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime";
import type { Construct } from "constructs";
import { ENVIRONMENT_VARIABLES, MAX_RUNTIME_DESCRIPTION } from "../../aws/agentcore/limits";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import { Grant } from "../iam/grant";
import type { Permission } from "../iam/permission";
import type { CreatedRoleOptions, IRole } from "../iam/role";
import { type ObservabilityConfiguration, VendedLogs } from "../observability/vended-logs";
import { withChosenAddress } from "../private/addresses";
import { arnProblems, partOfArn } from "../private/arns";
import { AwsEnvironment } from "../private/aws-environment";
import { reportProblems } from "../private/checks";
import { customJwtBlock, customJwtFields, customJwtProblems } from "../identity/custom-jwt-authorizer";
import { dependenciesIn } from "../private/dependencies";
import type { Problem } from "../private/errors";
import {
  derivedName,
  lengthProblems,
  nameProblems,
  ROLE_NAME,
  ROLE_PATH,
  RUNTIME_ID,
  RUNTIME_NAME,
} from "../private/names";
import { setFieldWhereKnown, setNewerField } from "../private/provider-version";
import { countProblems } from "../private/ranges";
import { nonEmptyTags, tagProblems } from "../private/tags";
import { Review } from "../review/review";
import {
  allowedWorkloadBlock,
  allowedWorkloadProblems,
  type IHostingEnvironment,
} from "./allowed-workload-configuration";
import type { AgentRuntimeArtifact } from "./artifact/agent-runtime-artifact";
import type { BoundArtifact } from "./artifact/bound-artifact";
import { ExecutionRole } from "./execution-role";
import { completeLifecycle, type LifecycleConfiguration, lifecycleProblems } from "./lifecycle-configuration";
import { ProtocolType } from "./protocol-type";
import { type RequestHeaderConfiguration, requestHeaderProblems } from "./request-header-configuration";
import { RuntimeAuthorizerConfiguration } from "./runtime-authorizer-configuration";
import { RuntimeBase } from "./runtime-base";
import type { IRuntime } from "./runtime-interface";
import { RuntimeNetworkConfiguration } from "./runtime-network-configuration";

/** What a Runtime is made with. */
export interface RuntimeProps extends CreatedRoleOptions {
  /**
   * 1 to 48 letters, digits and underscores, beginning with a letter; unique in the account and region.
   * @default - derived from the construct's path
   */
  readonly runtimeName?: string;

  /** The container, or the code, to run. */
  readonly agentRuntimeArtifact: AgentRuntimeArtifact;

  /**
   * What the container speaks.
   * @default ProtocolType.MCP
   */
  readonly protocolConfiguration?: ProtocolType;

  /**
   * Who may call the runtime.
   * @default - RuntimeAuthorizerConfiguration.usingIAM()
   */
  readonly authorizerConfiguration?: RuntimeAuthorizerConfiguration;

  /**
   * What the container reaches.
   * @default - RuntimeNetworkConfiguration.usingPublicNetwork()
   */
  readonly networkConfiguration?: RuntimeNetworkConfiguration;

  /**
   * How long the microVM of one session lives.
   * @default - 900 seconds without a request, 28,800 seconds in any case
   */
  readonly lifecycleConfiguration?: LifecycleConfiguration;

  /**
   * Which headers of a request reach the container.
   * @default - those of MCP and of the service, without `Authorization`
   */
  readonly requestHeaderConfiguration?: RequestHeaderConfiguration;

  /**
   * Environment variables of the container: at most 50, with names of 1 to 100 and values of up to 5000 characters.
   * They are readable in the console and the state: no secrets.
   * @default - none
   */
  readonly environmentVariables?: Readonly<Record<string, string>>;

  /**
   * 1 to 4096 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * An execution role that exists already and trusts `bedrock-agentcore.amazonaws.com`. Pulling the image and writing
   * logs are added to it as an inline policy; with `mutable: false` nothing is.
   * @default - a new role
   */
  readonly executionRole?: IRole;

  /**
   * Name of the execution role that is created, 1 to 64 characters.
   * @default - the runtime's name and `-role`
   */
  readonly executionRoleName?: string;

  /**
   * Delivers the runtime's logs and traces to CloudWatch. What the container itself prints is in
   * `/aws/bedrock-agentcore/runtimes/` in any case.
   * @default - none
   */
  readonly observability?: ObservabilityConfiguration;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What must be known of a runtime that something else made. */
export interface AgentRuntimeAttributes {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:runtime/<id>`. */
  readonly agentRuntimeArn: string;
  /** The name, a hyphen, and 10 characters. */
  readonly agentRuntimeId: string;
  /** The name with which the runtime was created. */
  readonly agentRuntimeName: string;

  /**
   * The runtime's version, when it is known. Targets have AWS read the tools again when it changes.
   * @default - not known
   */
  readonly agentRuntimeVersion?: string;

  /**
   * What the container speaks.
   * @default ProtocolType.MCP
   */
  readonly protocolConfiguration?: ProtocolType;

  /**
   * Who may call the runtime.
   * @default - RuntimeAuthorizerConfiguration.usingIAM()
   */
  readonly authorizerConfiguration?: RuntimeAuthorizerConfiguration;

  /**
   * The role that the container has, for `addToRolePolicy`.
   * @default - not known
   */
  readonly role?: IRole;
}

/** A container that Amazon Bedrock AgentCore Runtime hosts, with an execution role of its own. */
export class Runtime extends RuntimeBase {
  /** A runtime that something else made. */
  public static fromAgentRuntimeAttributes(scope: Construct, id: string, attributes: AgentRuntimeAttributes): IRuntime {
    return new ImportedRuntime(scope, id, attributes);
  }

  public readonly agentRuntimeArn: string;
  public readonly agentRuntimeId: string;
  public readonly agentRuntimeName: string;
  public readonly agentRuntimeVersion: string;
  public readonly protocolConfiguration: ProtocolType;
  public readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;
  /** The role that the container has. */
  public readonly executionRole: ExecutionRole;
  public readonly role: IRole;
  protected readonly region: string;
  private readonly resource: BedrockagentcoreAgentRuntime;
  private readonly admitted: IHostingEnvironment[] = [];
  private isRestricted = false;

  public constructor(scope: Construct, id: string, props: RuntimeProps) {
    super(scope, id);
    Review.of(this);
    const name = props.runtimeName ?? derivedName(this, { separator: "_", maxLength: RUNTIME_NAME.maxLength });
    const roleName = props.executionRoleName ?? `${name}-role`;
    this.agentRuntimeName = name;
    this.protocolConfiguration = props.protocolConfiguration ?? ProtocolType.MCP;
    this.authorizerConfiguration = props.authorizerConfiguration ?? RuntimeAuthorizerConfiguration.usingIAM();
    reportProblems(this, [
      ...nameProblems(RUNTIME_NAME, name),
      ...nameProblems(ROLE_NAME, roleName),
      ...nameProblems(ROLE_PATH, props.rolePath ?? "/"),
      ...arnProblems("permissions boundary", props.permissionsBoundaryArn),
      ...propsProblems(props),
    ]);

    const artifact = props.agentRuntimeArtifact.bind(this, name);
    this.executionRole = new ExecutionRole(this, "ExecutionRole", {
      roleName,
      runtimeName: name,
      artifactPermissions: artifact.permissions,
      role: props.executionRole,
      rolePath: props.rolePath,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    this.role = this.executionRole;
    this.region = AwsEnvironment.of(this).region;
    const resource = this.createRuntime(props, artifact);
    this.resource = resource;
    this.agentRuntimeArn = resource.agentRuntimeArn;
    this.agentRuntimeId = resource.agentRuntimeId;
    this.agentRuntimeVersion = resource.agentRuntimeVersion;
    if (props.observability) {
      const { agentRuntimeArn: resourceArn, agentRuntimeId: resourceId } = this;
      new VendedLogs(this, "Logs", { ...props.observability, resourceKind: "runtime", resourceArn, resourceId });
    }
  }

  public addToRolePolicy(permission: Permission): void {
    this.executionRole.addToPolicy(permission);
  }

  public admit(gateway: IHostingEnvironment, required: boolean): string | undefined {
    const { customJwt, allowedWorkloadConfiguration } = this.authorizerConfiguration;
    if (!customJwt) return "which takes SigV4, so that IAM says who may call it";
    if (allowedWorkloadConfiguration) return "whose authorizer has an allowedWorkloadConfiguration";
    this.admitted.push(gateway);
    this.isRestricted ||= required;
    const block = allowedWorkloadBlock({ hostingEnvironments: this.admitted });
    (this.isRestricted ? setNewerField : setFieldWhereKnown)(this.resource, { ...ALLOWED_WORKLOADS, value: [block] });
    return undefined;
  }

  private createRuntime(props: RuntimeProps, artifact: BoundArtifact): BedrockagentcoreAgentRuntime {
    const { customJwt } = this.authorizerConfiguration;
    const { environmentVariables = {}, lifecycleConfiguration, requestHeaderConfiguration } = props;
    const network = props.networkConfiguration ?? RuntimeNetworkConfiguration.usingPublicNetwork();
    const resource = withChosenAddress(
      new BedrockagentcoreAgentRuntime(this, "Resource", {
        agentRuntimeName: this.agentRuntimeName,
        description: props.description,
        roleArn: this.executionRole.arn,
        agentRuntimeArtifact: [artifact.block],
        networkConfiguration: [network.block],
        protocolConfiguration: [{ serverProtocol: this.protocolConfiguration.value }],
        authorizerConfiguration: customJwt && [customJwtBlock(customJwt)],
        lifecycleConfiguration: lifecycleConfiguration && [completeLifecycle(lifecycleConfiguration)],
        requestHeaderConfiguration: requestHeaderConfiguration && [
          { requestHeaderAllowlist: [...requestHeaderConfiguration.allowlistedHeaders] },
        ],
        // An empty map fails at apply: hashicorp/terraform-provider-aws#45885.
        environmentVariables: Object.keys(environmentVariables).length > 0 ? { ...environmentVariables } : undefined,
        tags: nonEmptyTags(props.tags),
        dependsOn: dependenciesIn(this, [
          ...(this.executionRole.policy ? [this.executionRole.policy] : []),
          ...artifact.dependencies,
        ]),
      }),
    );
    (customJwt ? customJwtFields(customJwt) : []).forEach((field) => setNewerField(resource, field));
    const { allowedWorkloadConfiguration: workloads } = this.authorizerConfiguration;
    if (workloads) setNewerField(resource, { ...ALLOWED_WORKLOADS, value: [allowedWorkloadBlock(workloads)] });
    return resource;
  }
}

const ALLOWED_WORKLOADS = {
  feature: "The allowedWorkloadConfiguration of a runtime",
  path: "authorizer_configuration.0.custom_jwt_authorizer.0.allowed_workload_configuration",
  since: PROVIDER_RELEASES.allowedWorkloads,
};

class ImportedRuntime extends RuntimeBase {
  public readonly agentRuntimeArn: string;
  public readonly agentRuntimeId: string;
  public readonly agentRuntimeName: string;
  public readonly agentRuntimeVersion?: string;
  public readonly protocolConfiguration: ProtocolType;
  public readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;

  public readonly role?: IRole;
  protected readonly region: string;

  public constructor(scope: Construct, id: string, attributes: AgentRuntimeAttributes) {
    super(scope, id);
    const { agentRuntimeArn, agentRuntimeId, role } = attributes;
    reportProblems(this, [...arnProblems("runtime", agentRuntimeArn), ...nameProblems(RUNTIME_ID, agentRuntimeId)]);
    this.region = partOfArn(agentRuntimeArn, "region");
    this.role = role;
    this.agentRuntimeArn = attributes.agentRuntimeArn;
    this.agentRuntimeId = attributes.agentRuntimeId;
    this.agentRuntimeName = attributes.agentRuntimeName;
    this.agentRuntimeVersion = attributes.agentRuntimeVersion;
    this.protocolConfiguration = attributes.protocolConfiguration ?? ProtocolType.MCP;
    this.authorizerConfiguration = attributes.authorizerConfiguration ?? RuntimeAuthorizerConfiguration.usingIAM();
  }

  public admit(): string {
    return "which something else makes";
  }

  public addToRolePolicy(permission: Permission): void {
    if (this.role) Grant.add(this, this.role, permission);
  }
}

function propsProblems(props: RuntimeProps): Problem[] {
  const { customJwt, allowedWorkloadConfiguration } = props.authorizerConfiguration ?? {};
  return [
    ...lengthProblems("description", props.description, 1, MAX_RUNTIME_DESCRIPTION),
    ...environmentProblems(props.environmentVariables ?? {}),
    ...(customJwt ? customJwtProblems(customJwt) : []),
    ...(allowedWorkloadConfiguration ? allowedWorkloadProblems(allowedWorkloadConfiguration) : []),
    ...(props.networkConfiguration?.validate() ?? []),
    ...lifecycleProblems(props.lifecycleConfiguration ?? {}),
    ...requestHeaderProblems(props.requestHeaderConfiguration ?? { allowlistedHeaders: [] }),
    ...tagProblems(props.tags),
  ];
}

function environmentProblems(variables: Readonly<Record<string, string>>): Problem[] {
  const entries = Object.entries(variables);
  return [
    ...countProblems("environment variables", entries.length, ENVIRONMENT_VARIABLES.count),
    ...entries.flatMap(([name, value]) => [
      ...lengthProblems(
        `name of the environment variable ${JSON.stringify(name)}`,
        name,
        1,
        ENVIRONMENT_VARIABLES.nameLength,
      ),
      ...lengthProblems(`value of the environment variable ${name}`, value, 0, ENVIRONMENT_VARIABLES.valueLength),
    ]),
  ];
}
