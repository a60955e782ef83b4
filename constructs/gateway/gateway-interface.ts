import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { Grant } from "../iam/grant";
import type { Permission } from "../iam/permission";
import type { ResourcePolicyStatement } from "../iam/resource-policy";
import type { IRole } from "../iam/role";

/** A gateway, of this program or of another. */
export interface IGateway extends IConstruct {
  /** `arn:<partition>:bedrock-agentcore:<region>:<account>:gateway/<id>`. */
  readonly gatewayArn: string;
  /** The gateway's name in lower case, a hyphen, and 10 characters. */
  readonly gatewayId: string;
  /** 1 to 39 letters, digits and single hyphens. */
  readonly gatewayName: string;
  /** Where MCP clients connect: `https://<gateway id>.gateway.bedrock-agentcore.<region>.amazonaws.com/mcp`. */
  readonly gatewayUrl: string;
  /** The role that the gateway assumes to call its targets. */
  readonly role: IRole;
  /** ARN of the identity with which the gateway fetches tokens; the service creates it with the gateway. */
  readonly workloadIdentityArn: string;

  /** Allows the gateway's role more, and returns what must wait for it. */
  addToRolePolicy(permission: Permission): readonly ITerraformDependable[];

  /** Says who may call the gateway and who may not, beside what policies of roles say. */
  addToResourcePolicy(statement: ResourcePolicyStatement): void;

  /** Lets a role call the gateway: `bedrock-agentcore:InvokeGateway`. For a gateway that takes SigV4. */
  grantInvoke(role: IRole): Grant;
}
