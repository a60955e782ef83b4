import { z } from "zod";

import { demand } from "../../cloud/api-gateway/rest-api";
import type { RestApis } from "../../cloud/api-gateway/rest-apis";
import { NOT_EMULATED, text, UNBOUNDED } from "../../cloud/constraints";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { PATCH, patched } from "./patch";
import { BY_API, REST_API } from "./rest-apis";

const DEPLOYMENTS = `${REST_API}/deployments`;
const DEPLOYMENT = `${DEPLOYMENTS}/:deploymentId`;
const BY_DEPLOYMENT = BY_API.extend({ deploymentId: text(UNBOUNDED, undefined, 1), embed: NOT_EMULATED });

/** The AWS provider for Terraform sends what it was not given as an empty text or map. */
const isEmpty = (value: unknown) => value === "" || JSON.stringify(value) === "{}";
const OF_A_STAGE = z.preprocess((value) => (isEmpty(value) ? undefined : value), NOT_EMULATED);

/** Botocore `apigateway/2015-07-09`, `CreateDeploymentRequest`, without a stage of its own. */
const NEW_DEPLOYMENT = BY_API.extend({
  description: text(UNBOUNDED).optional(),
  stageName: OF_A_STAGE,
  stageDescription: OF_A_STAGE,
  cacheClusterEnabled: NOT_EMULATED,
  cacheClusterSize: OF_A_STAGE,
  variables: OF_A_STAGE,
  canarySettings: NOT_EMULATED,
  tracingEnabled: NOT_EMULATED,
});

/** Snapshots of REST APIs. */
export function deploymentOperations(apis: RestApis): RestJsonOperation[] {
  const find = (restApiId: string, id: string) => demand(apis.get(restApiId).deployments, id, "deployment");
  const shapeOf = (restApiId: string, id: string) => {
    const { inert, createdAt } = find(restApiId, id);
    return { id, ...inert, createdDate: createdAt / 1_000 };
  };
  return [
    operation("CreateDeployment", `POST ${DEPLOYMENTS}`, 201, NEW_DEPLOYMENT, ({ restApiId, description }) =>
      shapeOf(restApiId, apis.deploy(restApiId, { description })),
    ),
    operation("GetDeployment", `GET ${DEPLOYMENT}`, 200, BY_DEPLOYMENT, ({ restApiId, deploymentId }) =>
      shapeOf(restApiId, deploymentId),
    ),
    operation("UpdateDeployment", `PATCH ${DEPLOYMENT}`, 200, BY_DEPLOYMENT.extend(PATCH), (request) => {
      const { restApiId, deploymentId, patchOperations: patch } = request;
      const deployment = find(restApiId, deploymentId);
      deployment.inert = patched(deployment.inert, patch, NEW_DEPLOYMENT.pick({ description: true }));
      return shapeOf(restApiId, deploymentId);
    }),
    operation("DeleteDeployment", `DELETE ${DEPLOYMENT}`, 202, BY_DEPLOYMENT, ({ restApiId, deploymentId }) =>
      apis.deleteDeployment(restApiId, deploymentId),
    ),
  ];
}
