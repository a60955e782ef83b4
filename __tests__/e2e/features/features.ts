/** A feature of gateways and runtimes of today. */
export interface Feature {
  /** As documents call it. */
  readonly name: string;
  /** Where Terraform has it: `TYPE.BLOCK.ARGUMENT`, or one value of an argument by `=`. */
  readonly path: string;
  /** One that speaks about it, and is proved by the emulator. */
  readonly rule: string;
}

const GATEWAY = "aws_bedrockagentcore_gateway";
const MCP = `${GATEWAY}.protocol_configuration.mcp`;
const TARGET = `${GATEWAY}_target`;
const CREDENTIAL = `${TARGET}.credential_provider_configuration`;
const TARGET_MCP = `${TARGET}.target_configuration.mcp`;

/** Blocks of which every part is a feature, or is said here to be none. */
export const WHOLE: Readonly<Record<string, readonly string[]>> = {
  [MCP]: ["instructions"],
  [`${TARGET}.target_configuration`]: ["mcp"],
  [TARGET_MCP]: [],
  [`${TARGET_MCP}.mcp_server`]: [],
  [CREDENTIAL]: [],
};

/** Each is deployed from HCL by `up`, applied with Terraform, reached by a construct, and the subject of a rule. */
export const FEATURES: readonly Feature[] = [
  { name: "supported versions", path: `${MCP}.supported_versions`, rule: "gateway-version-missing" },
  { name: "sessions", path: `${MCP}.session_configuration`, rule: "sessions-ineffective" },
  { name: "streaming", path: `${MCP}.streaming_configuration`, rule: "streaming-interceptor" },
  { name: "semantic search", path: `${MCP}.search_type`, rule: "listing-not-searched" },
  { name: "interceptors", path: `${GATEWAY}.interceptor_configuration`, rule: "interceptor-not-invokable" },
  { name: "policy engine", path: `${GATEWAY}.policy_engine_configuration`, rule: "policy-engine-not-askable" },
  { name: "policies in Cedar", path: "aws_bedrockagentcore_policy.definition.cedar", rule: "policy-tool-unknown" },
  { name: "policies of resources", path: "aws_bedrockagentcore_resource_policy.policy", rule: "resource-policy-unmet" },
  { name: "headers and parameters passed on", path: `${TARGET}.metadata_configuration`, rule: "passed-header-refused" },
  { name: "MCP server targets", path: `${TARGET_MCP}.mcp_server.endpoint`, rule: "endpoint-path" },
  { name: "static catalogues", path: `${TARGET_MCP}.mcp_server.mcp_tool_schema`, rule: "tool-schema-invalid" },
  { name: "live catalogues", path: `${TARGET_MCP}.mcp_server.listing_mode=DYNAMIC`, rule: "listing-not-searched" },
  { name: "order of resources", path: `${TARGET_MCP}.mcp_server.resource_priority`, rule: "argument-invalid" },
  { name: "OpenAPI targets", path: `${TARGET_MCP}.open_api_schema`, rule: "tool-schema-invalid" },
  { name: "documents in S3", path: `${TARGET_MCP}.open_api_schema.s3.uri`, rule: "tool-schema-invalid" },
  { name: "API Gateway targets", path: `${TARGET_MCP}.api_gateway`, rule: "tool-filter-unmet" },
  { name: "Smithy targets", path: `${TARGET_MCP}.smithy_model`, rule: "tool-schema-invalid" },
  { name: "Lambda targets", path: `${TARGET_MCP}.lambda`, rule: "tool-schema-invalid" },
  {
    name: "HTTP targets",
    path: `${TARGET}.target_configuration.http.agentcore_runtime`,
    rule: "http-target-on-mcp-gateway",
  },
  { name: "callers' tokens", path: `${CREDENTIAL}.jwt_passthrough`, rule: "passed-token-refused" },
  { name: "callers' signatures", path: `${CREDENTIAL}.caller_iam_credentials`, rule: "caller-credential-impossible" },
  { name: "OAuth by client credentials", path: `${CREDENTIAL}.oauth.scopes`, rule: "scope-undefined" },
  {
    name: "token exchange",
    path: `${CREDENTIAL}.oauth.grant_type=TOKEN_EXCHANGE`,
    rule: "token-exchange-unconfigured",
  },
  { name: "users' consent", path: `${CREDENTIAL}.oauth.grant_type=AUTHORIZATION_CODE`, rule: "return-url-missing" },
  {
    name: "API keys in headers",
    path: `${CREDENTIAL}.api_key.credential_location=HEADER`,
    rule: "passed-header-refused",
  },
  {
    name: "API keys in queries",
    path: `${CREDENTIAL}.api_key.credential_location=QUERY_PARAMETER`,
    rule: "outbound-credential-unsupported",
  },
  { name: "the gateway's role", path: `${CREDENTIAL}.gateway_iam_role`, rule: "iam-service-missing" },
  {
    name: "admitted workloads",
    path: "aws_bedrockagentcore_agent_runtime.authorizer_configuration.custom_jwt_authorizer.allowed_workload_configuration",
    rule: "workloads-invalid",
  },
];
