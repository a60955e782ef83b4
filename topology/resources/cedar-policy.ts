import { resourceReader } from "./reader";

/** A policy of a policy engine. */
export interface CedarPolicyDeclaration {
  readonly policyEngineId: string;
  readonly name: string;
  readonly description?: string;
  /** One statement of Cedar. */
  readonly statement: string;
  /** One of `POLICY_VALIDATION_MODES`. @default FAIL_ON_ANY_FINDINGS */
  readonly validationMode?: string;
}

export interface CedarPolicyAttributes {
  readonly policyArn: string;
  readonly policyId: string;
}

export const cedarPolicy = resourceReader({
  type: "aws_bedrockagentcore_policy",
  kind: "cedarPolicy",
  read: (args): CedarPolicyDeclaration => ({
    policyEngineId: args.text("policy_engine_id"),
    name: args.text("name"),
    description: args.optionalText("description"),
    statement: args.block("definition").block("cedar").text("statement"),
    validationMode: args.optionalText("validation_mode"),
  }),
  assigned: ["policy_arn", "policy_id"],
  attributes: (_, { policyArn, policyId }: CedarPolicyAttributes) => ({ policy_arn: policyArn, policy_id: policyId }),
});
