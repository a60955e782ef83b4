import type { BedrockagentcoreGatewayTargetTargetConfigurationMcpLambdaToolSchema } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { Permission } from "../../iam/permission";
import { type Problem, throwProblems } from "../../private/errors";
import { invalidToolSchema } from "../../private/problems/schemas";
import { refuseOther, repeated } from "./mcp-tool-schema";
import { type S3Location, s3Block, s3Permissions } from "./s3-location";
import type { SchemaDefinition } from "./schema-definition";
import { pathsWithLostRequired, schemaBlock } from "./tool-schema-block";

/** One tool of a Lambda function. */
export interface ToolDefinition {
  /** Clients see `<target name>___<name>`. */
  readonly name: string;
  /** What the tool does; models read it. */
  readonly description: string;
  /** An object. */
  readonly inputSchema: SchemaDefinition;
  /**
   * What the tool answers.
   * @default - anything
   */
  readonly outputSchema?: SchemaDefinition;
}

/** The tools of a Lambda target. */
export class ToolSchema {
  /** Tools that are written down in the program: at least one, and at most 1000 in a target. */
  public static fromInline(tools: readonly ToolDefinition[]): ToolSchema {
    refuseOther(tools);
    if (tools.some((tool: Partial<ToolDefinition>) => (tool.inputSchema ?? null) === null)) {
      throwProblems([invalidToolSchema("a tool has no inputSchema", "give each its own")]);
    }
    return new ToolSchema({ inlinePayload: tools.map(toolBlock) }, [], tools);
  }

  /** Tools in a JSON file in S3. The gateway's role may read that object. */
  public static fromS3(location: S3Location): ToolSchema {
    return new ToolSchema({ s3: [s3Block(location)] }, s3Permissions(location), undefined);
  }

  private constructor(
    /** The target's `tool_schema` block. @internal */
    public readonly block: BedrockagentcoreGatewayTargetTargetConfigurationMcpLambdaToolSchema,
    /** What the gateway's role must be allowed. */
    public readonly permissions: readonly Permission[],
    private readonly tools: readonly ToolDefinition[] | undefined,
  ) {}

  /** The tools' names; undefined where this program does not see them. */
  public get toolNames(): readonly string[] | undefined {
    return this.tools?.map(({ name }) => name);
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    if (!this.tools) return [];
    const names = this.tools.map(({ name }) => name);
    return [
      ...(names.length === 0 ? [invalidToolSchema("it has no tool", "define at least one")] : []),
      ...repeated(names).map((name) =>
        invalidToolSchema(`more than one tool is called "${name}"`, "give each its own name"),
      ),
      ...this.tools
        .filter(({ inputSchema }) => inputSchema.type !== "object")
        .map(({ name, inputSchema }) =>
          invalidToolSchema(
            `the input of the tool "${name}" is of type ${inputSchema.type}`,
            'use type "object" with a property for each argument',
          ),
        ),
      ...this.tools.flatMap(({ name, inputSchema, outputSchema }) =>
        [inputSchema, ...(outputSchema ? [outputSchema] : [])]
          .flatMap((schema) => pathsWithLostRequired(schema))
          .map((path) =>
            invalidToolSchema(
              `in the tool "${name}", the required properties of ${path} are too deep for the AWS provider`,
              "leave required out there, or put the schema into S3 and use ToolSchema.fromS3(…)",
            ),
          ),
      ),
    ];
  }
}

function toolBlock({ name, description, inputSchema, outputSchema }: ToolDefinition) {
  return {
    name,
    description,
    inputSchema: [schemaBlock(inputSchema)],
    outputSchema: outputSchema && [schemaBlock(outputSchema)],
  };
}
