import { resourceReader } from "./reader";

export const resourceServer = resourceReader({
  type: "aws_cognito_resource_server",
  kind: "resourceServer",
  read: (args) => ({
    userPoolId: args.text("user_pool_id"),
    identifier: args.text("identifier"),
    name: args.text("name"),
    scopes: args.blocks("scope").map((scope) => ({
      scopeName: scope.text("scope_name"),
      scopeDescription: scope.text("scope_description"),
    })),
  }),
  assigned: ["id", "scope_identifiers"],
  attributes: ({ userPoolId, identifier, scopes }) => ({
    id: `${userPoolId}|${identifier}`,
    scope_identifiers: scopes.map((scope) => `${identifier}/${scope.scopeName}`),
  }),
});

export type ResourceServerDeclaration = ReturnType<typeof resourceServer.read>;
