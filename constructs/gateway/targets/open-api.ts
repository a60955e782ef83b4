import type { IOpenApiTargetCredential } from "../outbound-auth/target-credential";
import type { ApiSchema } from "./api-schema";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/** What an OpenAPI target of a gateway is made with. */
export interface OpenApiTargetOptions extends GatewayTargetOptions {
  /** OpenAPI 3.0 or 3.1. Its operations become tools, called as their `operationId`. */
  readonly apiSchema: ApiSchema;

  /** How the gateway authorizes itself to the API: one way, or an empty list for none. */
  readonly credentialProviderConfigurations: readonly IOpenApiTargetCredential[];
}

/** What an OpenAPI target is made with. */
export interface OpenApiTargetProps extends OpenApiTargetOptions {
  /** The gateway that gets the target. */
  readonly gateway: ITargetGateway;
}

export function openApiConfiguration(props: OpenApiTargetProps): TargetConfiguration {
  const { gateway, apiSchema, credentialProviderConfigurations: credentials } = props;
  return {
    kind: "OpenAPI schema",
    gateway,
    credentials,
    block: { mcp: [{ openApiSchema: [apiSchema.block] }] },
    permissions: apiSchema.permissions,
    findProblems: () => apiSchema.problems,
  };
}
