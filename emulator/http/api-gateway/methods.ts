import { z } from "zod";

import { checkMembers } from "../../cloud/agentcore-constraints";
import { noHttpMethod } from "../../cloud/api-gateway/errors";
import {
  INTEGRATION,
  INTEGRATION_RESPONSE,
  METHOD,
  METHOD_RESPONSE,
  type PartKind,
  type PartPlace,
} from "../../cloud/api-gateway/method-parts";
import type { RestApi } from "../../cloud/api-gateway/rest-api";
import type { RestApis } from "../../cloud/api-gateway/rest-apis";
import { listOf, mapOf, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { operation, queryInteger, type RestJsonOperation } from "../protocols/aws-rest-json";
import { FLAG, PATCH, patched } from "./patch";
import { BY_RESOURCE, RESOURCE } from "./resources";

/** API Gateway API reference, "PutMethod". */
const HTTP_METHOD = oneOf(["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "ANY"]);
const BY_PART = BY_RESOURCE.extend({
  method: HTTP_METHOD,
  statusCode: text(UNBOUNDED, "[1-5]\\d\\d").optional(),
}).loose();

const TEXT = text(UNBOUNDED).optional();
const TEXTS = listOf(text(UNBOUNDED), UNBOUNDED);
const TEXT_MAP = mapOf(text(UNBOUNDED), text(UNBOUNDED), UNBOUNDED).default({});
const FLAG_MAP = mapOf(text(UNBOUNDED), FLAG, UNBOUNDED).default({});
const CONTENT_HANDLING = oneOf(["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]).optional();

/** Botocore `apigateway/2015-07-09`, `PutMethodRequest`. */
const METHOD_SETTINGS = structure({
  authorizationType: text(UNBOUNDED, undefined, 1),
  authorizerId: TEXT,
  apiKeyRequired: FLAG.default(false),
  operationName: TEXT,
  requestParameters: FLAG_MAP,
  requestModels: TEXT_MAP,
  requestValidatorId: TEXT,
  authorizationScopes: TEXTS.optional(),
});

/** Botocore, `PutIntegrationRequest`; `httpMethod` is that towards the integration. */
const INTEGRATION_SETTINGS = structure({
  type: oneOf(["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"]),
  httpMethod: TEXT,
  uri: TEXT,
  connectionType: oneOf(["INTERNET", "VPC_LINK"]).default("INTERNET"),
  connectionId: TEXT,
  credentials: TEXT,
  requestParameters: TEXT_MAP,
  requestTemplates: TEXT_MAP,
  passthroughBehavior: oneOf(["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"]).default("WHEN_NO_MATCH"),
  cacheNamespace: TEXT,
  cacheKeyParameters: TEXTS.default([]),
  contentHandling: CONTENT_HANDLING,
  timeoutInMillis: queryInteger(50, 300_000).default(29_000),
  tlsConfig: structure({ insecureSkipVerification: FLAG.optional() }).optional(),
});

/** Botocore, `PutMethodResponseRequest`. */
const METHOD_RESPONSE_SETTINGS = structure({ responseParameters: FLAG_MAP, responseModels: TEXT_MAP });

/** Botocore, `PutIntegrationResponseRequest`. */
const INTEGRATION_RESPONSE_SETTINGS = structure({
  selectionPattern: TEXT,
  responseParameters: TEXT_MAP,
  responseTemplates: TEXT_MAP,
  contentHandling: CONTENT_HANDLING,
});

/** The methods of paths, and what answers them. */
export function methodOperations(apis: RestApis): RestJsonOperation[] {
  return [
    ...partOperations(apis, METHOD, METHOD_SETTINGS, (api, place) => ({
      httpMethod: place.httpMethod,
      methodResponses: METHOD_RESPONSE.ofStatuses(api, place),
      methodIntegration: INTEGRATION.find(api, place),
    })),
    ...partOperations(apis, INTEGRATION, INTEGRATION_SETTINGS, (api, place) => ({
      integrationResponses: INTEGRATION_RESPONSE.ofStatuses(api, place),
    })),
    ...partOperations(apis, METHOD_RESPONSE, METHOD_RESPONSE_SETTINGS),
    ...partOperations(apis, INTEGRATION_RESPONSE, INTEGRATION_RESPONSE_SETTINGS),
  ];
}

function partOperations<Settings extends object>(
  apis: RestApis,
  kind: PartKind<Settings>,
  settings: z.ZodType<Settings> & z.ZodObject,
  more = (_: RestApi, { statusCode }: PartPlace): object => ({ statusCode }),
): RestJsonOperation[] {
  const route = `${RESOURCE}/methods/:method${kind.path}`;
  const placeOf = ({ method, ...place }: z.output<typeof BY_PART>): PartPlace => ({ ...place, httpMethod: method });
  const shapeOf = (api: RestApi, place: PartPlace) => ({ ...kind.demand(api, place), ...more(api, place) });
  return [
    operation(`Put${kind.name}`, `PUT ${route}`, 201, BY_PART, (request) => {
      const [api, place] = [apis.ofParts(request.restApiId), placeOf(request)];
      kind.add(api, place, checkMembers(settings, kind === INTEGRATION ? integrationOf(request) : request));
      return shapeOf(api, place);
    }),
    operation(`Get${kind.name}`, `GET ${route}`, 200, BY_PART, (request) =>
      shapeOf(apis.get(request.restApiId), placeOf(request)),
    ),
    operation(`Update${kind.name}`, `PATCH ${route}`, 200, BY_PART.extend(PATCH), (request) => {
      const [api, place] = [apis.get(request.restApiId), placeOf(request)];
      kind.set(api, place, patched(kind.demand(api, place), request.patchOperations, settings));
      return shapeOf(api, place);
    }),
    operation(`Delete${kind.name}`, `DELETE ${route}`, 204, BY_PART, (request) =>
      kind.delete(apis.get(request.restApiId), placeOf(request)),
    ),
  ];
}

/** @throws AwsError BadRequestException without a method to call by */
function integrationOf({ resourceId, ...settings }: z.output<typeof BY_PART>): object {
  if (settings["type"] !== "MOCK" && settings["httpMethod"] === undefined) throw noHttpMethod();
  return { cacheNamespace: resourceId, ...settings };
}
