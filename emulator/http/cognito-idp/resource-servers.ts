import type { z } from "zod";

import { RESOURCE_SERVER_SCOPES } from "../../../aws/cognito/limits";
import type { ResourceServerDeclaration } from "../../../topology";
import type { Cognito } from "../../cloud/cognito/cognito";
import {
  POOL_ID,
  RESOURCE_SERVER_IDENTIFIER,
  RESOURCE_SERVER_NAME,
  RESOURCE_SERVER_SCOPE_NAME,
} from "../../cloud/cognito/constraints";
import { listOf, structure, text } from "../../cloud/constraints";
import { readShape, shapeOf } from "../protocols/member-names";
import { signed, type Operations } from "./operation";
import { listOfPool, pageOf } from "./shapes";

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
    ListResourceServers: signed(listOfPool(MOST_LISTED), (request) => {
      const all = [...cognito.userPool(request.UserPoolId).resourceServers.values()];
      return pageOf("ResourceServers", all, request, serverShape, MOST_LISTED);
    }),
  };
}

function readDeclaration({ Scopes = [], ...request }: z.output<typeof RESOURCE_SERVER>): ResourceServerDeclaration {
  return { ...readShape(request), scopes: Scopes.map(readShape) };
}

function serverShape({ scopes, ...server }: ResourceServerDeclaration): object {
  return { ...shapeOf(server), Scopes: scopes.map(shapeOf) };
}
