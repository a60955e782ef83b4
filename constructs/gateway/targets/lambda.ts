import { INVOKE_FUNCTION } from "../../../aws/agentcore/actions";
import type { ILambdaTargetCredential } from "../outbound-auth/target-credential";
import { IamRoleCredential } from "../outbound-auth/iam-credential";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";
import type { ToolSchema } from "./tool-schema";
import { arnProblems } from "../../private/arns";

/** A Lambda function: the `LambdaFunction` resource and the `DataAwsLambdaFunction` data source of the AWS provider. */
export interface ILambdaFunction {
  /** ARN of the function, or of a version or alias of it. */
  readonly arn: string;
}

/** What a Lambda target of a gateway is made with. */
export interface LambdaTargetOptions extends GatewayTargetOptions {
  /** The function. It is told the tool's name in the client context, and its arguments as the event. */
  readonly lambdaFunction: ILambdaFunction;

  /** The tools that the function serves. */
  readonly toolSchema: ToolSchema;

  /**
   * How the gateway authorizes itself: exactly one way.
   * @default - [GatewayCredentialProvider.fromIamRole()]
   */
  readonly credentialProviderConfigurations?: readonly [ILambdaTargetCredential];
}

/** What a Lambda target is made with. */
export interface LambdaTargetProps extends LambdaTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function lambdaConfiguration(props: LambdaTargetProps): TargetConfiguration {
  const { gateway, lambdaFunction, toolSchema } = props;
  return {
    kind: "Lambda function",
    gateway,
    credentials: props.credentialProviderConfigurations ?? [new IamRoleCredential({})],
    block: { mcp: [{ lambda: [{ lambdaArn: lambdaFunction.arn, toolSchema: [toolSchema.block] }] }] },
    permissions: [
      { sid: "InvokeFunction", actions: [INVOKE_FUNCTION], resources: [lambdaFunction.arn] },
      ...toolSchema.permissions,
    ],
    toolNames: toolSchema.toolNames,
    findProblems: () => [...arnProblems("Lambda function", lambdaFunction.arn), ...toolSchema.validate()],
  };
}
