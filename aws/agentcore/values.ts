/** Enumerations of AgentCore's API model: botocore `bedrock-agentcore-control/2023-06-05`. */

/** CreateGateway. */
export const AUTHORIZER_TYPES = ["CUSTOM_JWT", "AWS_IAM", "NONE", "AUTHENTICATE_ONLY"] as const;
export const PROTOCOL_TYPES = ["MCP"] as const;
export const SEARCH_TYPES = ["SEMANTIC"] as const;
export const EXCEPTION_LEVELS = ["DEBUG"] as const;
export const INTERCEPTION_POINTS = ["REQUEST", "RESPONSE"] as const;
export type InterceptionPoint = (typeof INTERCEPTION_POINTS)[number];
export const LISTING_MODES = ["DEFAULT", "DYNAMIC"] as const;

/** CreateOauth2CredentialProvider, onBehalfOfTokenExchangeConfig: its grantType, and its actorTokenContent. */
export const EXCHANGE_GRANT_TYPES = ["TOKEN_EXCHANGE", "JWT_AUTHORIZATION_GRANT"] as const;
export const ACTOR_TOKENS = ["NONE", "M2M", "AWS_IAM_ID_TOKEN_JWT"] as const;

/** PrivateEndpoint, managedVpcResource.endpointIpAddressType. */
export const IP_ADDRESS_TYPES = ["IPV4", "IPV6"] as const;

/** CreateAgentRuntime. */
export const NETWORK_MODES = ["PUBLIC", "VPC"] as const;
export const SERVER_PROTOCOLS = ["MCP", "HTTP", "A2A", "AGUI"] as const;

export const CODE_RUNTIMES = {
  python310: "PYTHON_3_10",
  python311: "PYTHON_3_11",
  python312: "PYTHON_3_12",
  python313: "PYTHON_3_13",
  python314: "PYTHON_3_14",
  node22: "NODE_22",
} as const;

/** Who runs the authorization server: botocore `bedrock-agentcore-control/2023-06-05`, `CredentialProviderVendorType`. */
export const CREDENTIAL_PROVIDER_VENDORS = [
  "GoogleOauth2",
  "GithubOauth2",
  "SlackOauth2",
  "SalesforceOauth2",
  "MicrosoftOauth2",
  "CustomOauth2",
  "AtlassianOauth2",
  "LinkedinOauth2",
  "XOauth2",
  "OktaOauth2",
  "OneLoginOauth2",
  "PingOneOauth2",
  "FacebookOauth2",
  "YandexOauth2",
  "RedditOauth2",
  "ZoomOauth2",
  "TwitchOauth2",
  "SpotifyOauth2",
  "DropboxOauth2",
  "NotionOauth2",
  "HubspotOauth2",
  "CyberArkOauth2",
  "FusionAuthOauth2",
  "Auth0Oauth2",
  "CognitoOauth2",
] as const;

/** PolicyValidationMode: whether a policy that does not fit its gateway's tools is refused. */
export const POLICY_VALIDATION_MODES = ["FAIL_ON_ANY_FINDINGS", "IGNORE_ALL_FINDINGS"] as const;

/** GatewayPolicyEngineMode: whether the engine's decision counts. */
export const POLICY_ENGINE_MODES = ["ENFORCE", "LOG_ONLY"] as const;

/** CreateGatewayTarget, apiGatewayToolConfiguration: `RestApiMethod`. */
export const REST_API_METHODS = ["GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "PUT", "POST"] as const;
