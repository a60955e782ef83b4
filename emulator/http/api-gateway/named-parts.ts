import { z } from "zod";

import { checkMembers } from "../../cloud/agentcore-constraints";
import { demand, type RestApi } from "../../cloud/api-gateway/rest-api";
import type { RestApis } from "../../cloud/api-gateway/rest-apis";
import { integer, listOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { FLAG, NUMBER, PATCH, patched } from "./patch";
import { BY_API, REST_API } from "./rest-apis";

const TEXT = text(UNBOUNDED).optional();

/** Botocore `apigateway/2015-07-09`, `CreateAuthorizerRequest`. */
const AUTHORIZER = structure({
  name: text(UNBOUNDED, undefined, 1),
  type: oneOf(["TOKEN", "REQUEST", "COGNITO_USER_POOLS"]),
  providerARNs: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  authType: TEXT,
  authorizerUri: TEXT,
  authorizerCredentials: TEXT,
  identitySource: TEXT,
  identityValidationExpression: TEXT,
  authorizerResultTtlInSeconds: z.preprocess(NUMBER, integer(0, 3_600)).default(300),
});

/** Botocore, `CreateRequestValidatorRequest`. */
const VALIDATOR = structure({
  name: TEXT,
  validateRequestBody: FLAG.default(false),
  validateRequestParameters: FLAG.default(false),
});

/** Who lets callers in, and what checks their requests. */
export function namedPartOperations(apis: RestApis): RestJsonOperation[] {
  return [
    ...operationsOf(apis, "Authorizer", AUTHORIZER, ({ authorizers }) => authorizers),
    ...operationsOf(apis, "RequestValidator", VALIDATOR, ({ validators }) => validators),
  ];
}

/** Of parts that stand under ids of their own, below an API. */
function operationsOf<Part extends object>(
  apis: RestApis,
  name: string,
  members: z.ZodType<Part> & z.ZodObject,
  store: (api: RestApi) => Map<string, Part>,
): RestJsonOperation[] {
  const parts = `${REST_API}/${name.toLowerCase()}s`;
  const one = `${parts}/:partId`;
  const byPart = BY_API.extend({ partId: text(UNBOUNDED, undefined, 1) });
  const partsOf = (restApiId: string) => store(apis.get(restApiId));
  const shapeOf = (restApiId: string, id: string) => ({ id, ...demand(partsOf(restApiId), id, name) });
  return [
    operation(`Create${name}`, `POST ${parts}`, 201, BY_API.loose(), ({ restApiId, ...settings }) => {
      const id = apis.newId();
      partsOf(restApiId).set(id, checkMembers(members, settings));
      return shapeOf(restApiId, id);
    }),
    operation(`Get${name}s`, `GET ${parts}`, 200, BY_API, ({ restApiId }) => ({
      item: [...partsOf(restApiId).keys()].map((id) => shapeOf(restApiId, id)),
    })),
    operation(`Get${name}`, `GET ${one}`, 200, byPart, ({ restApiId, partId }) => shapeOf(restApiId, partId)),
    operation(`Update${name}`, `PATCH ${one}`, 200, byPart.extend(PATCH), ({ restApiId, partId, patchOperations }) => {
      const parts = partsOf(restApiId);
      parts.set(partId, patched(demand(parts, partId, name), patchOperations, members));
      return shapeOf(restApiId, partId);
    }),
    operation(`Delete${name}`, `DELETE ${one}`, 202, byPart, ({ restApiId, partId }) => {
      demand(partsOf(restApiId), partId, name);
      partsOf(restApiId).delete(partId);
    }),
  ];
}
