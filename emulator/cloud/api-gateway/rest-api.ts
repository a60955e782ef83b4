import type { JsonSchema, RestApiAttributes, RestApiDeclaration, RestApiMethodDeclaration } from "../../../topology";

/** A REST API as it stands. */
export interface RestApi {
  readonly declaration: RestApiDeclaration;
  readonly attributes: RestApiAttributes;
  /** Paths by the ids of their resources. */
  readonly paths: Map<string, string>;
  readonly methods: RestApiMethodDeclaration[];
  readonly models: Map<string, string>;
  /** As they were then, by the ids of the deployments. */
  readonly deployments: Map<string, JsonSchema>;
  /** Deployments by the names of the stages. */
  readonly stages: Map<string, string>;
}
