import { resourceReader } from "./reader";

/** As far as a gateway invokes it; its code belongs to the machine that applies. */
export interface LambdaFunctionDeclaration {
  readonly functionName: string;
  readonly handler?: string;
  /** Seconds; the service's default when left out. */
  readonly timeout?: number;
  /** MB; the service's default when left out. */
  readonly memorySize?: number;
  readonly environmentVariables: Readonly<Record<string, string>>;
}

export interface LambdaFunctionAttributes {
  readonly arn: string;
}

export const lambdaFunction = resourceReader({
  type: "aws_lambda_function",
  kind: "lambdaFunction",
  onDemand: ["function_name", "handler", "timeout", "memory_size", "environment", "region"],
  read: (args): LambdaFunctionDeclaration => ({
    functionName: args.text("function_name"),
    handler: args.optionalText("handler"),
    timeout: args.optionalNumber("timeout"),
    memorySize: args.optionalNumber("memory_size"),
    environmentVariables: args.optionalBlock("environment")?.optionalTextMap("variables") ?? {},
  }),
  assigned: ["id", "arn", "qualified_arn", "version", "invoke_arn"],
  attributes: ({ functionName }, { arn }: LambdaFunctionAttributes) => ({
    id: functionName,
    arn,
    qualified_arn: `${arn}:$LATEST`,
    version: "$LATEST",
    invoke_arn: arn.replace(
      /^(arn:[^:]*):lambda:([^:]*):.*$/,
      "$1:apigateway:$2:lambda:path/2015-03-31/functions/$&/invocations",
    ),
  }),
});
