import { demand } from "../../cloud/api-gateway/rest-api";
import { type RestApis, stageArn } from "../../cloud/api-gateway/rest-apis";
import { boolean, mapOf, NOT_EMULATED, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP } from "../protocols/tag-list";
import { type MethodSettings, patchedSettings } from "./method-settings";
import { FLAG, PATCH, patched, type PatchOperation } from "./patch";
import { BY_API, REST_API } from "./rest-apis";

const STAGES = `${REST_API}/stages`;
const STAGE = `${STAGES}/:stageName`;
const BY_STAGE = BY_API.extend({ stageName: text(128, undefined, 1) });

/** Botocore `apigateway/2015-07-09`, `CreateStageRequest`; names: API Gateway developer guide, "set-up-stages". */
const NEW_STAGE = BY_STAGE.extend({
  deploymentId: text(UNBOUNDED, undefined, 1),
  description: text(UNBOUNDED).optional(),
  variables: mapOf(text(UNBOUNDED), text(UNBOUNDED), UNBOUNDED).optional(),
  documentationVersion: text(UNBOUNDED).optional(),
  cacheClusterEnabled: boolean().default(false),
  tracingEnabled: FLAG.default(false),
  tags: TAG_MAP.optional(),
  cacheClusterSize: NOT_EMULATED,
  canarySettings: NOT_EMULATED,
});

/** Kept and given back, as what a new stage is given is. */
const CHANGEABLE = NEW_STAGE.pick({
  deploymentId: true,
  description: true,
  variables: true,
  documentationVersion: true,
  tracingEnabled: true,
}).extend({
  accessLogSettings: structure({
    destinationArn: text(UNBOUNDED).optional(),
    format: text(UNBOUNDED).optional(),
  }).optional(),
});

/** The names under which deployments are called. */
export function stageOperations(apis: RestApis): RestJsonOperation[] {
  const find = (restApiId: string, stageName: string) => demand(apis.get(restApiId).stages, stageName, "stage");
  const shapeOf = (restApiId: string, stageName: string) => {
    const { deploymentId, inert, methodSettings = {}, createdAt, updatedAt } = find(restApiId, stageName);
    return {
      stageName,
      deploymentId,
      ...inert,
      cacheClusterStatus: "NOT_AVAILABLE",
      methodSettings,
      createdDate: createdAt / 1_000,
      lastUpdatedDate: updatedAt / 1_000,
      tags: apis.tags.list(stageArn(apis.get(restApiId), stageName)),
    };
  };
  return [
    operation("CreateStage", `POST ${STAGES}`, 201, NEW_STAGE, (request) => {
      const { restApiId, stageName, deploymentId, tags, ...inert } = request;
      apis.addStage(restApiId, stageName, deploymentId, inert, tags);
      return shapeOf(restApiId, stageName);
    }),
    operation("GetStage", `GET ${STAGE}`, 200, BY_STAGE, ({ restApiId, stageName }) => shapeOf(restApiId, stageName)),
    operation("UpdateStage", `PATCH ${STAGE}`, 200, BY_STAGE.extend(PATCH), (request) => {
      const { restApiId, stageName, patchOperations: patch } = request;
      const stage = find(restApiId, stageName);
      let methodSettings = (stage.methodSettings ?? {}) as MethodSettings;
      const others: PatchOperation[] = [];
      for (const each of patch) {
        const changed = patchedSettings(methodSettings, each);
        if (changed) methodSettings = changed;
        else others.push(each);
      }
      const settings = { deploymentId: stage.deploymentId, ...stage.inert };
      const { deploymentId, ...inert } = patched(settings, others, CHANGEABLE);
      demand(apis.get(restApiId).deployments, deploymentId, "deployment");
      Object.assign(stage, { deploymentId, inert, methodSettings, updatedAt: apis.now() });
      return shapeOf(restApiId, stageName);
    }),
    operation("DeleteStage", `DELETE ${STAGE}`, 202, BY_STAGE, ({ restApiId, stageName }) =>
      apis.deleteStage(restApiId, stageName),
    ),
  ];
}
