/** What a gateway's role needs to invoke a function. */
export const INVOKE_FUNCTION = "lambda:InvokeFunction";

/** What whoever signs a call of an API in API Gateway needs. */
export const INVOKE_API = "execute-api:Invoke";

/** What callers of a gateway do. */
export const INVOKE_GATEWAY = "bedrock-agentcore:InvokeGateway";

/** What callers of a runtime do. */
export const INVOKE_RUNTIME = "bedrock-agentcore:InvokeAgentRuntime";

/** What a gateway asks its policy engine about a call. */
export const AUTHORIZE_ACTION = "bedrock-agentcore:AuthorizeAction";

/** What a gateway asks its policy engine about the tools that it lists. */
export const PARTIALLY_AUTHORIZE_ACTIONS = "bedrock-agentcore:PartiallyAuthorizeActions";

/** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html */
export const ASK_POLICY_ENGINE: readonly string[] = [AUTHORIZE_ACTION, PARTIALLY_AUTHORIZE_ACTIONS];
