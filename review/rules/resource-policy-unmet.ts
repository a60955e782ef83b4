import { letsEverybodyIn, resourcePoliciesIn } from "../evidence/resource-policies";
import { eachOf, type Rule } from "../rule";

export const resourcePolicyUnmet: Rule = {
  id: "resource-policy-unmet",
  severity: "error",
  summary: "The resource policy of what takes tokens allows every principal: who has a token has no name in it.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html",
  check: eachOf(resourcePoliciesIn, ({ resource, statements }) => {
    if (resource.inbound !== "JWT" || statements.some(letsEverybodyIn)) return undefined;
    return {
      message: `Nobody may call ${resource.address}: its callers have tokens, and the policy allows named principals alone.`,
      fix: 'Allow the principal "*", and restrict callers by the authorizer, or by a condition such as aws:SourceVpc.',
    };
  }),
};
