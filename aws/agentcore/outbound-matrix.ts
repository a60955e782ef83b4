/** What a gateway can call. */
export type TargetKind =
  | "API Gateway stage"
  | "Lambda function"
  | "MCP server"
  | "OpenAPI schema"
  | "Smithy model"
  | "AgentCore Runtime (HTTP)";

/** The kinds by the names of their blocks in `target_configuration.mcp`, or in `http` beside that. */
export const TARGET_BLOCKS: Readonly<Record<string, TargetKind>> = {
  agentcore_runtime: "AgentCore Runtime (HTTP)",
  api_gateway: "API Gateway stage",
  lambda: "Lambda function",
  mcp_server: "MCP server",
  open_api_schema: "OpenAPI schema",
  smithy_model: "Smithy model",
};

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

const OAUTH_GRANTS: Readonly<Record<string, CredentialKind>> = {
  CLIENT_CREDENTIALS: "OAuth client credentials",
  AUTHORIZATION_CODE: "OAuth authorization code",
  TOKEN_EXCHANGE: "OAuth token exchange",
};

/** CreateGatewayTarget, oauthCredentialProvider.grantType: botocore `bedrock-agentcore-control/2023-06-05`. */
export const GRANT_TYPES: readonly string[] = Object.keys(OAUTH_GRANTS);

/** The kind of an OAuth credential of a grant type; undefined for one that is not known. */
export function oauthCredential(grantType: unknown = "CLIENT_CREDENTIALS"): CredentialKind | undefined {
  return typeof grantType === "string" && GRANT_TYPES.includes(grantType) ? OAUTH_GRANTS[grantType] : undefined;
}

/**
 * Which credentials each kind of target takes.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html
 */
export const OUTBOUND_MATRIX: Readonly<Record<TargetKind, readonly CredentialKind[]>> = {
  "API Gateway stage": ["none", "gateway role", "API key"],
  "Lambda function": ["gateway role"],
  "MCP server": ["none", "gateway role", ...Object.values(OAUTH_GRANTS), "API key"],
  "OpenAPI schema": ["none", "gateway role", ...Object.values(OAUTH_GRANTS), "API key"],
  "Smithy model": ["gateway role", "OAuth client credentials"],
  "AgentCore Runtime (HTTP)": ["gateway role", "caller IAM", "OAuth client credentials", "JWT passthrough"],
};

/** Targets towards which the gateway's role signs for a service that the credential names; others imply theirs. */
export const SIGNED_FOR_A_NAMED_SERVICE: readonly TargetKind[] = ["MCP server", "OpenAPI schema"];

/** Targets whose credential may name the service; the last implies the same one. */
export const MAY_NAME_A_SERVICE: readonly TargetKind[] = [...SIGNED_FOR_A_NAMED_SERVICE, "AgentCore Runtime (HTTP)"];

/**
 * Gateways whose callers bring what a credential is made of, by their authorizer type; any gateway for the others.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-building-adding-targets-authorization.html
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
 */
export const CALLERS_OF: Readonly<Partial<Record<CredentialKind, readonly string[]>>> = {
  "caller IAM": ["AWS_IAM", "AUTHENTICATE_ONLY"],
  "OAuth authorization code": ["CUSTOM_JWT"],
  "OAuth token exchange": ["CUSTOM_JWT"],
  "JWT passthrough": ["CUSTOM_JWT", "NONE"],
};

/** The kinds of target that take a credential. */
export function targetsTaking(credential: CredentialKind): readonly TargetKind[] {
  const kinds = Object.keys(OUTBOUND_MATRIX) as TargetKind[];
  return kinds.filter((kind) => OUTBOUND_MATRIX[kind].includes(credential));
}
