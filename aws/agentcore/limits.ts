import type { NameRule } from "../name-rule";

/** Numbers and lengths that AgentCore takes, each with the operation and member of its API model that states it. */

/** CreateAgentRuntime, environmentVariables: how many, and characters of a name and of a value. */
export const ENVIRONMENT_VARIABLES = { count: 50, nameLength: 100, valueLength: 5_000 };

/** CreateAgentRuntime, lifecycleConfiguration: seconds, a minute to two weeks. */
export const LIFECYCLE_SECONDS = { shortest: 60, longest: 1_209_600 };

/** What a runtime has that is created without a lifecycle, in seconds: developer guide, "bedrock-agentcore-limits". */
export const DEFAULT_LIFECYCLE = { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 };

/** CreateAgentRuntime, codeConfiguration.entryPoint: how many words, and characters of each. */
export const CODE_ENTRY_POINT = { count: 2, length: 128 };

/** CreateAgentRuntime, codeConfiguration.code.s3.prefix. */
export const S3_KEY_LENGTH = 1_024;

/** CreateAgentRuntime, codeConfiguration.code.s3.versionId. */
export const S3_VERSION_LENGTH = { shortest: 3, longest: 1_024 };

/** Bytes of an archive of code and of what is in it: developer guide, "bedrock-agentcore-limits". */
export const CODE_SIZE = { archive: 250 * 1_024 * 1_024, unpacked: 750 * 1_024 * 1_024 };

/** CreateAgentRuntime, requestHeaderAllowlist. */
export const MAX_ALLOWED_HEADERS = 20;

/** CreateAgentRuntime, networkModeConfig: subnets and security groups, each. */
export const MAX_VPC_ENTRIES = 16;

/** CreateAgentRuntime, description. */
export const MAX_RUNTIME_DESCRIPTION = 4_096;

/** CreateAgentRuntimeEndpoint, description. */
export const MAX_ENDPOINT_DESCRIPTION = 256;

/** CreateGateway and CreateGatewayTarget, description. */
export const MAX_GATEWAY_DESCRIPTION = 200;

/** CreateGateway, protocolConfiguration.mcp.instructions. */
export const MAX_INSTRUCTIONS = 2_048;

/** CreateGateway, interceptorConfigurations: developer guide, "gateway-interceptors", one of each interception point. */
export const MAX_INTERCEPTORS = 2;

/** CreateGatewayTarget, oauthCredentialProvider.scopes; Cognito itself would take 256 + 1 + 256 characters. */
export const TARGET_SCOPES = { count: 100, length: 64 };

/** CreateGatewayTarget, oauthCredentialProvider.customParameters. */
export const MAX_CUSTOM_PARAMETERS = 10;

/** CreateGatewayTarget, apiKeyCredentialProvider: the parameter's name and the prefix, each. */
export const MAX_API_KEY_TEXT = 64;

/** CreateGatewayTarget, iamCredentialProvider.service. */
export const MAX_SIGNING_NAME = 64;

/** CreateGateway, mcp.sessionConfiguration: seconds from its beginning, whatever is called in it; developer guide, "gateway-sessions". */
export const GATEWAY_SESSION_SECONDS = { shortest: 900, longest: 28_800 };

/** Minutes of a session whose length is left out: same guide. */
export const DEFAULT_SESSION_MINUTES = 60;

/** CreateGatewayTarget, privateEndpoint.managedVpcResource. */
export const PRIVATE_ENDPOINT = { securityGroups: 5, domainLength: { shortest: 3, longest: 255 } };

/** CreateGatewayTarget, mcpServer.resourcePriority; 1000 when left out. */
export const RESOURCE_PRIORITY = { shortest: 0, longest: 1_000 };

/** Characters of a schema in a target's configuration: developer guide, "bedrock-agentcore-limits". */
export const MAX_INLINE_SCHEMA = 1024 * 1024;

/** Bytes of a schema in S3: the same page. */
export const S3_SCHEMA_BYTES = 10 * 1024 * 1024;

/** Tools of a target: developer guide, "bedrock-agentcore-limits". */
export const MAX_TARGET_TOOLS = 1_000;

/** Characters of a tool's name with its target's: the same page. */
export const MAX_TOOL_NAME = 256;

/** CreatePolicyEngine and CreatePolicy, description; CreatePolicy, definition.cedar.statement. */
export const POLICY = { descriptionLength: 4_096, statementLength: { shortest: 35, longest: 10_000 } };

/** CreateAgentRuntime, customJWTAuthorizer.allowedWorkloadConfiguration: entries of each of its lists. */
export const MAX_ALLOWED_WORKLOADS = 10;

/** CreateOauth2CredentialProvider, clientId and clientSecret. */
export const CLIENT_CREDENTIALS = { idLength: 256, secretLength: 2_048 };

/** TagResource, tags: how many, and characters of a key and of a value. */
export const TAGS = { count: 50, keyLength: 128, valueLength: 256 };

/** How many of a kind an account may have: developer guide, "bedrock-agentcore-limits". */
export const QUOTAS = {
  gateways: 1000,
  targetsOfGateway: 100,
  rateLimitsOfGateway: 50,
  runtimes: 1000,
  versionsOfRuntime: 1000,
  endpointsOfRuntime: 10,
  oauth2CredentialProviders: 50,
  apiKeyCredentialProviders: 50,
  workloadIdentities: 1000,
} as const;

/** CreateAgentRuntime, requestHeaderAllowlist: each name. */
export const HEADER_NAME: NameRule = {
  pattern: "[A-Za-z][A-Za-z0-9_-]{0,255}",
  maxLength: 256,
  description: "names of at most 256 letters, digits, hyphens and underscores, beginning with a letter",
};

/** CreateAgentRuntime, containerUri. */
export const MAX_CONTAINER_URI = 1_024;

/** CreateGateway and CreateAgentRuntime, customJWTAuthorizer.allowedScopes. */
export const ALLOWED_SCOPE_LENGTH = 255;

/** CreateApiKeyCredentialProvider, apiKey. */
export const MAX_API_KEY = 65_536;

/** CreateWorkloadIdentity, allowedResourceOauth2ReturnUrls: each URL. */
export const RETURN_URL: NameRule = {
  pattern: "\\w+:(\\/?\\/?)[^\\s]+",
  maxLength: 2_048,
  description: "URLs of at most 2048 characters",
};
