import type { ResourceReader } from "./reader";

export const workloadIdentity: ResourceReader<"workloadIdentity"> = {
  type: "aws_bedrockagentcore_workload_identity",
  kind: "workloadIdentity",
  read: (args) => ({
    name: args.text("name"),
    allowedResourceOauth2ReturnUrls: args.texts("allowed_resource_oauth2_return_urls"),
  }),
  assigned: ["workload_identity_arn"],
  attributes: (_, { workloadIdentityArn }) => ({ workload_identity_arn: workloadIdentityArn }),
};
