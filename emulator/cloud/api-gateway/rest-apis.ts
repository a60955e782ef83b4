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
import { DIGITS, LOWER_CASE } from "../random";
import { type TagMap, Tags } from "../tags";
import { deploymentActive, partUnknown, restApiEmpty, stageTaken } from "./errors";
import type { InertSettings, RestApi } from "./rest-api";

/** API Gateway's REST APIs: what is exported of them; a server of this machine stands for their integrations. */
export class RestApis {
  private readonly apis = new Map<string, RestApi>();
  /** Of APIs and stages, by ARN. */
  readonly tags = new Tags();

  constructor(private readonly environment: Environment) {}

  create(declaration: RestApiDeclaration, inert: InertSettings = {}, tags?: TagMap): RestApiAttributes {
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
      createdAt: this.now(),
      inert,
    });
    this.tags.create(attributes.arn, tags);
    return attributes;
  }

  all(): readonly RestApi[] {
    return [...this.apis.values()];
  }

  /** @throws AwsError NotFoundException */
  get(restApiId: string): RestApi {
    const api = this.apis.get(restApiId);
    if (!api) {
      throw partUnknown("API");
    }
    return api;
  }

  /** @throws AwsError NotFoundException */
  delete(restApiId: string): void {
    const { stages, attributes } = this.get(restApiId);
    for (const stageName of stages.keys()) {
      this.deleteStage(restApiId, stageName);
    }
    this.tags.delete(attributes.arn);
    this.apis.delete(restApiId);
  }

  /** @throws AwsError NotFoundException */
  addResource(restApiId: string, parentId: string, pathPart: string): { resourceId: string; path: string } {
    const { paths } = this.get(restApiId);
    const parent = demand(paths, parentId, "resource");
    const resourceId = this.newId();
    const path = `${parent === "/" ? "" : parent}/${pathPart}`;
    paths.set(resourceId, path);
    return { resourceId, path };
  }

  /** @throws AwsError NotFoundException */
  addMethod(method: RestApiMethodDeclaration): void {
    const { paths, methods } = this.get(method.restApiId);
    demand(paths, method.resourceId, "resource");
    methods.push(method);
  }

  /** @throws AwsError NotFoundException */
  addModel(restApiId: string, name: string, schema: string): string {
    this.get(restApiId).models.set(name, schema);
    return this.newId();
  }

  /** @throws AwsError NotFoundException, BadRequestException for an API without methods */
  deploy(restApiId: string, inert: InertSettings = {}): string {
    const api = this.get(restApiId);
    if (api.methods.length === 0 && api.declaration.body === undefined) {
      throw restApiEmpty();
    }
    const deploymentId = this.newId();
    const createdAt = this.now();
    api.deployments.set(deploymentId, { document: this.snapshot(api), createdAt, inert });
    return deploymentId;
  }

  /** @throws AwsError NotFoundException, BadRequestException for one that a stage names */
  deleteDeployment(restApiId: string, deploymentId: string): void {
    const { stages, deployments } = this.get(restApiId);
    if ([...stages.values()].some((stage) => stage.deploymentId === deploymentId)) {
      throw deploymentActive();
    }
    demand(deployments, deploymentId, "deployment");
    deployments.delete(deploymentId);
  }

  /** @throws AwsError NotFoundException, ConflictException */
  addStage(
    restApiId: string,
    stageName: string,
    deploymentId: string,
    inert: InertSettings = {},
    tags?: TagMap,
  ): RestApiStageAttributes {
    const api = this.get(restApiId);
    const { deployments, stages } = api;
    demand(deployments, deploymentId, "deployment");
    if (stages.has(stageName)) {
      throw stageTaken();
    }
    const createdAt = this.now();
    stages.set(stageName, { deploymentId, createdAt, updatedAt: createdAt, inert });
    const arn = stageArn(api, stageName);
    this.tags.create(arn, tags);
    return {
      arn,
      invokeUrl: `${this.origin(restApiId)}/${stageName}`,
      executionArn: `${api.attributes.executionArn}/${stageName}`,
    };
  }

  /** @throws AwsError NotFoundException */
  deleteStage(restApiId: string, stageName: string): void {
    const api = this.get(restApiId);
    demand(api.stages, stageName, "stage");
    api.stages.delete(stageName);
    this.tags.delete(stageArn(api, stageName));
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
    const document = api.deployments.get(api.stages.get(stage)?.deploymentId ?? "")?.document;
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

  now(): number {
    return this.environment.clock.now();
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

export function stageArn({ attributes }: RestApi, stageName: string): string {
  return `${attributes.arn}/stages/${stageName}`;
}

/** @throws AwsError NotFoundException */
export function demand<Part>(parts: ReadonlyMap<string, Part>, key: string, what: string): Part {
  const part = parts.get(key);
  if (part === undefined) {
    throw partUnknown(what);
  }
  return part;
}
