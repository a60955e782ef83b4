// constructs/: the construct library; here stands what programs can import.
/** @internal */
export { guarded } from "./private/guard";
export { Gateway, type GatewayAttributes, GatewayExceptionLevel, type GatewayProps } from "./gateway/gateway";
export { GatewayBase } from "./gateway/gateway-base";
export type { IGateway } from "./gateway/gateway-interface";
export {
  GatewayProtocol,
  McpGatewaySearchType,
  type McpGatewayOptions,
  MCPProtocolVersion,
} from "./gateway/gateway-protocol";
export { type InterceptionPoint, type InterceptorOptions, LambdaInterceptor } from "./gateway/interceptor";
export { GatewayAuthorizer, type GatewayCognitoOptions } from "./gateway/inbound-auth/gateway-authorizer";
export {
  ApiKeyCredential,
  ApiKeyCredentialLocation,
  type ApiKeyIdentityOptions,
  type ApiKeyLocationOptions,
} from "./gateway/outbound-auth/api-key-credential";
export { GatewayCredentialProvider } from "./gateway/outbound-auth/gateway-credential-provider";
export {
  CallerIamCredential,
  type CallerIamOptions,
  IamRoleCredential,
  type IamRoleOptions,
  IamRoleServiceCredential,
  type IamRoleServiceOptions,
} from "./gateway/outbound-auth/iam-credential";
export { JwtPassthroughCredential } from "./gateway/outbound-auth/jwt-passthrough-credential";
export {
  OauthAuthorizationCodeCredential,
  type OauthAuthorizationCodeOptions,
  OauthCredential,
  OauthCredentialProviderConfiguration,
  OauthTokenExchangeCredential,
} from "./gateway/outbound-auth/oauth-credential";
export type { CredentialKind, TargetKind } from "../aws/agentcore/outbound-matrix";
export type {
  CredentialUser,
  IApiGatewayTargetCredential,
  IHttpRuntimeTargetCredential,
  ILambdaTargetCredential,
  IMcpServerTargetCredential,
  IOpenApiTargetCredential,
  ISmithyTargetCredential,
  ITargetCredential,
} from "./gateway/outbound-auth/target-credential";
export type {
  ApiGatewayTargetOptions,
  ApiGatewayTargetProps,
  ApiGatewayToolFilter,
  ApiGatewayToolOverride,
} from "./gateway/targets/api-gateway";
export { Policy, type PolicyOptions, type PolicyProps, PolicyValidationMode } from "./gateway/policy/policy";
export { PolicyAction } from "./gateway/policy/policy-action";
export {
  type GatewayPolicyEngineConfiguration,
  type IPolicyEngine,
  PolicyEngine,
  PolicyEngineMode,
  type PolicyEngineProps,
} from "./gateway/policy/policy-engine";
export { PolicyPrincipal, OAuthUserPrincipal, IamEntityPrincipal } from "./gateway/policy/policy-principal";
export { PolicyStatement, type PolicyStatementOptions } from "./gateway/policy/policy-statement";
export { ApiSchema } from "./gateway/targets/api-schema";
export { GatewayTarget } from "./gateway/targets/gateway-target";
export type { HttpRuntimeTargetOptions, HttpRuntimeTargetProps } from "./gateway/targets/http-runtime";
export type { ILambdaFunction, LambdaTargetOptions, LambdaTargetProps } from "./gateway/targets/lambda";
export { McpListingMode, type McpServerSettings } from "./gateway/targets/mcp-server-settings";
export { type McpTool, McpToolSchema } from "./gateway/targets/mcp-tool-schema";
export type { McpServerTargetOptions, McpServerTargetProps } from "./gateway/targets/mcp-server";
export type { OpenApiTargetOptions, OpenApiTargetProps } from "./gateway/targets/open-api";
export type { RuntimeTargetOptions, RuntimeTargetProps } from "./gateway/targets/runtime";
export type { S3Location } from "./gateway/targets/s3-location";
export type { SmithyTargetOptions, SmithyTargetProps } from "./gateway/targets/smithy";
export type {
  GatewayTargetOptions,
  ITargetGateway,
  RegisteredTarget,
  TargetMetadataConfiguration,
} from "./gateway/targets/target-configuration";
export type { SchemaDefinition, SchemaType } from "./gateway/targets/schema-definition";
export { type ToolDefinition, ToolSchema } from "./gateway/targets/tool-schema";
export { Grant } from "./iam/grant";
export type { Permission } from "./iam/permission";
export type { ResourcePolicyStatement } from "./iam/resource-policy";
export { type CreatedRoleOptions, type FromRoleArnOptions, type IRole, Role } from "./iam/role";
export {
  ApiKeyCredentialProvider,
  type ApiKeyCredentialProviderProps,
  type IApiKeyCredentialProvider,
} from "./identity/api-key-credential-provider";
export { CustomClaim, CustomClaimOperator } from "./identity/custom-claim";
export type { CustomJwtOptions } from "./identity/custom-jwt-options";
export type { OutboundUserPoolAttributes, UserPoolAttributes } from "./identity/imported-user-pool";
export { InboundUserPool, type InboundUserPoolProps } from "./identity/inbound-user-pool";
export {
  type AuthorizationServerMetadata,
  ClientAuthenticationMethod,
  type CognitoOAuth2CredentialProviderProps,
  type CustomOAuth2CredentialProviderProps,
  type IncludedOAuth2CredentialProviderProps,
  type IOAuth2CredentialProvider,
  type MicrosoftOAuth2CredentialProviderProps,
  type OAuth2Client,
  OAuth2CredentialProvider,
  type OAuth2CredentialProviderAttributes,
  type OAuth2CredentialProviderProps,
  type VendorOAuth2CredentialProviderProps,
} from "./identity/oauth2-credential-provider";
export type { Auth0Options, EntraOptions, IssuerOptions, OktaOptions } from "./identity/known-issuers";
export { McpClientRedirectUrls } from "./identity/mcp-client-redirect-urls";
export {
  type MachineClientArguments,
  type MachineClientOptions,
  MachineUserPoolClient,
  type MachineUserPoolClientProps,
} from "./identity/machine-client";
export type { OauthIdentityOptions } from "./identity/oauth-identity";
export { OutboundUserPool, type OutboundUserPoolProps } from "./identity/outbound-user-pool";
export type { PublicClientOptions, PublicUserPoolClient } from "./identity/public-client";
export type { ResourceServerScope } from "./identity/resource-server";
export type { AccessTokenOptions, UserTokenOptions } from "./identity/token-validity";
export type { IUserPool, MachineClient } from "./identity/user-pool";
export type { CustomDomainOptions, UserPoolDomainOptions } from "./identity/user-pool-domain";
export { ActorToken, OnBehalfOfTokenExchange } from "./identity/token-exchange";
export {
  Mfa,
  type PasswordPolicy,
  StandardThreatProtectionMode,
  type UserPoolSecurityOptions,
} from "./identity/user-pool-security";
export { type AuthorizationCodeOptions, UserSignIn } from "./identity/user-sign-in";
export { WorkloadIdentity, type WorkloadIdentityProps } from "./identity/workload-identity";
export {
  type ManagedVpcEndpointOptions,
  PrivateEndpoint,
  type PrivateEndpointOverride,
} from "./network/private-endpoint";
export type { ObservabilityConfiguration } from "./observability/vended-logs";
export { McpServerBehindGateway, type McpServerBehindGatewayProps } from "./patterns/mcp-server-behind-gateway";
export type { NewerField } from "./private/provider-version";
export { type ErrorCode, type Problem, ValidationError } from "./private/errors";
export { AgentCoreRuntime } from "./runtime/artifact/agent-core-runtime";
export type { AllowedWorkloadConfiguration, IHostingEnvironment } from "./runtime/allowed-workload-configuration";
export { AgentRuntimeArtifact } from "./runtime/artifact/agent-runtime-artifact";
export type {
  AssetImageOptions,
  BundledServerImageOptions,
  DockerCacheOption,
  EcrRepositoryImageOptions,
  IImageRepository,
  ImageUriOptions,
  RepositoryOptions,
} from "./runtime/artifact/container-image";
export type { BoundArtifact } from "./runtime/artifact/bound-artifact";
export type { CodeAssetOptions, CodeLocation, CodeOptions, S3CodeOptions } from "./runtime/artifact/code-archive";
export { ExecutionRole, type ExecutionRoleProps } from "./runtime/execution-role";
export type { LifecycleConfiguration } from "./runtime/lifecycle-configuration";
export { ProtocolType } from "./runtime/protocol-type";
export type { RequestHeaderConfiguration } from "./runtime/request-header-configuration";
export { type AgentRuntimeAttributes, Runtime, type RuntimeProps } from "./runtime/runtime";
export {
  type GatewayClientOptions,
  RuntimeAuthorizerConfiguration,
  type RuntimeCallerOptions,
  type RuntimeCognitoOptions,
  type RuntimeJwtOptions,
  type RuntimeWorkloadOptions,
} from "./runtime/runtime-authorizer-configuration";
export { RuntimeBase } from "./runtime/runtime-base";
export type { IRuntime } from "./runtime/runtime-interface";
export { RuntimeEndpoint, type RuntimeEndpointOptions, type RuntimeEndpointProps } from "./runtime/runtime-endpoint";
export { RuntimeNetworkConfiguration, type RuntimeVpcOptions } from "./runtime/runtime-network-configuration";
export type { IBucket } from "./s3/bucket";
export { type AcknowledgeOptions, Review } from "./review/review";
