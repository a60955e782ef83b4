import { missingArgument } from "../errors";
import type { Arguments } from "../arguments/arguments";
import { type CustomJwtAuthorizer, readCustomJwtAuthorizer } from "./custom-jwt-authorizer";
import { resourceReader } from "./reader";
import { refuseBlocks } from "./unsupported";

function readAuthorizer(args: Arguments): { authorizerType: string; customJwtAuthorizer?: CustomJwtAuthorizer } {
  const authorizerType = args.text("authorizer_type");
  const customJwtAuthorizer = readCustomJwtAuthorizer(args);
  if (authorizerType === "CUSTOM_JWT" && customJwtAuthorizer === undefined) {
    throw missingArgument(args.address, "authorizer_configuration");
  }
  return { authorizerType, customJwtAuthorizer };
}

export interface GatewayDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly roleArn: string;
  readonly authorizerType: string;
  readonly customJwtAuthorizer?: CustomJwtAuthorizer;
  readonly protocolType: string;
  readonly instructions?: string;
  readonly searchType?: string;
  readonly supportedVersions?: readonly string[];
  readonly exceptionLevel?: string;
}

export interface GatewayAttributes {
  readonly gatewayArn: string;
  readonly gatewayId: string;
  readonly gatewayUrl: string;
  readonly workloadIdentityArn: string;
}

export const gateway = resourceReader({
  type: "aws_bedrockagentcore_gateway",
  kind: "gateway",
  read: (args): GatewayDeclaration => {
    refuseBlocks(args, "interceptor_configuration", "policy_engine_configuration");
    const mcp = args.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
    if (mcp) refuseBlocks(mcp, "session_configuration", "streaming_configuration");
    return {
      name: args.text("name"),
      description: args.optionalText("description"),
      roleArn: args.text("role_arn"),
      ...readAuthorizer(args),
      protocolType: args.text("protocol_type"),
      instructions: mcp?.optionalText("instructions"),
      searchType: mcp?.optionalText("search_type"),
      supportedVersions: mcp?.optionalTexts("supported_versions"),
      exceptionLevel: args.optionalText("exception_level"),
    };
  },
  assigned: ["gateway_arn", "gateway_id", "gateway_url", "workload_identity_details"],
  attributes: (_, { gatewayArn, gatewayId, gatewayUrl, workloadIdentityArn }: GatewayAttributes) => ({
    gateway_arn: gatewayArn,
    gateway_id: gatewayId,
    gateway_url: gatewayUrl,
    workload_identity_details: [{ workload_identity_arn: workloadIdentityArn }],
  }),
});
