import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

export function readUserPoolDomain<V extends ValueTypes>(args: Readable<V>) {
  return { domain: args.text("domain"), userPoolId: args.text("user_pool_id") };
}

export const userPoolDomain = resourceReader({
  type: "aws_cognito_user_pool_domain",
  kind: "userPoolDomain",
  read: (args) => readUserPoolDomain(args),
  assigned: ["id"],
  attributes: ({ domain }) => ({ id: domain }),
});

export type UserPoolDomainDeclaration = ReturnType<typeof userPoolDomain.read>;
