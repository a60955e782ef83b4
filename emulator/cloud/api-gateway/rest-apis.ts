import { apiHost } from "../../../aws/hosts";
import {
  exportedApi,
  type JsonSchema,
  parseOpenApi,
  type RestApiAttributes,
  type RestApiDeclaration,
  type RestApiStageAttributes,
  TargetDocumentError,
} from "../../../topology";
import type { Environment } from "../environment";
import { DIGITS, LOWER_CASE } from "../random";
import { Registry } from "../registry";
import { type TagMap, Tags } from "../tags";
import {
  besideBody,
  deploymentActive,
  modelTaken,
  noIntegration,
  noMethods,
  partUnknown,
  pathTaken,
  stageTaken,
} from "./errors";
import { deleteBelow } from "./method-parts";
import { demand, type InertSettings, type RestApi, type RestApiModel, type RestApiResource } from "./rest-api";

/** API Gateway's REST APIs: what is exported of them; a server of this machine stands for their integrations. */
export class RestApis extends Registry<RestApi> {
  /** Of APIs and stages, by ARN. */
  readonly tags = new Tags();

  constructor(private readonly environment: Environment) {
    super(() => partUnknown("API"));
  }

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
    this.items.set(restApiId, {
      declaration,
      attributes,
      resources: new Map([[rootResourceId, { id: rootResourceId }]]),
      methods: new Map(),
      parts: new Map(),
      authorizers: new Map(),
      validators: new Map(),
      models: new Map(),
      deployments: new Map(),
      stages: new Map(),
      createdAt: this.now(),
      inert,
    });
    this.tags.create(attributes.arn, tags);
    return attributes;
  }

  /** One that is made of resources. @throws AwsError NotFoundException */
  ofParts(restApiId: string): RestApi {
    const api = this.get(restApiId);
    if (api.declaration.body !== undefined) throw besideBody(restApiId);
    return api;
  }

  /** @throws AwsError NotFoundException */
  override delete(restApiId: string): void {
    const { stages, attributes } = this.get(restApiId);
    for (const stageName of stages.keys()) this.deleteStage(restApiId, stageName);
    this.tags.delete(attributes.arn);
    this.items.delete(restApiId);
  }

  /** @throws AwsError NotFoundException, ConflictException */
  addResource(restApiId: string, parentId: string, pathPart: string): { resourceId: string; path: string } {
    const api = this.ofParts(restApiId);
    const resource = { id: this.newId(), parentId, pathPart };
    this.place(api, resource);
    return { resourceId: resource.id, path: pathOf(api, resource.id) };
  }

  /** Puts a new resource, or one that moves, where it belongs. @throws AwsError NotFoundException, ConflictException */
  place(api: RestApi, resource: Required<RestApiResource>): void {
    const { id, parentId, pathPart } = resource;
    demand(api.resources, parentId, "Resource");
    const isTaken = (each: RestApiResource) =>
      each.id !== id && each.parentId === parentId && each.pathPart === pathPart;
    if ([...api.resources.values()].some(isTaken)) throw pathTaken(pathPart);
    api.resources.set(id, resource);
  }

  /** With those below it. @throws AwsError NotFoundException */
  deleteResource(restApiId: string, resourceId: string): void {
    const api = this.ofParts(restApiId);
    demand(api.resources, resourceId, "Resource");
    deleteBelow(api, resourceId);
    api.resources.delete(resourceId);
    for (const { id, parentId } of api.resources.values()) {
      if (parentId === resourceId) this.deleteResource(restApiId, id);
    }
  }

  /** @throws AwsError NotFoundException, ConflictException */
  addModel(restApiId: string, model: Omit<RestApiModel, "id">): string {
    const { models } = this.ofParts(restApiId);
    if (models.has(model.name)) throw modelTaken();
    const id = this.newId();
    models.set(model.name, { id, ...model });
    return id;
  }

  /** @throws AwsError NotFoundException, BadRequestException for an API without methods, or a method without integration */
  deploy(restApiId: string, inert: InertSettings = {}): string {
    const api = this.get(restApiId);
    if (api.methods.size === 0 && api.declaration.body === undefined) throw noMethods();
    if (![...api.methods.keys()].every((key) => api.parts.has(`${key}/integration`))) throw noIntegration();
    const deploymentId = this.newId();
    const createdAt = this.now();
    api.deployments.set(deploymentId, { document: this.snapshot(api), createdAt, inert });
    return deploymentId;
  }

  /** @throws AwsError NotFoundException, BadRequestException for one that a stage names */
  deleteDeployment(restApiId: string, deploymentId: string): void {
    const { stages, deployments } = this.get(restApiId);
    if ([...stages.values()].some((stage) => stage.deploymentId === deploymentId)) throw deploymentActive();
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
    if (stages.has(stageName)) throw stageTaken();
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

  /** Puts a body in the place of all that an API has. */
  putBody(api: RestApi, body: string, name = api.declaration.name): void {
    api.declaration = { ...api.declaration, name, body };
    for (const parts of [api.methods, api.parts, api.models]) parts.clear();
    for (const { id, parentId } of api.resources.values()) if (parentId !== undefined) api.resources.delete(id);
  }

  /** What `GetExport` answers for a stage. @throws TargetDocumentError in words that are a guess */
  export(restApiId: string, stage: string): JsonSchema {
    const api = this.items.get(restApiId);
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
    if (!document) throw new TargetDocumentError(`The REST API ${restApiId} has no stage ${stage}.`);
    const variables = { basePath: { default: stage } };
    return { ...document, servers: [{ url: `${this.origin(restApiId)}/{basePath}`, variables }] };
  }

  private snapshot(api: RestApi): JsonSchema {
    const { body, name } = api.declaration;
    if (body !== undefined) return parseOpenApi(body);
    const methods = [...api.methods].map(([key, settings]) => {
      const [resourceId = "", httpMethod = ""] = key.split("/");
      return { ...settings, path: pathOf(api, resourceId), httpMethod };
    });
    const models = Object.fromEntries([...api.models].map(([model, { schema }]) => [model, schema]));
    const document = exportedApi(name, methods, models, Object.fromEntries(api.authorizers));
    const { apiKeySource = api.inert["apiKeySource"] } = api.declaration;
    return { ...document, "x-amazon-apigateway-api-key-source": apiKeySource };
  }

  now(): number {
    return this.environment.clock.now();
  }

  newId(): string {
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

/** The root's is `/`. @throws AwsError NotFoundException */
export function pathOf(api: RestApi, resourceId: string): string {
  return `/${lineage(api, resourceId)
    .map(({ pathPart }) => pathPart)
    .join("/")}`;
}

/** A resource and those above it, without the root. */
export function lineage(api: RestApi, resourceId: string): RestApiResource[] {
  const resource = demand(api.resources, resourceId, "Resource");
  return resource.parentId === undefined ? [] : [...lineage(api, resource.parentId), resource];
}
