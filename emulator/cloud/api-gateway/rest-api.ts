import type { JsonSchema, RestApiAttributes, RestApiDeclaration, RestApiMethodDeclaration } from "../../../topology";

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
}

/** A REST API as it stands; times are milliseconds since the epoch. */
export interface RestApi {
  declaration: RestApiDeclaration;
  readonly attributes: RestApiAttributes;
  /** Paths by the ids of their resources. */
  readonly paths: Map<string, string>;
  readonly methods: RestApiMethodDeclaration[];
  readonly models: Map<string, string>;
  /** By id. */
  readonly deployments: Map<string, RestApiDeployment>;
  /** By name. */
  readonly stages: Map<string, RestApiStage>;
  readonly createdAt: number;
  inert: InertSettings;
}
