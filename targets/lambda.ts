import { LAMBDA_ARN } from "../aws/agentcore/names";
import { readLambdaTools, readToolNames } from "./lambda-tool-schema";
import { type DescribedTool, targetKind } from "./target-kind";

interface LambdaSettings {
  readonly lambdaArn: string;
  readonly toolSchema: { readonly inlinePayload: readonly DescribedTool[] };
}

const ARN = "lambda_arn";

/** A Lambda function, whose tools the configuration describes. */
export const lambda = targetKind<LambdaSettings>({
  block: "lambda",
  members: ({ structure, text, list, optional, schema, notEmulated }) =>
    structure({
      lambdaArn: text(LAMBDA_ARN.maxLength, LAMBDA_ARN.pattern, LAMBDA_ARN.minLength),
      toolSchema: structure({
        inlinePayload: list(
          structure({
            name: text(Infinity),
            description: text(Infinity),
            inputSchema: schema,
            outputSchema: optional(schema),
          }),
        ),
        s3: notEmulated,
      }),
    }),
  read: (block) => ({ lambdaArn: block.text(ARN), toolSchema: { inlinePayload: readLambdaTools(block) } }),
  source: (block) => ({ lambdaArn: block.text(ARN), toolNames: readToolNames(block) }),
  backend: ({ lambdaArn, toolSchema }) => ({ speaks: "Lambda", lambdaArn, tools: toolSchema.inlinePayload }),
});
