import { BedrockagentcoreGateway } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { customJwtBlock, customJwtProblems } from "../private/custom-jwt-authorizer";
import { throwOnProblems } from "../private/errors";
import { derivedName, GATEWAY_NAME, lengthProblems, nameProblems, ROLE_NAME } from "../private/names";
import { Review } from "../review/review";
import { GatewayProtocol } from "./gateway-protocol";
import type { GatewayAuthorizer } from "./inbound-auth/gateway-authorizer";
import { IdentityPolicy } from "./outbound-auth/identity-policy";
import { ServiceRole } from "./service-role";
import { GatewayTarget, type McpServerTargetOptions, type RuntimeTargetOptions } from "./targets/gateway-target";

/** How much a gateway tells its callers about an error. */
export class GatewayExceptionLevel {
  /** Error texts with details of the targets and of AWS, instead of "An internal error occurred". */
  public static readonly DEBUG = new GatewayExceptionLevel("DEBUG");

  /** A level that this library does not know yet. */
  public static of(value: string): GatewayExceptionLevel {
    return new GatewayExceptionLevel(value);
  }

  private constructor(public readonly value: string) {}
}

export interface GatewayProps {
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
   * Name of the service role that is created, 1 to 64 characters.
   * @default - the gateway's name and `-role`
   */
  readonly roleName?: string;
}

/** An MCP endpoint of Amazon Bedrock AgentCore that offers the tools of its targets under one URL. */
export class Gateway extends Construct {
  public readonly gatewayArn: string;
  /** The gateway's name in lower case, a hyphen, and 10 characters. */
  public readonly gatewayId: string;
  public readonly gatewayName: string;
  /** Where MCP clients connect: `https://<gateway id>.gateway.bedrock-agentcore.<region>.amazonaws.com/mcp`. */
  public readonly gatewayUrl: string;
  /** The role that the gateway assumes to call its targets. */
  public readonly role: ServiceRole;
  /** The role's permission to fetch tokens for targets. */
  public readonly identityPolicy: IdentityPolicy;

  /** @throws ValidationError when a value does not fit the service's rules */
  public constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    Review.of(this);
    const name = props.gatewayName ?? derivedName(this, { separator: "-", maxLength: GATEWAY_NAME.maxLength });
    const roleName = props.roleName ?? `${name}-role`;
    const protocol = props.protocolConfiguration ?? GatewayProtocol.mcp();
    const { customJwt } = props.authorizerConfiguration;
    throwOnProblems(this, [
      ...nameProblems(GATEWAY_NAME, name),
      ...nameProblems(ROLE_NAME, roleName),
      ...lengthProblems("description", props.description, 1, 200),
      ...lengthProblems("instructions", protocol.mcpOptions.instructions, 1, 2048),
      ...(customJwt ? customJwtProblems(customJwt) : []),
    ]);

    this.gatewayName = name;
    this.role = new ServiceRole(this, "ServiceRole", { roleName, gatewayName: name });
    const resource = this.createGateway(props, protocol);
    this.gatewayArn = resource.gatewayArn;
    this.gatewayId = resource.gatewayId;
    this.gatewayUrl = resource.gatewayUrl;
    this.identityPolicy = new IdentityPolicy(this, "IdentityPolicy", {
      policyName: `${name}-identity-policy`,
      roleName: this.role.roleName,
      workloadIdentityArn: resource.workloadIdentityDetails.get(0).workloadIdentityArn,
    });
  }

  /** Offers the tools of an MCP server on AgentCore Runtime. */
  public addRuntimeTarget(id: string, options: RuntimeTargetOptions): GatewayTarget {
    return GatewayTarget.forRuntime(this, id, { ...options, gateway: this });
  }

  /** Offers the tools of an MCP server anywhere. */
  public addMcpServerTarget(id: string, options: McpServerTargetOptions): GatewayTarget {
    return GatewayTarget.forMcpServer(this, id, { ...options, gateway: this });
  }

  private createGateway(props: GatewayProps, { mcpOptions }: GatewayProtocol): BedrockagentcoreGateway {
    const { authorizerType, customJwt } = props.authorizerConfiguration;
    return withChosenAddress(
      new BedrockagentcoreGateway(this, "Resource", {
        name: this.gatewayName,
        description: props.description,
        roleArn: this.role.roleArn,
        authorizerType,
        authorizerConfiguration: customJwt && [customJwtBlock(customJwt)],
        protocolType: "MCP",
        protocolConfiguration: [
          {
            mcp: [
              {
                instructions: mcpOptions.instructions,
                searchType: mcpOptions.searchType.value,
                supportedVersions: mcpOptions.supportedVersions.map(({ value }) => value),
              },
            ],
          },
        ],
        exceptionLevel: props.exceptionLevel?.value,
      }),
    );
  }
}
