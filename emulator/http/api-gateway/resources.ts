import { belowItself } from "../../cloud/api-gateway/errors";
import { methodsOf } from "../../cloud/api-gateway/method-parts";
import { demand, type RestApi } from "../../cloud/api-gateway/rest-api";
import { lineage, pathOf, type RestApis } from "../../cloud/api-gateway/rest-apis";
import { structure, text, UNBOUNDED } from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { PATCH, patched } from "./patch";
import { BY_API, REST_API } from "./rest-apis";

const RESOURCES = `${REST_API}/resources`;
/** API Gateway developer guide, "api-gateway-method-settings-method-request": a name, or one in braces, greedy with a plus. */
const PATH_PART = text(UNBOUNDED, "[\\w.:-]+|\\{[\\w.:-]+\\+?\\}");

export const RESOURCE = `${RESOURCES}/:resourceId`;
export const BY_RESOURCE = BY_API.extend({ resourceId: text(UNBOUNDED, undefined, 1) });

/** Botocore `apigateway/2015-07-09`, `CreateResourceRequest`. */
const PLACE = structure({ parentId: text(UNBOUNDED, undefined, 1), pathPart: PATH_PART });

/** The paths of REST APIs. */
export function resourceOperations(apis: RestApis): RestJsonOperation[] {
  const shapeOf = (api: RestApi, resourceId: string) => ({
    ...demand(api.resources, resourceId, "Resource"),
    path: pathOf(api, resourceId),
    resourceMethods: methodsOf(api, resourceId),
  });
  return [
    operation("GetResources", `GET ${RESOURCES}`, 200, BY_API, ({ restApiId }) => {
      const api = apis.get(restApiId);
      return { item: [...api.resources.keys()].map((resourceId) => shapeOf(api, resourceId)) };
    }),
    operation("CreateResource", `POST ${RESOURCES}/:parentId`, 201, BY_API.extend(PLACE.shape), (request) => {
      const { restApiId, parentId, pathPart } = request;
      const { resourceId } = apis.addResource(restApiId, parentId, pathPart);
      return shapeOf(apis.get(restApiId), resourceId);
    }),
    operation("GetResource", `GET ${RESOURCE}`, 200, BY_RESOURCE, ({ restApiId, resourceId }) =>
      shapeOf(apis.get(restApiId), resourceId),
    ),
    operation("UpdateResource", `PATCH ${RESOURCE}`, 200, BY_RESOURCE.extend(PATCH), (request) => {
      const { restApiId, resourceId, patchOperations: patch } = request;
      const api = apis.get(restApiId);
      const moved = patched(demand(api.resources, resourceId, "Resource"), patch, PLACE);
      if (lineage(api, moved.parentId).some(({ id }) => id === resourceId)) throw belowItself();
      apis.place(api, moved);
      return shapeOf(api, resourceId);
    }),
    operation("DeleteResource", `DELETE ${RESOURCE}`, 202, BY_RESOURCE, ({ restApiId, resourceId }) =>
      apis.deleteResource(restApiId, resourceId),
    ),
  ];
}
