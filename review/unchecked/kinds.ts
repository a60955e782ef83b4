import { describeText, type Instance, type Inventory, type Text } from "../../topology";
import { HIDDEN_BLOCK } from "./reasons";
import type { Unchecked } from "./unchecked";

/** Kinds that say who may call whom, or what a role may do. */
const MEANT =
  /^(data\.)?(aws|awscc)_bedrockagentcore_|^aws_cognito_managed_user_pool_client$|^aws_iam_(role_policies|role_policy_attachments)_exclusive$/;
const READ =
  /^aws_bedrockagentcore_(gateway|gateway_target|agent_runtime|agent_runtime_endpoint|workload_identity|policy|policy_engine|(oauth2|api_key)_credential_provider)$/;
const RATE_LIMIT = "awscc_bedrockagentcore_gateway_rate_limit";
/** What of a kind is not looked at, and why. */
const READ_IN_PART: ReadonlyMap<string, Pick<Unchecked, "what" | "reason">> = new Map([
  [
    "aws_bedrockagentcore_resource_policy",
    { what: "whom the policy lets in", reason: "only whether it lets everybody in, or no token, is looked at" },
  ],
  [
    "aws_iam_role_policy_attachments_exclusive",
    { what: "which policies it takes away", reason: "only those are looked at that it attaches" },
  ],
]);

/** Arguments of the kinds that deploy whatever a type of CloudFormation's names: that type, or templates with many. */
const CLOUDFORMATION: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_cloudcontrolapi_resource", ["type_name"]],
  ["aws_cloudformation_stack", ["template_body", "template_url"]],
  ["aws_cloudformation_stack_set", ["template_body", "template_url"]],
]);

export function unreadKinds(inventory: Inventory): Unchecked[] {
  return [...unreadTypes(inventory), ...hiddenRateLimits(inventory), ...unreadTemplates(inventory)];
}

function unreadTypes({ instances }: Inventory): Unchecked[] {
  return instances
    .filter(({ type }) => MEANT.test(type) && !READ.test(type) && type !== RATE_LIMIT)
    .map(({ address, type }) => ({
      address,
      ...(READ_IN_PART.get(type) ?? { what: "all of it", reason: `the kind ${type} is not read` }),
    }));
}

function hiddenRateLimits({ instances }: Inventory): Unchecked[] {
  return instances
    .filter(
      ({ type, arguments: block }) =>
        type === RATE_LIMIT && ["dimension_keys", "entries"].some((name) => block.isOpen(name)),
    )
    .map(({ address }) => ({ address, what: "whom it limits, and how much", reason: HIDDEN_BLOCK }));
}

function unreadTemplates({ instances }: Inventory): Unchecked[] {
  return instances.filter(mayDeployAgentCore).map(({ address }) => ({
    address,
    what: "what CloudFormation makes of it",
    reason: "only Terraform's own resources are read",
  }));
}

function mayDeployAgentCore({ type, arguments: block }: Instance): boolean {
  const texts = CLOUDFORMATION.get(type)?.map((name) => block.text(name)) ?? [];
  return texts.some((text) => text !== undefined && mayNameAgentCore(text));
}

/** A text in which no type is shown may name any. */
function mayNameAgentCore(text: Text): boolean {
  const shown = describeText(text);
  return !/\b[A-Z]\w*::\w/.test(shown) || /\bAWS::(BedrockAgentCore|Cognito)::/.test(shown);
}
