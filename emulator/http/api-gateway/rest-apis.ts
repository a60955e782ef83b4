import { z } from "zod";

import { parseOpenApi, TargetDocumentError, type JsonSchema } from "../../../topology";
import { notOpenApi } from "../../cloud/api-gateway/errors";
import type { RestApi } from "../../cloud/api-gateway/rest-api";
import type { RestApis } from "../../cloud/api-gateway/rest-apis";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { paginate } from "../../cloud/pagination";
import { operation, queryInteger, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP } from "../protocols/tag-list";
import { PATCH, patched } from "./patch";

export const REST_API = "/restapis/:restApiId";
export const BY_API = structure({ restApiId: text(UNBOUNDED, undefined, 1) });

/** Botocore `apigateway/2015-07-09`, `CreateRestApiRequest`. */
const NEW_API = structure({
  name: text(UNBOUNDED, undefined, 1),
  description: text(UNBOUNDED).optional(),
  version: text(UNBOUNDED).optional(),
  binaryMediaTypes: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  minimumCompressionSize: integer(0, 10 * 1_024 * 1_024).optional(),
  apiKeySource: oneOf(["HEADER", "AUTHORIZER"]).default("HEADER"),
  endpointConfiguration: structure({
    types: listOf(oneOf(["REGIONAL", "EDGE", "PRIVATE"]), 1).default(["EDGE"]),
    ipAddressType: oneOf(["ipv4", "dualstack"]).default("ipv4"),
    vpcEndpointIds: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
  }).prefault({}),
  disableExecuteApiEndpoint: boolean().default(false),
  tags: TAG_MAP.optional(),
  cloneFrom: NOT_EMULATED,
  policy: NOT_EMULATED,
  securityPolicy: NOT_EMULATED,
  endpointAccessMode: NOT_EMULATED,
});
const CHANGEABLE = NEW_API.pick({ name: true, description: true, apiKeySource: true });
/** Merging needs what is there of resources; whatever else is a parameter of the import. */
const IMPORTED = BY_API.extend({
  mode: oneOf(["overwrite"]),
  failonwarnings: text(UNBOUNDED).optional(),
  body: text(UNBOUNDED),
}).strict();

/** Of an OpenAPI document, what it calls the API. */
const INFO = z.object({ title: z.string().optional(), description: z.string().optional() }).catch({});

/** REST APIs themselves. */
export function restApiOperations(apis: RestApis): RestJsonOperation[] {
  const shapeOf = (api: RestApi) => ({
    id: api.attributes.restApiId,
    name: api.declaration.name,
    ...api.inert,
    createdDate: api.createdAt / 1_000,
    rootResourceId: api.attributes.rootResourceId,
    tags: apis.tags.list(api.attributes.arn),
  });
  return [
    operation("CreateRestApi", "POST /restapis", 201, NEW_API, ({ name, tags, ...inert }) => {
      const { restApiId } = apis.create({ name, endpointTypes: inert.endpointConfiguration.types }, inert, tags);
      return shapeOf(apis.get(restApiId));
    }),
    {
      ...operation("PutRestApi", `PUT ${REST_API}`, 200, IMPORTED, ({ restApiId, body }) => {
        const api = apis.get(restApiId);
        const { title: name, description } = INFO.parse(readBody(body)["info"]);
        apis.putBody(api, body, name);
        api.inert = { ...api.inert, description };
        return shapeOf(api);
      }),
      payload: "body",
    },
    operation("GetRestApi", `GET ${REST_API}`, 200, BY_API, ({ restApiId }) => shapeOf(apis.get(restApiId))),
    operation(
      "GetRestApis",
      "GET /restapis",
      200,
      structure({ position: text(UNBOUNDED).optional(), limit: queryInteger(1, 500) }),
      ({ position, limit = 25 }) => {
        const page = { maxResults: limit, nextToken: position };
        const { items, nextToken } = paginate(apis.all(), page, { most: 500, refusal: "BadRequestException" });
        return { item: items.map(shapeOf), position: nextToken };
      },
    ),
    operation(
      "UpdateRestApi",
      `PATCH ${REST_API}`,
      200,
      BY_API.extend(PATCH),
      ({ restApiId, patchOperations: patch }) => {
        const api = apis.get(restApiId);
        const settings = { name: api.declaration.name, ...api.inert };
        const { name, ...inert } = patched(settings, patch, CHANGEABLE);
        api.declaration = { ...api.declaration, name };
        api.inert = inert;
        return shapeOf(api);
      },
    ),
    operation("DeleteRestApi", `DELETE ${REST_API}`, 202, BY_API, ({ restApiId }) => apis.delete(restApiId)),
  ];
}

/** @throws AwsError BadRequestException for what is no OpenAPI */
function readBody(body: string): JsonSchema {
  try {
    return parseOpenApi(body);
  } catch (error) {
    throw error instanceof TargetDocumentError ? notOpenApi(error) : error;
  }
}
