import type { ResourceReader } from "./reader";

export const userPoolDomain: ResourceReader<"userPoolDomain"> = {
  type: "aws_cognito_user_pool_domain",
  kind: "userPoolDomain",
  read: (args) => ({ domain: args.text("domain"), userPoolId: args.text("user_pool_id") }),
  assigned: ["id"],
  attributes: ({ domain }) => ({ id: domain }),
};
