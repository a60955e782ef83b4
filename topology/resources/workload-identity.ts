import { resourceReader } from "./reader";

/** An identity of a workload outside of AgentCore Runtime. */
export interface WorkloadIdentityDeclaration {
  readonly name: string;
  readonly allowedResourceOauth2ReturnUrls?: readonly string[];
}

export interface WorkloadIdentityAttributes {
  readonly workloadIdentityArn: string;
}

export const workloadIdentity = resourceReader({
  type: "aws_bedrockagentcore_workload_identity",
  kind: "workloadIdentity",
  read: (args): WorkloadIdentityDeclaration => ({
    name: args.text("name"),
    allowedResourceOauth2ReturnUrls: args.texts("allowed_resource_oauth2_return_urls"),
  }),
  assigned: ["workload_identity_arn"],
  attributes: (_, { workloadIdentityArn }: WorkloadIdentityAttributes) => ({
    workload_identity_arn: workloadIdentityArn,
  }),
});
