import { CREDENTIAL_PROVIDER_NAME, GATEWAY_NAME, RUNTIME_NAME, TARGET_NAME } from "../../aws/agentcore/names";
import { DOMAIN_PREFIX, RESERVED_WORDS, reservedWordIn } from "../../aws/cognito/names";
import { isName, lengthInWords, type NameRule } from "../../aws/name-rule";
import { describeText, Unknown } from "../../topology";
import { eachOf, instances, type Rule } from "../rule";

/** Which argument of which resource is a name. The provider checks some of these, and only where it knows the value. */
const NAMES: Readonly<Record<string, { readonly argument: string; readonly rule: NameRule }>> = {
  aws_bedrockagentcore_gateway: { argument: "name", rule: GATEWAY_NAME },
  aws_bedrockagentcore_gateway_target: { argument: "name", rule: TARGET_NAME },
  aws_bedrockagentcore_agent_runtime: { argument: "agent_runtime_name", rule: RUNTIME_NAME },
  aws_bedrockagentcore_agent_runtime_endpoint: { argument: "name", rule: RUNTIME_NAME },
  aws_bedrockagentcore_api_key_credential_provider: { argument: "name", rule: CREDENTIAL_PROVIDER_NAME },
  aws_bedrockagentcore_oauth2_credential_provider: { argument: "name", rule: CREDENTIAL_PROVIDER_NAME },
};

export const nameInvalid: Rule = {
  id: "name-invalid",
  severity: "error",
  summary: "Names are what the services take.",
  source:
    "botocore bedrock-agentcore-control 2023-06-05: GatewayName, TargetName, AgentRuntimeName, CredentialProviderName",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    const { argument, rule } = NAMES[type] ?? {};
    const name = argument === undefined ? undefined : block.text(argument);
    if (rule !== undefined && typeof name === "string" && !isName(rule, name)) {
      yield {
        message: `The name "${name}" of ${lengthInWords(name)} is not one that the service takes.`,
        fix: `Use ${rule.description}.`,
      };
    }
    // Only a domain of Cognito's own is a prefix; others have a certificate.
    const isPrefix = type === "aws_cognito_user_pool_domain" && block.value("certificate_arn") === undefined;
    const domain = isPrefix ? block.text("domain") : undefined;
    if (typeof domain === "string" && !isName(DOMAIN_PREFIX, domain)) {
      yield {
        message: `The domain "${domain.slice(0, 80)}" is not one that Cognito takes without a certificate.`,
        fix: `Use ${DOMAIN_PREFIX.description}, or a domain of your own with certificate_arn.`,
      };
      return;
    }
    const known = domain instanceof Unknown ? (domain.parts ?? []) : [domain];
    const texts = known.filter((part) => typeof part === "string");
    if (
      domain === undefined ||
      texts.some((text) => text.includes(".")) ||
      !texts.some((text) => reservedWordIn(text) !== undefined)
    ) {
      return;
    }
    yield {
      message: `The domain "${describeText(domain)}" holds a word that Cognito keeps for itself.`,
      fix: `Use a prefix without ${RESERVED_WORDS.slice(0, -1).join(", ")} and ${RESERVED_WORDS.at(-1)}.`,
    };
  }),
};
