import { resourceReader } from "./reader";

/** Who may call a gateway, a runtime or an endpoint, beside what policies of callers say. */
export interface ResourcePolicyDeclaration {
  readonly resourceArn: string;
  readonly policy: string;
}

export const resourcePolicy = resourceReader({
  type: "aws_bedrockagentcore_resource_policy",
  kind: "resourcePolicy",
  read: (args): ResourcePolicyDeclaration => ({ resourceArn: args.text("resource_arn"), policy: args.json("policy") }),
  assigned: [],
  attributes: () => ({}),
});
