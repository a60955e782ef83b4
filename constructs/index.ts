export { Gateway, GatewayExceptionLevel, type GatewayProps } from "./gateway/gateway";
export {
  GatewayProtocol,
  McpGatewaySearchType,
  type McpGatewayOptions,
  MCPProtocolVersion,
} from "./gateway/gateway-protocol";
export { GatewayAuthorizer, type GatewayCognitoOptions } from "./gateway/inbound-auth/gateway-authorizer";
export {
  GatewayCredentialProvider,
  OauthCredentialProviderConfiguration,
  type OauthIdentityOptions,
} from "./gateway/outbound-auth/gateway-credential-provider";
export type { IdentityPolicy, OauthIdentity } from "./gateway/outbound-auth/identity-policy";
export type { ServiceRole } from "./gateway/service-role";
export {
  GatewayTarget,
  type GatewayTargetOptions,
  type McpServerTargetOptions,
  type McpServerTargetProps,
  type RuntimeTargetOptions,
  type RuntimeTargetProps,
} from "./gateway/targets/gateway-target";
export { type AcknowledgeOptions, Review } from "./review/review";
export type { CustomJwtOptions } from "./identity/custom-jwt-options";
export { InboundUserPool, type InboundUserPoolProps } from "./identity/inbound-user-pool";
export {
  type CognitoOAuth2CredentialProviderProps,
  type CustomOAuth2CredentialProviderProps,
  OAuth2CredentialProvider,
  type OAuth2CredentialProviderProps,
} from "./identity/oauth2-credential-provider";
export { OutboundUserPool, type OutboundUserPoolProps, type ResourceServerScope } from "./identity/outbound-user-pool";
export type { IUserPool } from "./identity/user-pool";
export { McpServerBehindGateway, type McpServerBehindGatewayProps } from "./patterns/mcp-server-behind-gateway";
export { type ErrorCode, type Problem, ValidationError } from "./private/errors";
export {
  AgentRuntimeArtifact,
  type AssetImageOptions,
  type ContainerImage,
  type EcrRepositoryImageOptions,
  type IImageRepository,
  type ImageUriOptions,
} from "./runtime/agent-runtime-artifact";
export type { ExecutionRole } from "./runtime/execution-role";
export { ProtocolType } from "./runtime/protocol-type";
export { Runtime, type RuntimeProps } from "./runtime/runtime";
export { RuntimeAuthorizerConfiguration, type RuntimeCognitoOptions } from "./runtime/runtime-authorizer-configuration";
