import type { TerraformJson } from "./article-stack";

export const policyOf = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
export const allow = (Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  ...{ Effect: "Allow", Action, Resource },
  ...more,
});

/** The trust policy of a role that the principal may assume. */
export const trusting = (Principal: object = { Service: "bedrock-agentcore.amazonaws.com" }): string =>
  policyOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });

/** Gives the article's gateway a right. @returns the address of the policy, for what needs it */
export function allowGateway(
  resources: TerraformJson["resource"],
  name: string,
  ...right: Parameters<typeof allow>
): string {
  const policies = (resources["aws_iam_role_policy"] ??= {});
  policies[name] = { name, role: "${aws_iam_role.gateway.name}", policy: policyOf(allow(...right)) };
  return `aws_iam_role_policy.${name}`;
}
