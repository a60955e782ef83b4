import { demand } from "../../cloud/api-gateway/rest-api";
import type { RestApis } from "../../cloud/api-gateway/rest-apis";
import { text, UNBOUNDED } from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { PATCH, patched } from "./patch";
import { BY_API, REST_API } from "./rest-apis";

const MODELS = `${REST_API}/models`;
const MODEL = `${MODELS}/:modelName`;
const BY_MODEL = BY_API.extend({ modelName: text(UNBOUNDED, undefined, 1) });

/** Botocore `apigateway/2015-07-09`, `CreateModelRequest`; names: API Gateway developer guide, "models-mappings-models". */
const NEW_MODEL = BY_API.extend({
  name: text(UNBOUNDED, "[A-Za-z0-9]+"),
  contentType: text(UNBOUNDED, undefined, 1),
  description: text(UNBOUNDED).optional(),
  schema: text(UNBOUNDED).default("{}"),
});
const CHANGEABLE = NEW_MODEL.pick({ description: true, schema: true });

/** JSON Schema for the bodies of requests. */
export function modelOperations(apis: RestApis): RestJsonOperation[] {
  const find = (restApiId: string, name: string) => demand(apis.get(restApiId).models, name, "Model");
  return [
    operation("CreateModel", `POST ${MODELS}`, 201, NEW_MODEL, ({ restApiId, ...model }) => {
      apis.addModel(restApiId, model);
      return find(restApiId, model.name);
    }),
    operation("GetModel", `GET ${MODEL}`, 200, BY_MODEL, ({ restApiId, modelName }) => find(restApiId, modelName)),
    operation("UpdateModel", `PATCH ${MODEL}`, 200, BY_MODEL.extend(PATCH), (request) => {
      const { restApiId, modelName, patchOperations: patch } = request;
      const model = patched(find(restApiId, modelName), patch, CHANGEABLE);
      apis.get(restApiId).models.set(modelName, model);
      return find(restApiId, modelName);
    }),
    operation("DeleteModel", `DELETE ${MODEL}`, 202, BY_MODEL, ({ restApiId, modelName }) => {
      find(restApiId, modelName);
      apis.get(restApiId).models.delete(modelName);
    }),
  ];
}
