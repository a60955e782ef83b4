import { BedrockagentcoreGateway } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { Permission } from "../iam/permission";
import type { CreatedRoleOptions, IRole } from "../iam/role";
import { type ObservabilityConfiguration, VendedLogs } from "../observability/vended-logs";
import { gatewayUrl } from "../../aws/agentcore/endpoints";
import { MAX_GATEWAY_DESCRIPTION, MAX_INSTRUCTIONS } from "../../aws/agentcore/limits";
import { WORKLOAD_IDENTITY_DIRECTORY } from "../../aws/agentcore/names";
import { withChosenAddress } from "../private/addresses";
import { arnProblems, partOfArn } from "../private/arns";
import { addCheck, reportProblems } from "../private/checks";
import { addDependencies } from "../private/dependencies";
import { customJwtBlock, customJwtFields, customJwtProblems } from "../identity/custom-jwt-authorizer";
import {
  derivedName,
  GATEWAY_ID,
  GATEWAY_NAME,
  lengthProblems,
  nameProblems,
  ROLE_NAME,
  ROLE_PATH,
} from "../private/names";
import { type NewerField, setNewerField } from "../private/provider-version";
import { nonEmptyTags, tagProblems } from "../private/tags";
import { Review } from "../review/review";
import { GatewayBase } from "./gateway-base";
import { GatewayPermissions } from "./gateway-permissions";
import { GatewayProtocol } from "./gateway-protocol";
import { interceptorProblems, type LambdaInterceptor } from "./interceptor";
import type { GatewayAuthorizer } from "./inbound-auth/gateway-authorizer";
import { type GatewayPolicyEngineConfiguration, policyEnginePermissions } from "./policy/policy-engine";
import { gatewayArns, ServiceRole } from "./service-role";

/** How much a gateway tells its callers about an error. */
export class GatewayExceptionLevel {
  /** Error texts with details of the targets and of AWS, instead of "An internal error occurred". */
  public static readonly DEBUG = new GatewayExceptionLevel("DEBUG");

  /** A level that this library does not know yet. */
  public static of(value: string): GatewayExceptionLevel {
    return new GatewayExceptionLevel(value);
  }

  private constructor(
    /** The service's name of the level. */
    public readonly value: string,
  ) {}
}

/** What a Gateway is made with. */
export interface GatewayProps extends CreatedRoleOptions {
  /**
   * 1 to 39 letters, digits and single hyphens; unique in the account and region.
   * @default - derived from the construct's path
   */
  readonly gatewayName?: string;

  /** Who may call the gateway. There is no default: `GatewayAuthorizer.withNoAuth()` has to be written out. */
  readonly authorizerConfiguration: GatewayAuthorizer;

  /** @default - GatewayProtocol.mcp() */
  readonly protocolConfiguration?: GatewayProtocol;

  /**
   * 1 to 200 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether callers see details of errors. Useful while setting up; afterwards the details (ARNs, role names, answers
   * of targets) are nobody's business.
   * @default - callers see "An internal error occurred. Please retry later."
   */
  readonly exceptionLevel?: GatewayExceptionLevel;

  /**
   * Lambda functions that every call passes through: one before the targets and one behind them, at most.
   * @default - none
   */
  readonly interceptorConfigurations?: readonly LambdaInterceptor[];

  /**
   * Has a policy engine judge every call. The gateway's role may ask it, before the gateway is made. Needs AWS provider
   * 6.66.
   * @default - whoever the authorizer lets in may call every tool
   */
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration;

  /**
   * A service role that exists already and trusts `bedrock-agentcore.amazonaws.com`. What targets need is added to it
   * as an inline policy and, where that grows beyond IAM's quota, as managed policies; with `mutable: false` nothing is.
   * @default - a new role
   */
  readonly role?: IRole;

  /**
   * Name of the service role that is created, 1 to 64 characters.
   * @default - the gateway's name and `-role`
   */
  readonly roleName?: string;

  /**
   * ARN of the KMS key that encrypts the gateway's data.
   * @default - a key of AWS
   */
  readonly kmsKeyArn?: string;

