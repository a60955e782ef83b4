import type { RestApiAuthorizer, RestApiMethod } from "../../targets";
import { resourceReader } from "./reader";
import { partsOfApi } from "./rest-api";

/** A path, below another one. */
export const restApiResource = resourceReader({
  type: "aws_api_gateway_resource",
  kind: "restApiResource",
  onDemand: ["rest_api_id", "parent_id", "path_part"],
  partsOf: partsOfApi,
  read: (args) => ({
    restApiId: args.text("rest_api_id"),
    parentId: args.text("parent_id"),
    pathPart: args.text("path_part"),
  }),
  assigned: ["id", "path"],
  attributes: (_, { resourceId, path }: { readonly resourceId: string; readonly path: string }) => ({
    id: resourceId,
    path,
  }),
});

export interface RestApiMethodDeclaration extends Omit<RestApiMethod, "path"> {
  readonly restApiId: string;
  readonly resourceId: string;
}

export const restApiMethod = resourceReader({
  type: "aws_api_gateway_method",
  kind: "restApiMethod",
  onDemand: [
    "rest_api_id",
    "resource_id",
    "http_method",
    "authorization",
    "authorizer_id",
    "api_key_required",
    "operation_name",
    "request_parameters",
    "request_models",
  ],
  partsOf: partsOfApi,
  read: (args): RestApiMethodDeclaration => ({
    restApiId: args.text("rest_api_id"),
    resourceId: args.text("resource_id"),
    httpMethod: args.text("http_method"),
    authorizationType: args.text("authorization"),
    authorizerId: args.optionalText("authorizer_id"),
    apiKeyRequired: args.optionalBoolean("api_key_required") ?? false,
    operationName: args.optionalText("operation_name"),
    requestParameters: Object.fromEntries(
      Object.entries(args.optionalTextMap("request_parameters") ?? {}).map(([name, text]) => [name, text === "true"]),
    ),
    requestModels: args.optionalTextMap("request_models") ?? {},
  }),
  assigned: ["id"],
  attributes: ({ restApiId, resourceId, httpMethod }) => ({ id: `agm-${restApiId}-${resourceId}-${httpMethod}` }),
});

/** Who lets callers of methods in: a function, or a user pool. */
export const restApiAuthorizer = resourceReader({
  type: "aws_api_gateway_authorizer",
  kind: "restApiAuthorizer",
  onDemand: ["rest_api_id", "name", "type", "identity_source"],
  partsOf: partsOfApi,
  read: (args): RestApiAuthorizer & { readonly restApiId: string } => ({
    restApiId: args.text("rest_api_id"),
    name: args.text("name"),
    type: args.optionalText("type") ?? "TOKEN",
    identitySource: args.optionalText("identity_source") ?? "method.request.header.Authorization",
  }),
  assigned: ["id"],
  attributes: (_, { authorizerId }: { readonly authorizerId: string }) => ({ id: authorizerId }),
});

/** What answers a method, of which nothing but that it is there matters. */
export const restApiIntegration = resourceReader({
  type: "aws_api_gateway_integration",
  kind: "restApiIntegration",
  onDemand: ["rest_api_id", "resource_id", "http_method"],
  partsOf: partsOfApi,
  read: (args) => ({
    restApiId: args.text("rest_api_id"),
    resourceId: args.text("resource_id"),
    httpMethod: args.text("http_method"),
  }),
  assigned: ["id"],
  attributes: ({ restApiId, resourceId, httpMethod }) => ({ id: `agi-${restApiId}-${resourceId}-${httpMethod}` }),
});

/** A schema for the bodies of requests. */
export const restApiModel = resourceReader({
  type: "aws_api_gateway_model",
  kind: "restApiModel",
  onDemand: ["rest_api_id", "name", "schema"],
  partsOf: partsOfApi,
  read: (args) => ({
    restApiId: args.text("rest_api_id"),
    name: args.text("name"),
    schema: args.optionalText("schema") ?? "{}",
  }),
  assigned: ["id"],
  attributes: (_, { modelId }: { readonly modelId: string }) => ({ id: modelId }),
});

/** A snapshot of the API. */
export const restApiDeployment = resourceReader({
  type: "aws_api_gateway_deployment",
  kind: "restApiDeployment",
  onDemand: ["rest_api_id"],
  partsOf: partsOfApi,
  read: (args) => ({ restApiId: args.text("rest_api_id") }),
  assigned: ["id"],
  attributes: (_, { deploymentId }: { readonly deploymentId: string }) => ({ id: deploymentId }),
});

export interface RestApiStageAttributes {
  readonly arn: string;
  readonly invokeUrl: string;
  readonly executionArn: string;
}

/** A name for a snapshot, under which it is called. */
export const restApiStage = resourceReader({
  type: "aws_api_gateway_stage",
  kind: "restApiStage",
  onDemand: ["rest_api_id", "stage_name", "deployment_id"],
  partsOf: partsOfApi,
  read: (args) => ({
    restApiId: args.text("rest_api_id"),
    stageName: args.text("stage_name"),
    deploymentId: args.text("deployment_id"),
  }),
  assigned: ["id", "arn", "invoke_url", "execution_arn"],
  attributes: ({ restApiId, stageName }, { arn, invokeUrl, executionArn }: RestApiStageAttributes) => ({
    id: `ags-${restApiId}-${stageName}`,
    arn,
    invoke_url: invokeUrl,
    execution_arn: executionArn,
  }),
});
