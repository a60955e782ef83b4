import { resourceReader } from "./reader";

export const userPoolDomain = resourceReader({
  type: "aws_cognito_user_pool_domain",
  kind: "userPoolDomain",
  read: (args) => ({ domain: args.text("domain"), userPoolId: args.text("user_pool_id") }),
  assigned: ["id"],
  attributes: ({ domain }) => ({ id: domain }),
});

export type UserPoolDomainDeclaration = ReturnType<typeof userPoolDomain.read>;
