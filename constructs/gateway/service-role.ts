import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import type { CreatedRoleOptions, IRole } from "../iam/role";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { agentCoreTrustPolicy } from "../private/iam-policy";

export interface ServiceRoleProps extends CreatedRoleOptions {
  readonly roleName: string;
  readonly gatewayName: string;
}

/** The role that a gateway assumes to call its targets. It may do nothing until a target gives it something to do. */
export class ServiceRole extends Construct implements IRole {
  public readonly arn: string;
  public readonly name: string;

  public constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const role = withChosenAddress(
      new IamRole(this, "Resource", {
        name: props.roleName,
        path: props.rolePath,
        permissionsBoundary: props.permissionsBoundaryArn,
        assumeRolePolicy: agentCoreTrustPolicy({
          accountId: environment.accountId,
          sourceArn: gatewayArns(this, props.gatewayName),
        }),
      }),
    );
    this.arn = role.arn;
    this.name = role.id;
  }
}

/** What a gateway's ARN will be, but for ten characters of its id, `<name>-<10 characters>`. */
export function gatewayArns(scope: Construct, gatewayName: string): string {
  // The id holds the name in lower case, and IAM compares case.
  const lowerName = Token.isUnresolved(gatewayName) ? Fn.lower(gatewayName) : gatewayName.toLowerCase();
  return AwsEnvironment.of(scope).arn("bedrock-agentcore", `gateway/${lowerName}-*`);
}
