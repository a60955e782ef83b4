import type { AgentRuntimeAttributes, AgentRuntimeDeclaration } from "../../../topology";
import { AGENTCORE_PRINCIPAL, agentCoreArn, type Environment } from "../environment";
import { AwsError } from "../errors";
import type { Iam, RoleSession } from "../iam/iam";
import type { WorkloadIdentities } from "../identity/workload-identities";
import { JwtAuthorizer } from "../jwt-authorizer";
import { DIGITS, LOWER_CASE, UPPER_CASE } from "../random";
import { Container, type ServerCommand } from "./container";

/** Patterns: botocore `bedrock-agentcore-control/2023-06-05`, `AgentRuntimeName` and `RuntimeContainerUri`. */
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,47}$/;
const PRIVATE_ECR_URI =
  /^(?<account>[0-9]{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?\/(?<repository>[a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::[^:@]{1,300})?(?:@.+)?$/;
const PUBLIC_ECR_URI = /^public\.ecr\.aws\/[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::[^:@]{1,300})?(?:@.+)?$/;

export interface AgentRuntime {
  readonly declaration: AgentRuntimeDeclaration;
  readonly attributes: AgentRuntimeAttributes;
  /** Left out where the runtime is authorized by IAM. */
  readonly authorizer?: JwtAuthorizer;
  readonly container: Container;
}

/** AgentCore Runtime's control plane. */
export class AgentRuntimes {
  private readonly runtimes = new Map<string, AgentRuntime>();

  constructor(
    private readonly environment: Environment,
    private readonly iam: Iam,
    private readonly identities: WorkloadIdentities,
    private readonly options: { serverCommand: ServerCommand; log: (line: string) => void },
  ) {}

  /** @throws AwsError ValidationException, ConflictException */
  create(declaration: AgentRuntimeDeclaration): AgentRuntimeAttributes {
    const { agentRuntimeName: name } = declaration;
    if (!NAME.test(name)) {
      throw new AwsError("ValidationException", `Value '${name}' at 'agentRuntimeName' must match ${NAME.source}.`);
    }
    if ([...this.runtimes.values()].some((runtime) => runtime.declaration.agentRuntimeName === name)) {
      throw new AwsError("ConflictException", `An agent runtime named ${name} already exists.`);
    }
    const authorizer = declaration.customJwtAuthorizer && new JwtAuthorizer(this.environment, declaration.customJwtAuthorizer);
    this.validateImage(declaration);

    const agentRuntimeId = `${name}-${this.environment.random.text(10, LOWER_CASE + UPPER_CASE + DIGITS)}`;
    const attributes: AgentRuntimeAttributes = {
      agentRuntimeId,
      agentRuntimeArn: agentCoreArn(this.environment, `runtime/${agentRuntimeId}`),
      agentRuntimeVersion: "1",
      workloadIdentityArn: this.identities.create(agentRuntimeId),
    };
    const { serverCommand, log } = this.options;
    const container = new Container(serverCommand, declaration.environmentVariables, log);
    this.runtimes.set(attributes.agentRuntimeArn, { declaration, attributes, authorizer, container });
    return attributes;
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

  async stop(): Promise<void> {
    await Promise.all(this.all().map(({ container }) => container.stop()));
  }

  /** The service assumes the execution role and looks at the image before it accepts a runtime. */
  private validateImage({ containerUri, roleArn }: AgentRuntimeDeclaration): void {
    if (containerUri === undefined) {
      throw new AwsError("ValidationException", "Only runtimes with a container image are emulated.");
    }
    if (PUBLIC_ECR_URI.test(containerUri)) return;
    const groups = PRIVATE_ECR_URI.exec(containerUri)?.groups;
    if (!groups) {
      throw new AwsError("ValidationException", `Value '${containerUri}' at 'containerUri' must be an Amazon ECR image.`);
    }
    const session = this.assumeExecutionRole(roleArn);
    const { partition } = this.environment;
    const repositoryArn = `arn:${partition}:ecr:${groups["region"]}:${groups["account"]}:repository/${groups["repository"]}`;
    const canPull =
      session.isAllowed("ecr:GetAuthorizationToken", "*") &&
      session.isAllowed("ecr:BatchGetImage", repositoryArn) &&
      session.isAllowed("ecr:GetDownloadUrlForLayer", repositoryArn);
    if (!canPull) {
      throw new AwsError("ValidationException", `Access denied while validating ECR URI '${containerUri}'.`);
    }
  }

  private assumeExecutionRole(roleArn: string): RoleSession {
    const session = this.iam.assumeRole({
      roleArn,
      service: AGENTCORE_PRINCIPAL,
      // No runtime exists yet, so a trust policy that names one shuts the service out; seen on AWS.
      sourceArn: agentCoreArn(this.environment, "*"),
      sessionName: `runtime-session-${this.environment.random.uuid()}`,
    });
    if (session) return session;
    throw new AwsError(
      "ValidationException",
      `Role validation failed for '${roleArn}'. Please verify that the role exists and its trust policy allows assumption by this service.`,
    );
  }
}

/** @returns the text itself where it is not percent-encoded */
export function decodeRuntimeArn(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
