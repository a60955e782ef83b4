import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { withChosenAddress } from "../private/addresses";
import { AwsEnvironment } from "../private/aws-environment";
import { agentCoreTrustPolicy, policyDocument, type PolicyStatement } from "../private/iam-policy";

export interface ExecutionRoleProps {
  readonly roleName: string;
  readonly runtimeName: string;
  /** Left out for a public image. */
  readonly repositoryArn?: string;
}

/**
 * The role that a runtime's container has: it may pull its own image and write its own logs.
 *
 * Two actions have no narrower resource: `ecr:GetAuthorizationToken` (`*`, AWS defines none) and
 * `logs:DescribeLogGroups` (all log groups, as AWS documents the role).
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export class ExecutionRole extends Construct {
  public readonly roleArn: string;
  public readonly roleName: string;
  /** What a runtime that uses the role must wait for. */
  public readonly policy: ITerraformDependable;

  public constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const environment = AwsEnvironment.of(this);
    const role = withChosenAddress(
      new IamRole(this, "Resource", {
        name: props.roleName,
        assumeRolePolicy: agentCoreTrustPolicy({
          accountId: environment.accountId,
          // Narrowed to the runtime, creation fails with "Access denied while validating ECR URI".
          sourceArn: environment.arn("bedrock-agentcore", "*"),
        }),
      }),
    );
    this.roleArn = role.arn;
    this.roleName = role.id;
    this.policy = withChosenAddress(
      new IamRolePolicy(this, "Policy", {
        name: `${props.roleName}-policy`,
        role: this.roleName,
        policy: policyDocument([
          ...(props.repositoryArn === undefined ? [] : pullStatements(props.repositoryArn)),
          ...logStatements(environment, props.runtimeName),
        ]),
      }),
    );
  }
}

function pullStatements(repositoryArn: string): PolicyStatement[] {
  return [
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [repositoryArn],
    },
    { Sid: "LogInToRegistry", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
  ];
}

/** The service names a runtime's log groups `<runtime id>-<endpoint>`, and the id `<runtime name>-<10 characters>`. */
function logStatements(environment: AwsEnvironment, runtimeName: string): PolicyStatement[] {
  const logGroups = environment.arn("logs", `log-group:/aws/bedrock-agentcore/runtimes/${runtimeName}-*`);
  return [
    {
      Sid: "CreateLogGroup",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
      Resource: [logGroups],
    },
    {
      Sid: "FindLogGroup",
      Effect: "Allow",
      Action: ["logs:DescribeLogGroups"],
      Resource: [environment.arn("logs", "log-group:*")],
    },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${logGroups}:log-stream:*`],
    },
  ];
}
