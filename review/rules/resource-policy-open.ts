import { letsEverybodyIn, resourcePoliciesIn } from "../evidence/resource-policies";
import { eachOf, type Rule } from "../rule";

export const resourcePolicyOpen: Rule = {
  id: "resource-policy-open",
  severity: "warning",
  summary: "The resource policy of what takes IAM signatures names who may call.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html",
  check: eachOf(resourcePoliciesIn, ({ resource, statements }) => {
    const isOpen = statements.some((each) => each["Condition"] === undefined && letsEverybodyIn(each));
    if (resource.inbound !== "IAM" || !isOpen) return undefined;
    return {
      message: `Whoever has an AWS account may call ${resource.address}: the policy allows every principal, without a condition.`,
      fix: "Name accounts or roles as principals, or add a condition such as aws:PrincipalOrgID or aws:SourceVpc.",
    };
  }),
};
