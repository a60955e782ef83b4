import type {
  JsonSchema,
  RestApiAttributes,
  RestApiAuthorizer,
  RestApiDeclaration,
  RestApiMethod,
} from "../../../topology";
import { partUnknown } from "./errors";

/** Settings that are kept and given back, by the names of the API, without effect. */
export type InertSettings = Readonly<Record<string, unknown>>;

/** An API as it was when it was deployed. */
export interface RestApiDeployment {
  readonly document: JsonSchema;
  readonly createdAt: number;
  inert: InertSettings;
}

/** A name for a deployment. */
export interface RestApiStage {
  deploymentId: string;
  readonly createdAt: number;
  updatedAt: number;
  inert: InertSettings;
  /** Of all methods, or of one: metrics, logs, throttles and caches, without effect. */
  methodSettings?: InertSettings;
}

/** JSON Schema for the bodies of requests. */
export interface RestApiModel {
  readonly id: string;
  readonly name: string;
  readonly schema: string;
}

export type RestApiMethodSettings = Omit<RestApiMethod, "path" | "httpMethod">;

/** A path, below that of its parent. */
export interface RestApiResource {
  readonly id: string;
  /** @default - the root */
  readonly parentId?: string;
  readonly pathPart?: string;
}

/** A REST API as it stands; times are milliseconds since the epoch. */
export interface RestApi {
  declaration: RestApiDeclaration;
  readonly attributes: RestApiAttributes;
  /** By id. */
  readonly resources: Map<string, RestApiResource>;
  /** By resource and HTTP method. */
  readonly methods: Map<string, RestApiMethodSettings>;
  /** Integrations of methods, and the responses of both, by the method's key and the rest of their path in the API. */
  readonly parts: Map<string, InertSettings>;
  /** By id. */
  readonly authorizers: Map<string, RestApiAuthorizer>;
  /** By id; what they check, the gateway has checked already. */
  readonly validators: Map<string, InertSettings>;
  /** By name. */
  readonly models: Map<string, RestApiModel>;
  /** By id. */
  readonly deployments: Map<string, RestApiDeployment>;
  /** By name. */
  readonly stages: Map<string, RestApiStage>;
  readonly createdAt: number;
  inert: InertSettings;
}

/** @throws AwsError NotFoundException */
export function demand<Part>(parts: ReadonlyMap<string, Part>, key: string, what: string): Part {
  const part = parts.get(key);
  if (part === undefined) throw partUnknown(what);
  return part;
}
