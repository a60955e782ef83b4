import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { type Permission, statementsOf } from "../iam/permission";
import type { CreatedRoleOptions, IRole } from "../iam/role";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { agentCoreTrustPolicy, policyDocument } from "../private/iam-policy";

/** What an ExecutionRole is made with. */
export interface ExecutionRoleProps extends CreatedRoleOptions {
  /** Name of the role, when one is created; also part of the policy's name. */
  readonly roleName: string;
  /** Name of the runtime, with which the names of its log groups begin. */
  readonly runtimeName: string;
  /**
   * What the container may do from the start besides writing its logs: pull its image, or read its code.
   * @default - nothing, as for a public image
   */
  readonly artifactPermissions?: readonly Permission[];
  /** A role that exists already; left out, one is created. */
  readonly role?: IRole;
}

/**
 * The role that a runtime's container has: it may pull its own image, or read its own code, and write its own logs.
 *
 * Two actions have no narrower resource: `ecr:GetAuthorizationToken` (`*`, AWS defines none) and
 * `logs:DescribeLogGroups` (all log groups, as AWS documents the role).
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export class ExecutionRole extends Construct implements IRole {
  public readonly arn: string;
  public readonly name: string;
  public readonly mutable: boolean;
  /**
   * What a runtime that uses the role must wait for.
   * @default - nothing, for a role to which nothing is added
   */
  public readonly policy?: ITerraformDependable;
  private readonly permissions: Permission[];

  public constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const role = props.role ?? this.createRole(props);
    this.arn = role.arn;
    this.name = role.name;
    this.mutable = role.mutable ?? true;
    this.permissions = [
      ...(props.artifactPermissions ?? []),
      ...logPermissions(AwsEnvironment.of(this), props.runtimeName),
    ];
    if (this.mutable) {
      this.policy = withChosenAddress(
        new IamRolePolicy(this, "Policy", {
          name: `${props.roleName}-policy`,
          role: this.name,
          policy: Lazy.stringValue({ produce: () => policyDocument(statementsOf(this.permissions)) }),
        }),
      );
    }
  }

  /** Allows the container more. A role that is not mutable stays as it is. */
  public addToPolicy(permission: Permission): void {
    this.permissions.push(permission);
  }

  private createRole({ roleName: name, rolePath: path, permissionsBoundaryArn }: ExecutionRoleProps): IRole {
    const environment = AwsEnvironment.of(this);
    const role = withChosenAddress(
      new IamRole(this, "Resource", {
        name,
        path,
        permissionsBoundary: permissionsBoundaryArn,
        assumeRolePolicy: agentCoreTrustPolicy({
          accountId: environment.accountId,
          // Narrowed to the runtime, creation fails with "Access denied while validating ECR URI".
          sourceArn: environment.arn("bedrock-agentcore", "*"),
        }),
      }),
    );
    return { arn: role.arn, name: role.id };
  }
}

/** The service names a runtime's log groups `<runtime id>-<endpoint>`, and the id `<runtime name>-<10 characters>`. */
function logPermissions(environment: AwsEnvironment, runtimeName: string): Permission[] {
  const logGroups = environment.arn("logs", `log-group:/aws/bedrock-agentcore/runtimes/${runtimeName}-*`);
  return [
    { sid: "CreateLogGroup", actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"], resources: [logGroups] },
    {
      sid: "FindLogGroup",
      actions: ["logs:DescribeLogGroups"],
      resources: [environment.arn("logs", "log-group:*")],
    },
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [`${logGroups}:log-stream:*`],
    },
  ];
}
