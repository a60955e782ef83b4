import { LAMBDA_ARN } from "../aws/agentcore/names";
import { documentMembers, oneOfTwo } from "./document";
import { isObject, parseJson } from "./json";
import { readToolNames, readToolSchema, type ToolSchema } from "./lambda-tool-schema";
import { type DescribedTool, type Documents, targetKind, TargetDocumentError } from "./target-kind";

interface LambdaSettings {
  readonly lambdaArn: string;
  readonly toolSchema: ToolSchema;
}

const ARN = "lambda_arn";

/** A Lambda function, whose tools the configuration describes. */
export const lambda = targetKind<LambdaSettings>({
  block: "lambda",
  members(constraints) {
    const { structure, text, name, list, optional, schema } = constraints;
    const tool = { name: text(Infinity), description: text(Infinity), inputSchema: schema };
    return structure({
      lambdaArn: name(LAMBDA_ARN),
      toolSchema: documentMembers(constraints, list(structure({ ...tool, outputSchema: optional(schema) }))),
    });
  },
  read: (block) => ({ lambdaArn: block.text(ARN), toolSchema: readToolSchema(block) }),
  source: (block) => ({ lambdaArn: block.text(ARN), ...readToolNames(block) }),
  backend: ({ lambdaArn, toolSchema }, documents) => ({
    speaks: "Lambda",
    lambdaArn,
    tools: toolsOf(toolSchema, documents),
  }),
  described: parseTools,
});

function toolsOf({ inlinePayload, s3 }: ToolSchema, documents: Documents): readonly DescribedTool[] {
  if ((inlinePayload === undefined) === (s3 === undefined)) throw oneOfTwo();
  return inlinePayload ?? parseTools(s3 ? documents.object(s3) : "");
}

/** A file has the list that otherwise stands in the API's `inlinePayload`: developer guide, "gateway-add-target-lambda". */
function parseTools(text: string): readonly DescribedTool[] {
  const tools = parseJson(text);
  if (Array.isArray(tools) && tools.every(isTool)) return tools;
  throw new TargetDocumentError(
    'The tool schema must be JSON like [{"name": "…", "description": "…", "inputSchema": {"type": "object"}}].',
  );
}

function isTool(value: unknown): value is DescribedTool {
  if (!isObject(value)) return false;
  const { name, description, inputSchema } = value;
  return typeof name === "string" && typeof description === "string" && isObject(inputSchema);
}
