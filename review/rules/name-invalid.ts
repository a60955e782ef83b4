import { Unknown } from "../../topology";
import type { Rule } from "../rule";

interface NameRule {
  readonly type: string;
  readonly argument: string;
  readonly pattern: RegExp;
  readonly longest: number;
  readonly says: string;
}

const AGENTCORE = /^([0-9a-zA-Z]-?)+$/;
const IDENTIFIER = /^[a-zA-Z][a-zA-Z0-9_]*$/;

/** Patterns of the services' API models, which the provider checks in part, and only where it knows the value. */
const NAMES: readonly NameRule[] = [
  {
    type: "aws_bedrockagentcore_gateway",
    argument: "name",
    pattern: AGENTCORE,
    // The service takes 48, but names the gateway <name>-<10 characters> and takes identifiers of 50 elsewhere
    // (awslabs/nx-plugin-for-aws caps the name for the same reason).
    longest: 39,
    says: "at most 39 letters, digits and single hyphens",
  },
  {
    type: "aws_bedrockagentcore_gateway_target",
    argument: "name",
    pattern: AGENTCORE,
    longest: 100,
    says: "at most 100 letters, digits and single hyphens",
  },
  {
    type: "aws_bedrockagentcore_agent_runtime",
    argument: "agent_runtime_name",
    pattern: IDENTIFIER,
    longest: 48,
    says: "at most 48 letters, digits and underscores, beginning with a letter",
  },
  {
    type: "aws_bedrockagentcore_agent_runtime_endpoint",
    argument: "name",
    pattern: IDENTIFIER,
    longest: 48,
    says: "at most 48 letters, digits and underscores, beginning with a letter",
  },
  {
    type: "aws_bedrockagentcore_oauth2_credential_provider",
    argument: "name",
    pattern: /^[a-zA-Z0-9\-_]+$/,
    longest: 128,
    says: "at most 128 letters, digits, hyphens and underscores",
  },
];

/** Words that Cognito keeps for itself. */
const RESERVED = /aws|amazon|cognito/;

export const nameInvalid: Rule = {
  id: "name-invalid",
  severity: "error",
  summary: "Names are what the services take.",
  source: "botocore bedrock-agentcore-control 2023-06-05: GatewayName, TargetName, AgentRuntimeName, CredentialProviderName",
  *check({ inventory }) {
    const rules = new Map(NAMES.map((rule) => [rule.type, rule]));
    for (const { address, type, arguments: block } of inventory.instances) {
      const rule = rules.get(type);
      const name = rule && block.text(rule.argument);
      if (rule !== undefined && typeof name === "string" && !(rule.pattern.test(name) && name.length <= rule.longest)) {
        yield { address, message: `The name "${name}" of ${name.length} characters is not one that the service takes.`, fix: `Use ${rule.says}.` };
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
