import { apiHost } from "../../../aws/hosts";
import {
  exportedApi,
  type JsonSchema,
  parseOpenApi,
  type RestApiAttributes,
  type RestApiDeclaration,
  type RestApiMethodDeclaration,
  type RestApiStageAttributes,
  TargetDocumentError,
} from "../../../topology";
import type { Environment } from "../environment";
import type { AwsError } from "../errors";
import { DIGITS, LOWER_CASE } from "../random";
import { refusal } from "../refusal";
import type { RestApi } from "./rest-api";

/** API Gateway's REST APIs: what is exported of them; a server of this machine stands for their integrations. */
export class RestApis {
  private readonly apis = new Map<string, RestApi>();

  constructor(private readonly environment: Environment) {}

  create(declaration: RestApiDeclaration): RestApiAttributes {
    const { partition, region } = this.environment;
    const restApiId = this.newId();
    const rootResourceId = this.newId();
    const attributes = {
      restApiId,
      rootResourceId,
      arn: `arn:${partition}:apigateway:${region}::/restapis/${restApiId}`,
      executionArn: this.executionArn(restApiId),
    };
    this.apis.set(restApiId, {
      declaration,
      attributes,
      paths: new Map([[rootResourceId, "/"]]),
      methods: [],
      models: new Map(),
      deployments: new Map(),
      stages: new Map(),
    });
    return attributes;
  }

  /** @throws AwsError ResourceNotFoundException */
  addResource(restApiId: string, parentId: string, pathPart: string): { resourceId: string; path: string } {
    const { paths } = this.get(restApiId);
    const parent = paths.get(parentId);
    if (parent === undefined) {
      throw notFound("resource");
    }
    const resourceId = this.newId();
    const path = `${parent === "/" ? "" : parent}/${pathPart}`;
    paths.set(resourceId, path);
    return { resourceId, path };
  }

  /** @throws AwsError ResourceNotFoundException */
  addMethod(method: RestApiMethodDeclaration): void {
    const { paths, methods } = this.get(method.restApiId);
    if (!paths.has(method.resourceId)) {
      throw notFound("resource");
    }
    methods.push(method);
  }

  /** @throws AwsError ResourceNotFoundException */
  addModel(restApiId: string, name: string, schema: string): string {
    this.get(restApiId).models.set(name, schema);
    return this.newId();
  }

  /** @throws AwsError ResourceNotFoundException, ValidationException for an API without methods */
  deploy(restApiId: string): string {
    const api = this.get(restApiId);
    if (api.methods.length === 0 && api.declaration.body === undefined) {
      throw refusal("rest-api-empty", "The REST API doesn't contain any methods");
    }
    const deploymentId = this.newId();
    api.deployments.set(deploymentId, this.snapshot(api));
    return deploymentId;
  }

  /** @throws AwsError ResourceNotFoundException */
  addStage(restApiId: string, stageName: string, deploymentId: string): RestApiStageAttributes {
    const { deployments, stages, attributes } = this.get(restApiId);
    if (!deployments.has(deploymentId)) {
      throw notFound("deployment");
    }
    stages.set(stageName, deploymentId);
    return {
      arn: `${attributes.arn}/stages/${stageName}`,
      invokeUrl: `${this.origin(restApiId)}/${stageName}`,
      executionArn: `${attributes.executionArn}/${stageName}`,
    };
  }

  /** What `GetExport` answers for a stage. @throws TargetDocumentError in words that are a guess */
  export(restApiId: string, stage: string): JsonSchema {
    const api = this.apis.get(restApiId);
    if (!api) {
      throw new TargetDocumentError(
        `The REST API ${restApiId} is none of the account's, so nothing is known of it.`,
        true,
      );
    }
    if (api.declaration.endpointTypes?.includes("PRIVATE")) {
      throw new TargetDocumentError(`The REST API ${restApiId} has a private endpoint, which targets do not support.`);
    }
    const document = api.deployments.get(api.stages.get(stage) ?? "");
    if (!document) {
      throw new TargetDocumentError(`The REST API ${restApiId} has no stage ${stage}.`);
    }
    const variables = { basePath: { default: stage } };
    return { ...document, servers: [{ url: `${this.origin(restApiId)}/{basePath}`, variables }] };
  }

  private snapshot(api: RestApi): JsonSchema {
    const { body } = api.declaration;
    return body === undefined ? exportedApi(api) : parseOpenApi(body);
  }

  private get(restApiId: string): RestApi {
    const api = this.apis.get(restApiId);
    if (!api) {
      throw notFound("API");
    }
    return api;
  }

  private newId(): string {
    return this.environment.random.text(10, LOWER_CASE + DIGITS);
  }

  private origin(restApiId: string): string {
    return `https://${restApiId}.${apiHost("execute-api", this.environment.region)}`;
  }

  private executionArn(restApiId: string): string {
    const { partition, region, accountId } = this.environment;
    return `arn:${partition}:execute-api:${region}:${accountId}:${restApiId}`;
  }
}

function notFound(what: string): AwsError {
  return refusal("rest-api-part-unknown", `Invalid ${what} identifier specified`);
}
