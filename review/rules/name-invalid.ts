import { Unknown } from "../../topology";
import { CREDENTIAL_PROVIDER_NAME, GATEWAY_NAME, type NameRule, RUNTIME_NAME, TARGET_NAME } from "../names";
import type { Rule } from "../rule";

/** Which argument of which resource is a name. The provider checks some of these, and only where it knows the value. */
const NAMES: Readonly<Record<string, { readonly argument: string; readonly rule: NameRule }>> = {
  aws_bedrockagentcore_gateway: { argument: "name", rule: GATEWAY_NAME },
  aws_bedrockagentcore_gateway_target: { argument: "name", rule: TARGET_NAME },
  aws_bedrockagentcore_agent_runtime: { argument: "agent_runtime_name", rule: RUNTIME_NAME },
  aws_bedrockagentcore_agent_runtime_endpoint: { argument: "name", rule: RUNTIME_NAME },
  aws_bedrockagentcore_oauth2_credential_provider: { argument: "name", rule: CREDENTIAL_PROVIDER_NAME },
};

/** Words that Cognito keeps for itself. */
const RESERVED = /aws|amazon|cognito/;

export const nameInvalid: Rule = {
  id: "name-invalid",
  severity: "error",
  summary: "Names are what the services take.",
  source: "botocore bedrock-agentcore-control 2023-06-05: GatewayName, TargetName, AgentRuntimeName, CredentialProviderName",
  *check({ inventory }) {
    for (const { address, type, arguments: block } of inventory.instances) {
      const { argument, rule } = NAMES[type] ?? {};
      const name = argument === undefined ? undefined : block.text(argument);
      if (rule !== undefined && typeof name === "string" && !(rule.pattern.test(name) && name.length <= rule.maxLength)) {
        yield { address, message: `The name "${name}" of ${name.length} characters is not one that the service takes.`, fix: `Use ${rule.description}.` };
      }
      const domain = type === "aws_cognito_user_pool_domain" ? block.text("domain") : undefined;
      if (domain === undefined || domain instanceof Unknown || domain.includes(".") || !RESERVED.test(domain)) continue;
      yield {
        address,
        message: `The domain "${domain}" holds a word that Cognito keeps for itself.`,
        fix: "Use a prefix without aws, amazon and cognito.",
      };
    }
  },
};
