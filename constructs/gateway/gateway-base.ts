// constructs/gateway/: gateways: who may come in, how calls go out, and where to.
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { INVOKE_GATEWAY } from "../../aws/agentcore/actions";
import { Grant } from "../iam/grant";
import { actionSid, type Permission } from "../iam/permission";
import { ResourcePolicy, type ResourcePolicyStatement } from "../iam/resource-policy";
import type { IRole } from "../iam/role";
import type { ApiGatewayTargetOptions } from "./targets/api-gateway";
import { GatewayTarget } from "./targets/gateway-target";
import type { HttpRuntimeTargetOptions } from "./targets/http-runtime";
import type { LambdaTargetOptions } from "./targets/lambda";
import type { McpServerTargetOptions } from "./targets/mcp-server";
import type { OpenApiTargetOptions } from "./targets/open-api";
import type { RuntimeTargetOptions } from "./targets/runtime";
import type { SmithyTargetOptions } from "./targets/smithy";
import type { ITargetGateway, RegisteredTarget } from "./targets/target-configuration";

/**
 * CreateGatewayTarget and its siblings: at most 5 operations on the targets of one gateway at a time. Terraform would
 * try 10.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/bedrock-agentcore-limits.html
 */
const CONCURRENT_TARGET_OPERATIONS = 5;

/** What gateways of this program and imported ones have in common. */
export abstract class GatewayBase extends Construct implements ITargetGateway {
  public abstract readonly gatewayArn: string;
  public abstract readonly gatewayId: string;
  public abstract readonly gatewayName: string;
  public abstract readonly gatewayUrl: string;
  public abstract readonly role: IRole;
  public abstract readonly workloadIdentityArn: string;
  private readonly targets: RegisteredTarget[] = [];

  /** Allows the gateway's role more, and returns what must wait for it. */
  public abstract allow(permissions: readonly Permission[]): readonly ITerraformDependable[];

  /** Offers the tools of an MCP server on AgentCore Runtime. */
  public addRuntimeTarget(id: string, options: RuntimeTargetOptions): GatewayTarget {
    return GatewayTarget.forRuntime(this, id, { ...options, gateway: this });
  }

  /** Offers the tools of an MCP server anywhere. */
  public addMcpServerTarget(id: string, options: McpServerTargetOptions): GatewayTarget {
    return GatewayTarget.forMcpServer(this, id, { ...options, gateway: this });
  }

  /** Offers a Lambda function as tools. */
  public addLambdaTarget(id: string, options: LambdaTargetOptions): GatewayTarget {
    return GatewayTarget.forLambda(this, id, { ...options, gateway: this });
  }

  /** Offers the operations of an HTTP API as tools. */
  public addOpenApiTarget(id: string, options: OpenApiTargetOptions): GatewayTarget {
    return GatewayTarget.forOpenApi(this, id, { ...options, gateway: this });
  }

  /** Offers the operations of a service with a Smithy model as tools. */
  public addSmithyTarget(id: string, options: SmithyTargetOptions): GatewayTarget {
    return GatewayTarget.forSmithy(this, id, { ...options, gateway: this });
  }

  /** Offers the methods of an API Gateway stage as tools. */
  public addApiGatewayTarget(id: string, options: ApiGatewayTargetOptions): GatewayTarget {
    return GatewayTarget.forApiGateway(this, id, { ...options, gateway: this });
  }

  /** Passes HTTP calls on to a runtime, on a gateway without a protocol. */
  public addHttpRuntimeTarget(id: string, options: HttpRuntimeTargetOptions): GatewayTarget {
    return GatewayTarget.forHttpRuntime(this, id, { ...options, gateway: this });
  }

  public addToRolePolicy(permission: Permission): readonly ITerraformDependable[] {
    return this.allow([permission]);
  }

  /**
   * Says who may call the gateway and who may not, beside what policies of roles say. Needs AWS provider 6.47. A gateway
   * has one policy: that of an imported one takes the place of whatever policy it has.
   */
  public addToResourcePolicy(statement: ResourcePolicyStatement): void {
    ResourcePolicy.add(this, { resourceArn: this.gatewayArn, invokeAction: INVOKE_GATEWAY }, statement);
  }

  /** Allows a role actions on this gateway. */
  public grant(role: IRole, ...actions: readonly string[]): Grant {
    return Grant.add(this, role, { sid: actionSid(actions), actions, resources: [this.gatewayArn] });
  }

  public grantInvoke(role: IRole): Grant {
    return this.grant(role, INVOKE_GATEWAY);
  }

  /** Lets a role look at the gateway and its targets. */
  public grantRead(role: IRole): Grant {
    return this.grant(
      role,
      "bedrock-agentcore:GetGateway",
      "bedrock-agentcore:GetGatewayTarget",
      "bedrock-agentcore:ListGatewayTargets",
    );
  }

  /** Lets a role change the gateway and its targets. */
  public grantManage(role: IRole): Grant {
    return this.grant(
      role,
      "bedrock-agentcore:UpdateGateway",
      "bedrock-agentcore:DeleteGateway",
      "bedrock-agentcore:CreateGatewayTarget",
      "bedrock-agentcore:UpdateGatewayTarget",
      "bedrock-agentcore:DeleteGatewayTarget",
      "bedrock-agentcore:SynchronizeGatewayTargets",
    );
  }

  public hasTarget(name: string): boolean {
    return this.targets.some((target) => target.name === name);
  }

  public targetsBefore(): readonly ITerraformDependable[] {
    const earlier = this.targets.at(-CONCURRENT_TARGET_OPERATIONS);
    return earlier ? [earlier.resource] : [];
  }

  public registerTarget(target: RegisteredTarget): void {
    this.targets.push(target);
  }
}
