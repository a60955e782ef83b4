import type { Inventory } from "../../topology";
import type { Unchecked } from "./unchecked";

/** Kinds that say who may call whom, or what a role may do. */
const MEANT =
  /^(data\.)?(aws|awscc)_bedrockagentcore_|^aws_cognito_managed_user_pool_client$|^aws_iam_(role_policies|role_policy_attachments)_exclusive$/;
const READ =
  /^aws_bedrockagentcore_(gateway|gateway_target|agent_runtime|agent_runtime_endpoint|workload_identity|policy|policy_engine|(oauth2|api_key)_credential_provider)$/;
const RESOURCE_POLICY = "aws_bedrockagentcore_resource_policy";

export function unreadKinds({ instances }: Inventory): Unchecked[] {
  return instances
    .filter(({ type }) => MEANT.test(type) && !READ.test(type))
    .map(({ address, type }) =>
      type === RESOURCE_POLICY
        ? {
            address,
            what: "whom the policy lets in",
            reason: "only whether it lets everybody in, or no token, is looked at",
          }
        : { address, what: "all of it", reason: `the kind ${type} is not read` },
    );
}
