/** What a gateway can call. */
export type TargetKind =
  | "API Gateway stage"
  | "Lambda function"
  | "MCP server"
  | "OpenAPI schema"
  | "Smithy model"
  | "AgentCore Runtime (HTTP)";

/** How a gateway can authorize itself. */
export type CredentialKind =
  | "none"
  | "gateway role"
  | "caller IAM"
  | "OAuth client credentials"
  | "OAuth authorization code"
  | "OAuth token exchange"
  | "JWT passthrough"
  | "API key";

/**
 * Which credentials each kind of target takes.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 */
export const OUTBOUND_MATRIX: Readonly<Record<TargetKind, readonly CredentialKind[]>> = {
  "API Gateway stage": ["none", "gateway role", "API key"],
  "Lambda function": ["gateway role"],
  "MCP server": [
    "none",
    "gateway role",
    "OAuth client credentials",
    "OAuth authorization code",
    "OAuth token exchange",
    "API key",
  ],
  "OpenAPI schema": [
    "none",
    "gateway role",
    "OAuth client credentials",
    "OAuth authorization code",
    "OAuth token exchange",
    "API key",
  ],
  "Smithy model": ["gateway role", "OAuth client credentials"],
  "AgentCore Runtime (HTTP)": ["gateway role", "caller IAM", "OAuth client credentials", "JWT passthrough"],
};

/** The program text that gives each kind of credential. */
export const CREDENTIAL_FACTORIES: Readonly<Record<CredentialKind, string>> = {
  none: "an empty list",
  "gateway role": "GatewayCredentialProvider.fromIamRole(…)",
  "caller IAM": "GatewayCredentialProvider.fromCallerIam(…)",
  "OAuth client credentials": "GatewayCredentialProvider.fromOauthIdentity(…)",
  "OAuth authorization code": "GatewayCredentialProvider.fromOauthAuthorizationCode(…)",
  "OAuth token exchange": "GatewayCredentialProvider.fromOauthTokenExchange(…)",
  "JWT passthrough": "GatewayCredentialProvider.fromJwtPassthrough()",
  "API key": "GatewayCredentialProvider.fromApiKeyIdentity(…)",
};
