import { STANDARD_ATTRIBUTES } from "../../aws/cognito/user-attributes";
import type { Arguments } from "../arguments/arguments";
import { resourceReader } from "./reader";

export interface UserAttributes {
  readonly sub: string;
  readonly status: string;
}

/** An attribute that is the pool's own is written with a prefix by the provider. */
function attributesOf(args: Arguments): readonly (readonly [string, string])[] {
  return Object.entries(args.optionalTextMap("attributes") ?? {}).map(([name, value]) => [
    STANDARD_ATTRIBUTES.has(name) || name.startsWith("custom:") ? name : `custom:${name}`,
    value,
  ]);
}

export const user = resourceReader({
  type: "aws_cognito_user",
  kind: "user",
  read: (args) => ({
    userPoolId: args.text("user_pool_id"),
    username: args.text("username"),
    attributes: attributesOf(args),
    isEnabled: args.optionalBoolean("enabled") ?? true,
    forcesAlias: args.optionalBoolean("force_alias_creation") ?? false,
    /** One that the user keeps. */
    password: args.optionalText("password"),
    temporaryPassword: args.optionalText("temporary_password"),
  }),
  assigned: ["id", "sub", "status"],
  attributes: ({ userPoolId, username }, { sub, status }: UserAttributes) => ({
    id: `${userPoolId}/${username}`,
    sub,
    status,
  }),
});

export type UserDeclaration = ReturnType<typeof user.read>;
