/**
 * What a gateway asks its policy engine: about a call, and about the tools that it lists.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy-permissions.html
 */
export const ASK_POLICY_ENGINE: readonly string[] = [
  "bedrock-agentcore:AuthorizeAction",
  "bedrock-agentcore:PartiallyAuthorizeActions",
];
