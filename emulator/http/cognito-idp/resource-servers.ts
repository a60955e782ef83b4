import type { z } from "zod";

import { RESOURCE_SERVER_SCOPES } from "../../../aws/cognito/limits";
import type { ResourceServerDeclaration } from "../../../topology";
import type { Cognito } from "../../cloud/cognito/cognito";
import {
  PAGINATION_TOKEN,
  POOL_ID,
  RESOURCE_SERVER_IDENTIFIER,
  RESOURCE_SERVER_NAME,
  RESOURCE_SERVER_SCOPE_NAME,
} from "../../cloud/cognito/constraints";
import { integer, listOf, structure, text } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import { signed, type Operations } from "./operation";

const BY_ID = structure({ UserPoolId: POOL_ID, Identifier: RESOURCE_SERVER_IDENTIFIER });
const SCOPE = structure({
  ScopeName: RESOURCE_SERVER_SCOPE_NAME,
  ScopeDescription: text(RESOURCE_SERVER_SCOPES.descriptionLength, undefined, 1),
});
const RESOURCE_SERVER = BY_ID.extend({
  Name: RESOURCE_SERVER_NAME,
  Scopes: listOf(SCOPE, RESOURCE_SERVER_SCOPES.count).optional(),
});
const MOST_LISTED = 50;
const LIST = structure({
  UserPoolId: POOL_ID,
  MaxResults: integer(1, MOST_LISTED).optional(),
  NextToken: PAGINATION_TOKEN,
});

/** The operations of resource servers, which define the scopes of M2M clients. */
export function resourceServerOperations(cognito: Cognito): Operations {
  return {
    CreateResourceServer: signed(RESOURCE_SERVER, (request) => {
      const declaration = readDeclaration(request);
      cognito.createResourceServer(declaration);
      return { ResourceServer: serverShape(declaration) };
    }),
    DescribeResourceServer: signed(BY_ID, ({ UserPoolId, Identifier }) => ({
      ResourceServer: serverShape(cognito.resourceServer(UserPoolId, Identifier)),
    })),
    UpdateResourceServer: signed(RESOURCE_SERVER, (request) => {
      const declaration = readDeclaration(request);
      cognito.updateResourceServer(declaration);
      return { ResourceServer: serverShape(declaration) };
    }),
    DeleteResourceServer: signed(BY_ID, ({ UserPoolId, Identifier }) =>
      cognito.deleteResourceServer(UserPoolId, Identifier),
    ),
    ListResourceServers: signed(LIST, ({ UserPoolId, MaxResults, NextToken }) => {
      const all = [...cognito.userPool(UserPoolId).resourceServers.values()];
      const limits = { most: MOST_LISTED, refusal: "InvalidParameterException" } as const;
      const { items, nextToken } = paginate(all, { maxResults: MaxResults, nextToken: NextToken }, limits);
      return { ResourceServers: items.map(serverShape), NextToken: nextToken };
    }),
  };
}

function readDeclaration(request: z.output<typeof RESOURCE_SERVER>): ResourceServerDeclaration {
  const { UserPoolId: userPoolId, Identifier: identifier, Name: name, Scopes = [] } = request;
  const scopes = Scopes.map(({ ScopeName, ScopeDescription }) => ({
    scopeName: ScopeName,
    scopeDescription: ScopeDescription,
  }));
  return { userPoolId, identifier, name, scopes };
}

function serverShape({ userPoolId, identifier, name, scopes }: ResourceServerDeclaration): object {
  const Scopes = scopes.map(({ scopeName, scopeDescription }) => ({
    ScopeName: scopeName,
    ScopeDescription: scopeDescription,
  }));
  return { UserPoolId: userPoolId, Identifier: identifier, Name: name, Scopes };
}
