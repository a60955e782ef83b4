import { BedrockagentcoreAgentRuntime } from "@cdktf/provider-aws/lib/bedrockagentcore-agent-runtime";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { customJwtBlock, customJwtProblems } from "../private/custom-jwt-authorizer";
import { type Problem, throwOnProblems, tooManyEntries } from "../private/errors";
import { derivedName, lengthProblems, nameProblems, ROLE_NAME, RUNTIME_NAME } from "../private/names";
import { Review } from "../review/review";
import type { AgentRuntimeArtifact, ContainerImage } from "./agent-runtime-artifact";
import { ExecutionRole } from "./execution-role";
import { ProtocolType } from "./protocol-type";
import { RuntimeAuthorizerConfiguration } from "./runtime-authorizer-configuration";

export interface RuntimeProps {
  /**
   * 1 to 48 letters, digits and underscores, beginning with a letter; unique in the account and region.
   * @default - derived from the construct's path
   */
  readonly runtimeName?: string;

  /** The container to run. */
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
   * Name of the execution role that is created, 1 to 64 characters.
   * @default - the runtime's name and `-role`
   */
  readonly executionRoleName?: string;
}

/** CreateAgentRuntime, environmentVariables. */
const MAX_ENVIRONMENT_VARIABLES = 50;

/** A container that Amazon Bedrock AgentCore Runtime hosts, with public network access and its own execution role. */
export class Runtime extends Construct {
  public readonly agentRuntimeArn: string;
  public readonly agentRuntimeId: string;
  public readonly agentRuntimeName: string;
  public readonly agentRuntimeVersion: string;
  public readonly protocolConfiguration: ProtocolType;
  public readonly authorizerConfiguration: RuntimeAuthorizerConfiguration;
  /** The role that the container has. */
  public readonly executionRole: ExecutionRole;
  /**
   * Where the runtime is called: `https://bedrock-agentcore.<region>.amazonaws.com/runtimes/<encoded ARN>/invocations`.
   */
  public readonly invocationUrl: string;

  /** @throws ValidationError when a value does not fit the service's rules */
  public constructor(scope: Construct, id: string, props: RuntimeProps) {
    super(scope, id);
    Review.of(this);
    const name = props.runtimeName ?? derivedName(this, { separator: "_", maxLength: RUNTIME_NAME.maxLength });
    const roleName = props.executionRoleName ?? `${name}-role`;
    this.agentRuntimeName = name;
    this.protocolConfiguration = props.protocolConfiguration ?? ProtocolType.MCP;
    this.authorizerConfiguration = props.authorizerConfiguration ?? RuntimeAuthorizerConfiguration.usingIAM();
    throwOnProblems(this, [
      ...nameProblems(RUNTIME_NAME, name),
      ...nameProblems(ROLE_NAME, roleName),
      ...lengthProblems("description", props.description, 1, 4096),
      ...environmentProblems(props.environmentVariables ?? {}),
      ...(this.authorizerConfiguration.customJwt ? customJwtProblems(this.authorizerConfiguration.customJwt) : []),
    ]);

    const image = props.agentRuntimeArtifact.bind(this, name);
    this.executionRole = new ExecutionRole(this, "ExecutionRole", {
      roleName,
      runtimeName: name,
      repositoryArn: image.repositoryArn,
    });
    const resource = this.createRuntime(props, image);
    this.agentRuntimeArn = resource.agentRuntimeArn;
    this.agentRuntimeId = resource.agentRuntimeId;
    this.agentRuntimeVersion = resource.agentRuntimeVersion;
    const encodedArn = Fn.urlencode(resource.agentRuntimeArn);
    const host = AwsEnvironment.of(this).serviceUrl("bedrock-agentcore");
    this.invocationUrl = `${host}/runtimes/${encodedArn}/invocations`;
  }

  private createRuntime(props: RuntimeProps, image: ContainerImage): BedrockagentcoreAgentRuntime {
    const { customJwt } = this.authorizerConfiguration;
    const environmentVariables = props.environmentVariables ?? {};
    return withChosenAddress(
      new BedrockagentcoreAgentRuntime(this, "Resource", {
        agentRuntimeName: this.agentRuntimeName,
        description: props.description,
        roleArn: this.executionRole.roleArn,
        agentRuntimeArtifact: [{ containerConfiguration: [{ containerUri: image.containerUri }] }],
        networkConfiguration: [{ networkMode: "PUBLIC" }],
        protocolConfiguration: [{ serverProtocol: this.protocolConfiguration.value }],
        authorizerConfiguration: customJwt && [customJwtBlock(customJwt)],
        // An empty map fails at apply: hashicorp/terraform-provider-aws#45885.
        environmentVariables: Object.keys(environmentVariables).length > 0 ? { ...environmentVariables } : undefined,
        dependsOn: [this.executionRole.policy, ...image.dependencies],
      }),
    );
  }
}

function environmentProblems(variables: Readonly<Record<string, string>>): Problem[] {
  const entries = Object.entries(variables);
  return [
    ...(entries.length > MAX_ENVIRONMENT_VARIABLES
      ? [tooManyEntries("environment variables", entries.length, MAX_ENVIRONMENT_VARIABLES)]
      : []),
    ...entries.flatMap(([name, value]) => [
      ...lengthProblems(`name of the environment variable ${JSON.stringify(name)}`, name, 1, 100),
      ...lengthProblems(`value of the environment variable ${name}`, value, 0, 5000),
    ]),
  ];
}
