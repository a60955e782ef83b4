import { DEFAULT_SESSION_MINUTES } from "../../aws/agentcore/limits";
import { missingArgument } from "../errors";
import type { Readable, ValueTypes } from "../../targets/readable";
import { type CustomJwtAuthorizer, readCustomJwtAuthorizer } from "./custom-jwt-authorizer";
import { resourceReader } from "./reader";

/** A Lambda function that a gateway shows requests, answers or both. */
export interface InterceptorDeclaration {
  readonly lambdaArn: string;
  /** Those of `INTERCEPTION_POINTS`. */
  readonly points: readonly string[];
  /** Whether the function sees the request's headers, the caller's token among them. */
  readonly passRequestHeaders: boolean;
}

/** The policy engine that a gateway asks about each call of a tool. */
export interface PolicyEngineConfiguration {
  readonly arn: string;
  /** One of `POLICY_ENGINE_MODES`: whether the answer counts. */
  readonly mode: string;
}

export interface GatewayDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly roleArn: string;
  readonly authorizerType: string;
  readonly customJwtAuthorizer?: CustomJwtAuthorizer;
  /** Left out by a gateway of HTTP targets. */
  readonly protocolType?: string;
  readonly instructions?: string;
  readonly searchType?: string;
  readonly supportedVersions?: readonly string[];
  /** Whether answers are event streams, with what targets say on their way. @default - false */
  readonly responseStreaming?: boolean;
  /** Seconds, for a gateway that keeps sessions. */
  readonly sessionTimeout?: number;
  readonly exceptionLevel?: string;
  /** One or two; none when left out. */
  readonly interceptors?: readonly InterceptorDeclaration[];
  /** Every call of a tool is allowed when left out. */
  readonly policyEngine?: PolicyEngineConfiguration;
}

export interface GatewayAttributes {
  readonly gatewayArn: string;
  readonly gatewayId: string;
  readonly gatewayUrl: string;
  readonly workloadIdentityArn: string;
}

export function readGateway<V extends ValueTypes>(args: Readable<V>) {
  const mcp = args.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
  return {
    name: args.text("name"),
    roleArn: args.text("role_arn"),
    authorizerType: args.text("authorizer_type"),
    searchType: mcp?.optionalText("search_type"),
    supportedVersions: mcp?.optionalTexts("supported_versions"),
    responseStreaming: mcp?.optionalBlock("streaming_configuration")?.optionalBoolean("enable_response_streaming"),
    interceptors: args.blocks("interceptor_configuration").map((each) => ({
      lambdaArn: each.block("interceptor").block("lambda").text("arn"),
      points: each.optionalTexts("interception_points"),
      passRequestHeaders: each.optionalBlock("input_configuration")?.optionalBoolean("pass_request_headers") ?? false,
    })),
  };
}

export const gateway = resourceReader({
  type: "aws_bedrockagentcore_gateway",
  kind: "gateway",
  read: (args): GatewayDeclaration => {
    const { interceptors, ...gateway } = readGateway(args);
    const customJwtAuthorizer = readCustomJwtAuthorizer(args);
    if (gateway.authorizerType === "CUSTOM_JWT" && customJwtAuthorizer === undefined) {
      throw missingArgument(args.address, "authorizer_configuration");
    }
    const engine = args.optionalBlock("policy_engine_configuration");
    const mcp = args.optionalBlock("protocol_configuration")?.optionalBlock("mcp");
    const sessions = mcp?.optionalBlock("session_configuration");
    return {
      ...gateway,
      customJwtAuthorizer,
      description: args.optionalText("description"),
      protocolType: args.optionalText("protocol_type"),
      instructions: mcp?.optionalText("instructions"),
      sessionTimeout:
        sessions && (sessions.optionalNumber("session_timeout_in_seconds") ?? DEFAULT_SESSION_MINUTES * 60),
      exceptionLevel: args.optionalText("exception_level"),
      ...(engine && { policyEngine: { arn: engine.text("arn"), mode: engine.text("mode") } }),
      ...(interceptors.length > 0 && {
        interceptors: interceptors.map(({ points = [], ...interceptor }) => ({ ...interceptor, points })),
      }),
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
