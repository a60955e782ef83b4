/** What a gateway's role needs to invoke a function. */
export const INVOKE_FUNCTION = "lambda:InvokeFunction";

/** What whoever signs a call of an API in API Gateway needs. */
export const INVOKE_API = "execute-api:Invoke";

/** What callers of a gateway do. */
export const INVOKE_GATEWAY = "bedrock-agentcore:InvokeGateway";

/** What callers of a runtime do. */
export const INVOKE_RUNTIME = "bedrock-agentcore:InvokeAgentRuntime";

/** What a gateway does to fetch a credential: AgentCore Identity reads the provider's secret in its role's name. */
export const GET_WORKLOAD_TOKEN = "bedrock-agentcore:GetWorkloadAccessToken";
export const GET_WORKLOAD_TOKEN_FOR_JWT = "bedrock-agentcore:GetWorkloadAccessTokenForJWT";
export const GET_OAUTH2_TOKEN = "bedrock-agentcore:GetResourceOauth2Token";
export const GET_API_KEY = "bedrock-agentcore:GetResourceApiKey";
export const GET_SECRET = "secretsmanager:GetSecretValue";

/**
 * What a runtime's role needs for its image: on everything, and on the repository.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
 */
export const LOG_IN_TO_REGISTRY = "ecr:GetAuthorizationToken";
export const PULL_IMAGE: readonly string[] = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

export const GET_POLICY_ENGINE = "bedrock-agentcore:GetPolicyEngine";

/** What a gateway asks its policy engine about a call. */
export const AUTHORIZE_ACTION = "bedrock-agentcore:AuthorizeAction";

/** What a gateway asks its policy engine about the tools that it lists. */
export const PARTIALLY_AUTHORIZE_ACTIONS = "bedrock-agentcore:PartiallyAuthorizeActions";

/** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html */
export const ASK_POLICY_ENGINE: readonly string[] = [AUTHORIZE_ACTION, PARTIALLY_AUTHORIZE_ACTIONS];
