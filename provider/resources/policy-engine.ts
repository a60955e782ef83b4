import { agentCoreArn, generatedId, lowerAlphanumerics } from "./account";
import { hasLength, hasSize, isArn, isOneOf, matches } from "../validation/rules";
import { type ResourceFacts, text } from "./facts";

const name = [hasLength("name", 1, 48), matches("name", /^[A-Za-z][A-Za-z0-9_]*$/), hasLength("description", 1, 4096)];

/** `aws_bedrockagentcore_policy_engine`: policy_engine.go of the provider. */
export const policyEngine: ResourceFacts = {
  validate: [...name, isArn("encryption_key_arn")],
  replacedBy: ["name", "encryption_key_arn"],
  assigned: (resource, account) => {
    const id = `${text(resource, "name")}-${generatedId(`engine ${text(resource, "name")}`, 10, lowerAlphanumerics)}`;
    return { policy_engine_id: id, policy_engine_arn: agentCoreArn(account, `policy-engine/${id}`) };
  },
};

/** `aws_bedrockagentcore_policy`: policy.go of the provider, and the service's model for `create`. */
export const enginePolicy: ResourceFacts = {
  validate: [
    ...name,
    matches("policy_engine_id", /^[A-Za-z][A-Za-z0-9_]*-[a-z0-9_]{10}$/),
    isOneOf("validation_mode", ["FAIL_ON_ANY_FINDINGS", "IGNORE_ALL_FINDINGS"]),
    hasSize("definition", 1, 1),
    hasSize("definition.cedar", 1, 1),
  ],
  create: [hasLength("definition.cedar.statement", 35, 10_000)],
  replacedBy: ["name", "policy_engine_id"],
  assigned: (resource, account) => {
    const engine = text(resource, "policy_engine_id");
    const id = generatedId(`policy ${engine} ${text(resource, "name")}`, 10, lowerAlphanumerics);
    return {
      policy_id: id,
      policy_arn: agentCoreArn(account, `policy-engine/${engine}/policy/${id}`),
    };
  },
};
