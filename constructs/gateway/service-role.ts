import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { agentCoreTrustPolicy } from "../private/iam-policy";

export interface ServiceRoleProps {
  readonly roleName: string;
  readonly gatewayName: string;
}

/** The role that a gateway assumes to call its targets. It may do nothing until a target gives it something to do. */
export class ServiceRole extends Construct {
  public readonly roleArn: string;
  public readonly roleName: string;

  public constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    // The gateway's id, `<name>-<10 characters>`, holds the name in lower case, and IAM compares case.
    const gatewayIds = `${props.gatewayName.toLowerCase()}-*`;
    const role = withChosenAddress(
      new IamRole(this, "Resource", {
        name: props.roleName,
        assumeRolePolicy: agentCoreTrustPolicy({
          accountId: environment.accountId,
          sourceArn: environment.arn("bedrock-agentcore", `gateway/${gatewayIds}`),
        }),
      }),
    );
    this.roleArn = role.arn;
    this.roleName = role.id;
  }
}