  /**
   * Delivers the gateway's logs and traces to CloudWatch.
   * @default - the gateway keeps neither
   */
  readonly observability?: ObservabilityConfiguration;

  /**
   * At most 50; keys of 1 to 128 and values of up to 256 characters.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What must be known of a gateway that something else made. */
export interface GatewayAttributes {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:gateway/<id>`. */
  readonly gatewayArn: string;
  /** The name in lower case, a hyphen, and 10 characters. */
  readonly gatewayId: string;
  /** The name with which the gateway was created. */
  readonly gatewayName: string;

  /**
   * @default - derived from the id
   */
  readonly gatewayUrl?: string;

  /** The gateway's service role. What targets need is added to it, as with a gateway of this program. */
  readonly role: IRole;
}

/** An MCP endpoint of Amazon Bedrock AgentCore that offers the tools of its targets under one URL. */
export class Gateway extends GatewayBase {
  /** A gateway that something else made. Targets can be added to it. */
  public static fromGatewayAttributes(scope: Construct, id: string, attributes: GatewayAttributes): GatewayBase {
    return new ImportedGateway(scope, id, attributes);
  }

  /** ARN of the gateway. */
  public readonly gatewayArn: string;
  public readonly gatewayId: string;
  /** As given, or as derived from the path. */
  public readonly gatewayName: string;
  public readonly gatewayUrl: string;
  public readonly role: IRole;
  public readonly workloadIdentityArn: string;
  /** Who may call the gateway. */
  public readonly authorizerConfiguration: GatewayAuthorizer;
  /** What the gateway speaks with its clients. */
  public readonly protocolConfiguration: GatewayProtocol;
  private readonly permissions: GatewayPermissions;
  private readonly prerequisites: GatewayPermissions;
  private readonly resource: BedrockagentcoreGateway;
  private readonly interceptors: LambdaInterceptor[] = [];

  public constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    Review.of(this);
    const name = props.gatewayName ?? derivedName(this, { separator: "-", maxLength: GATEWAY_NAME.maxLength });
    const roleName = props.roleName ?? `${name}-role`;
    const protocol = props.protocolConfiguration ?? GatewayProtocol.mcp();
    const { customJwt } = props.authorizerConfiguration;
    reportProblems(this, [
      ...nameProblems(GATEWAY_NAME, name),
      ...nameProblems(ROLE_NAME, roleName),
      ...nameProblems(ROLE_PATH, props.rolePath ?? "/"),
      ...arnProblems("permissions boundary", props.permissionsBoundaryArn),
      ...arnProblems("KMS key", props.kmsKeyArn),
      ...lengthProblems("description", props.description, 1, MAX_GATEWAY_DESCRIPTION),
      ...lengthProblems("instructions", protocol.mcpOptions?.instructions, 1, MAX_INSTRUCTIONS),
      ...(customJwt ? customJwtProblems(customJwt) : []),
      ...tagProblems(props.tags),
    ]);

    this.authorizerConfiguration = props.authorizerConfiguration;
    this.protocolConfiguration = protocol;
    this.gatewayName = name;
    this.role = props.role ?? this.createRole(props, roleName);
    this.prerequisites = new GatewayPermissions(this, "CreationPolicy", {
      policyName: `${name}-creation-policy`,
      role: this.role,
    });
    const resource = this.createGateway(props, protocol);
    this.resource = resource;
    this.gatewayArn = resource.gatewayArn;
    this.gatewayId = resource.gatewayId;
    this.gatewayUrl = resource.gatewayUrl;
    this.workloadIdentityArn = resource.workloadIdentityDetails.get(0).workloadIdentityArn;
    this.permissions = new GatewayPermissions(this, "IdentityPolicy", {
      policyName: `${name}-identity-policy`,
      role: this.role,
    });
    addCheck(this, () => interceptorProblems(this.interceptors));
    props.interceptorConfigurations?.forEach((interceptor) => this.addInterceptor(interceptor));
    if (props.observability) {
      const { gatewayArn: resourceArn, gatewayId: resourceId } = this;
      new VendedLogs(this, "Logs", { ...props.observability, resourceKind: "gateway", resourceArn, resourceId });
    }
  }

  public allow(permissions: readonly Permission[]): readonly ITerraformDependable[] {
    return this.permissions.allow(permissions);
  }

  /** Has every call pass through a Lambda function. The gateway's role may invoke it, before the gateway is made. */
  public addInterceptor(interceptor: LambdaInterceptor): void {
    this.interceptors.push(interceptor);
    this.resource.putInterceptorConfiguration(this.interceptors.map(({ block }) => block));
    addDependencies(this.resource, this.prerequisites.allow(interceptor.permissions));
  }

  private createRole({ rolePath, permissionsBoundaryArn }: GatewayProps, roleName: string): IRole {
    const { gatewayName } = this;
    return new ServiceRole(this, "ServiceRole", { roleName, gatewayName, rolePath, permissionsBoundaryArn });
  }

  private createGateway(props: GatewayProps, protocol: GatewayProtocol): BedrockagentcoreGateway {
    const { authorizerType, customJwt } = props.authorizerConfiguration;
    const resource = withChosenAddress(
      new BedrockagentcoreGateway(this, "Resource", {
        name: this.gatewayName,
        description: props.description,
        roleArn: this.role.arn,
        authorizerType,
        authorizerConfiguration: customJwt && [customJwtBlock(customJwt)],
        ...protocol.bind(),
        exceptionLevel: props.exceptionLevel?.value,
        kmsKeyArn: props.kmsKeyArn,
        tags: nonEmptyTags(props.tags),
      }),
    );
    const { policyEngineConfiguration: judge } = props;
    if (judge) {
      const permissions = policyEnginePermissions(judge.policyEngine, gatewayArns(this, this.gatewayName));
      addDependencies(resource, this.prerequisites.allow(permissions));
    }
    const newerFields = [
      ...(judge ? [policyEngineField(judge)] : []),
      ...protocol.newerFields,
      ...(customJwt ? customJwtFields(customJwt) : []),
    ];
    newerFields.forEach((field) => setNewerField(resource, field));
    return resource;
  }
}

const policyEngineField = ({ policyEngine, mode }: GatewayPolicyEngineConfiguration): NewerField => ({
  feature: "The policy engine of a gateway",
  path: "policy_engine_configuration",
  value: [{ arn: policyEngine.policyEngineArn, mode: mode.value }],
  since: PROVIDER_RELEASES.newest,
});

class ImportedGateway extends GatewayBase {
  /** ARN of the gateway. */
  public readonly gatewayArn: string;
  public readonly gatewayId: string;
  /** As given, or as derived from the path. */
  public readonly gatewayName: string;
  public readonly gatewayUrl: string;
  public readonly role: IRole;
  public readonly workloadIdentityArn: string;
  private readonly permissions: GatewayPermissions;

  public constructor(scope: Construct, id: string, attributes: GatewayAttributes) {
    super(scope, id);
    const { gatewayArn, gatewayId, gatewayName, role } = attributes;
    reportProblems(this, [...arnProblems("gateway", gatewayArn), ...nameProblems(GATEWAY_ID, gatewayId)]);
    const [region, accountId] = [partOfArn(gatewayArn, "region"), partOfArn(gatewayArn, "account")];
    this.gatewayArn = gatewayArn;
    this.gatewayId = gatewayId;
    this.gatewayName = gatewayName;
    this.gatewayUrl = attributes.gatewayUrl ?? gatewayUrl(gatewayId, region, "MCP");
    this.role = role;
    // The service names the identity after the gateway's id.
    const identity = `${WORKLOAD_IDENTITY_DIRECTORY}/workload-identity/${gatewayId}`;
    this.workloadIdentityArn = `arn:${partOfArn(gatewayArn, "partition")}:bedrock-agentcore:${region}:${accountId}:${identity}`;
    this.permissions = new GatewayPermissions(this, "IdentityPolicy", {
      policyName: derivedName(this, { separator: "-", maxLength: 100 }),
      role,
    });
  }

  public allow(permissions: readonly Permission[]): readonly ITerraformDependable[] {
    return this.permissions.allow(permissions);
  }
}
