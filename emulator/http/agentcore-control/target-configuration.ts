import { z } from "zod";

import { type GatewayTargetDeclaration, type McpServerDeclaration, NO_TOOLS, parseMcpTools } from "../../../topology";
import { LAMBDA_ARN } from "../../cloud/agentcore-constraints";
import { listOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { AwsError } from "../../cloud/errors";

const MCP_SERVER = structure({
  endpoint: text(UNBOUNDED, "https://.*"),
  listingMode: oneOf(["DEFAULT"]).optional(),
  mcpToolSchema: structure({ inlinePayload: text(UNBOUNDED), s3: NOT_EMULATED }).optional(),
  resourcePriority: NOT_EMULATED,
});
/** A schema of JSON Schema's `type`, `properties`, `required`, `items` and `description`. */
const SCHEMA = z.looseObject({ type: oneOf(["string", "number", "object", "array", "boolean", "integer"]) });
const TOOL = structure({
  name: text(UNBOUNDED),
  description: text(UNBOUNDED),
  inputSchema: SCHEMA,
  outputSchema: SCHEMA.optional(),
});
const LAMBDA = structure({
  lambdaArn: LAMBDA_ARN,
  toolSchema: structure({ inlinePayload: listOf(TOOL, UNBOUNDED), s3: NOT_EMULATED }),
});

/** `targetConfiguration`, a union: exactly one member, and in `mcp` again exactly one. */
export const TARGET_CONFIGURATION = z.looseObject({
  mcp: z.looseObject({ mcpServer: MCP_SERVER.optional(), lambda: LAMBDA.optional() }).optional(),
});

/** @throws AwsError ValidationException where not exactly one member is set */
export function readTarget(
  configuration: z.output<typeof TARGET_CONFIGURATION>,
): Pick<GatewayTargetDeclaration, "targetKind" | "mcpServer" | "lambda"> {
  const group = soleMember(configuration, "targetConfiguration");
  const { mcp = {} } = configuration;
  const targetKind = group === "mcp" ? soleMember(mcp, "targetConfiguration.mcp") : group;
  const { mcpServer, lambda } = mcp;
  return {
    targetKind,
    ...(mcpServer && { mcpServer: readMcpServer(mcpServer) }),
    ...(lambda && { lambda: { lambdaArn: lambda.lambdaArn, tools: lambda.toolSchema.inlinePayload } }),
  };
}

function readMcpServer({ endpoint, mcpToolSchema }: z.output<typeof MCP_SERVER>): McpServerDeclaration {
  if (!mcpToolSchema) return { endpoint };
  const payload = mcpToolSchema.inlinePayload;
  const tools = parseMcpTools(payload);
  if (!tools) throw new AwsError("ValidationException", `Value at 'mcpToolSchema.inlinePayload' ${NO_TOOLS}.`);
  return { endpoint, toolSchema: { payload, tools } };
}

function soleMember(union: object, place: string): string {
  const [member, ...rest] = Object.keys(union);
  if (member !== undefined && rest.length === 0) return member;
  throw new AwsError("ValidationException", `Exactly one member must be set at '${place}'.`);
}

export function targetConfigurationShape({ mcpServer, lambda }: GatewayTargetDeclaration): object {
  if (lambda) return { mcp: { lambda: { lambdaArn: lambda.lambdaArn, toolSchema: { inlinePayload: lambda.tools } } } };
  const { endpoint, toolSchema } = mcpServer ?? {};
  const mcpToolSchema = toolSchema && { inlinePayload: toolSchema.payload };
  return { mcp: { mcpServer: { endpoint, listingMode: "DEFAULT", ...(mcpToolSchema && { mcpToolSchema }) } } };
}

/** As `ListGatewayTargets` names it. */
export function targetType({ targetKind }: GatewayTargetDeclaration): string {
  return targetKind === "lambda" ? "LAMBDA" : "MCP_SERVER";
}
