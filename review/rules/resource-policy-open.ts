import {
  type InboundAuthorization,
  isSymbolicList,
  isSymbolicObject,
  parseJsonText,
  type Symbolic,
  type System,
  type Text,
  Unknown,
} from "../../topology";
import type { Rule } from "../rule";

export const resourcePolicyOpen: Rule = {
  id: "resource-policy-open",
  severity: "warning",
  summary: "The resource policy of what takes IAM signatures names who may call.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html",
  *check({ inventory, system }) {
    for (const { type, address, arguments: block } of inventory.instances) {
      if (type !== "aws_bedrockagentcore_resource_policy") continue;
      const [policy, resource] = [block.text("policy"), inboundOf(block.text("resource_arn"), system)];
      if (policy === undefined || resource?.inbound !== "IAM" || !letsEverybodyIn(policy)) continue;
      yield {
        address,
        message: `Whoever has an AWS account may call ${resource.address}: the policy allows every principal, without a condition.`,
        fix: "Name accounts or roles as principals, or add a condition such as aws:PrincipalOrgID or aws:SourceVpc.",
      };
    }
  },
};

/** What a resource policy is of. A caller with a token has no principal, so that its policy allows every one. */
function inboundOf(
  arn: Text | undefined,
  { gateways, runtimes }: System,
): { readonly address: string; readonly inbound: InboundAuthorization } | undefined {
  const named = arn instanceof Unknown ? arn.references.map(({ address }) => address) : [];
  return [...gateways, ...runtimes].find(({ address }) => named.includes(address));
}

function letsEverybodyIn(policy: Text): boolean {
  const document = parseJsonText(policy);
  if (document === undefined || !isSymbolicObject(document)) return false;
  return listOf(document["Statement"]).some(
    (statement) =>
      isSymbolicObject(statement) &&
      statement["Effect"] === "Allow" &&
      statement["Condition"] === undefined &&
      isEverybody(statement["Principal"]),
  );
}

function isEverybody(principal: Symbolic | undefined): boolean {
  if (principal === "*") return true;
  return principal !== undefined && isSymbolicObject(principal) && listOf(principal["AWS"]).includes("*");
}

function listOf(value: Symbolic | undefined): readonly Symbolic[] {
  if (value === undefined) return [];
  return isSymbolicList(value) ? value : [value];
}
