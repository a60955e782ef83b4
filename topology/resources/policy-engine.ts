import { resourceReader } from "./reader";

/** A set of Cedar policies, which gateways ask about the calls of their tools. */
export interface PolicyEngineDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly encryptionKeyArn?: string;
}

export interface PolicyEngineAttributes {
  readonly policyEngineArn: string;
  readonly policyEngineId: string;
}

export const policyEngine = resourceReader({
  type: "aws_bedrockagentcore_policy_engine",
  kind: "policyEngine",
  read: (args): PolicyEngineDeclaration => ({
    name: args.text("name"),
    description: args.optionalText("description"),
    encryptionKeyArn: args.optionalText("encryption_key_arn"),
  }),
  assigned: ["policy_engine_arn", "policy_engine_id"],
  attributes: (_, { policyEngineArn, policyEngineId }: PolicyEngineAttributes) => ({
    policy_engine_arn: policyEngineArn,
    policy_engine_id: policyEngineId,
  }),
});
