import type { Readable, ValueTypes } from "../../targets/readable";
import { resourceReader } from "./reader";

export const SCOPE_BLOCK = "scope";

export function readScopes<V extends ValueTypes>(args: Readable<V>) {
  return {
    userPoolId: args.text("user_pool_id"),
    identifier: args.text("identifier"),
    scopes: args.blocks(SCOPE_BLOCK).map((scope) => ({
      scopeName: scope.text("scope_name"),
      scopeDescription: scope.text("scope_description"),
    })),
  };
}

export const resourceServer = resourceReader({
  type: "aws_cognito_resource_server",
  kind: "resourceServer",
  read: (args) => ({ ...readScopes(args), name: args.text("name") }),
  assigned: ["id", "scope_identifiers"],
  attributes: ({ userPoolId, identifier, scopes }) => ({
    id: `${userPoolId}|${identifier}`,
    scope_identifiers: scopes.map((scope) => `${identifier}/${scope.scopeName}`),
  }),
});

export type ResourceServerDeclaration = ReturnType<typeof resourceServer.read>;
