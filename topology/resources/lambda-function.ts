import type { ResourceReader } from "./reader";

export const lambdaFunction: ResourceReader<"lambdaFunction"> = {
  type: "aws_lambda_function",
  kind: "lambdaFunction",
  onDemand: ["function_name", "handler", "timeout", "memory_size", "environment", "region"],
  read: (args) => ({
    functionName: args.text("function_name"),
    handler: args.optionalText("handler"),
    timeout: args.optionalNumber("timeout"),
    memorySize: args.optionalNumber("memory_size"),
    environmentVariables: args.optionalBlock("environment")?.optionalTextMap("variables") ?? {},
  }),
  assigned: ["id", "arn", "qualified_arn", "version"],
  attributes: ({ functionName }, { arn }) => ({
    id: functionName,
    arn,
    qualified_arn: `${arn}:$LATEST`,
    version: "$LATEST",
  }),
};
