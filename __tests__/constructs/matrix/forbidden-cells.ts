import {
  type ApiKeyCredentialProvider,
  type ApiSchema,
  type GatewayBase,
  GatewayCredentialProvider,
  type ILambdaFunction,
  type OAuth2CredentialProvider,
  type Runtime,
  type ToolSchema,
} from "../../../constructs";

declare const gateway: GatewayBase;
declare const provider: OAuth2CredentialProvider;
declare const apiKeyProvider: ApiKeyCredentialProvider;
declare const runtime: Runtime;
declare const lambdaFunction: ILambdaFunction;
declare const toolSchema: ToolSchema;
declare const apiSchema: ApiSchema;

const oauth = { provider, scopes: ["tools/read"] };
const api = { restApiId: "abcdefghij", stage: "prod", toolFilters: [{ filterPath: "/pets", methods: ["GET"] }] };
const lambda = { lambdaFunction, toolSchema };
const smithy = { smithyModel: apiSchema };
const endpoint = "https://mcp.example/mcp";
const Credential = GatewayCredentialProvider;

/** One line for each cell of the matrix that says no: none of them compiles. */
export function forbiddenCells(): void {
  // @ts-expect-error caller IAM towards an API Gateway stage
  gateway.addApiGatewayTarget("1", { ...api, credentialProviderConfigurations: [Credential.fromCallerIam({ service: "execute-api" })] });
  // @ts-expect-error OAuth client credentials towards an API Gateway stage
  gateway.addApiGatewayTarget("2", { ...api, credentialProviderConfigurations: [Credential.fromOauthIdentity(oauth)] });
  // @ts-expect-error OAuth authorization code towards an API Gateway stage
  gateway.addApiGatewayTarget("3", { ...api, credentialProviderConfigurations: [Credential.fromOauthAuthorizationCode(oauth)] });
  // @ts-expect-error OAuth token exchange towards an API Gateway stage
  gateway.addApiGatewayTarget("4", { ...api, credentialProviderConfigurations: [Credential.fromOauthTokenExchange(oauth)] });
  // @ts-expect-error JWT passthrough towards an API Gateway stage
  gateway.addApiGatewayTarget("5", { ...api, credentialProviderConfigurations: [Credential.fromJwtPassthrough()] });

  // @ts-expect-error none towards a Lambda function
  gateway.addLambdaTarget("6", { ...lambda, credentialProviderConfigurations: [] });
  // @ts-expect-error caller IAM towards a Lambda function
  gateway.addLambdaTarget("7", { ...lambda, credentialProviderConfigurations: [Credential.fromCallerIam({ service: "lambda" })] });
  // @ts-expect-error OAuth client credentials towards a Lambda function
  gateway.addLambdaTarget("8", { ...lambda, credentialProviderConfigurations: [Credential.fromOauthIdentity(oauth)] });
  // @ts-expect-error OAuth authorization code towards a Lambda function
  gateway.addLambdaTarget("9", { ...lambda, credentialProviderConfigurations: [Credential.fromOauthAuthorizationCode(oauth)] });
  // @ts-expect-error OAuth token exchange towards a Lambda function
  gateway.addLambdaTarget("10", { ...lambda, credentialProviderConfigurations: [Credential.fromOauthTokenExchange(oauth)] });
  // @ts-expect-error JWT passthrough towards a Lambda function
  gateway.addLambdaTarget("11", { ...lambda, credentialProviderConfigurations: [Credential.fromJwtPassthrough()] });
  // @ts-expect-error API key towards a Lambda function
  gateway.addLambdaTarget("12", { ...lambda, credentialProviderConfigurations: [Credential.fromApiKeyIdentity({ provider: apiKeyProvider })] });

  // @ts-expect-error caller IAM towards an MCP server
  gateway.addMcpServerTarget("13", { endpoint, credentialProviderConfigurations: [Credential.fromCallerIam({ service: "lambda" })] });
  // @ts-expect-error JWT passthrough towards an MCP server
  gateway.addMcpServerTarget("14", { endpoint, credentialProviderConfigurations: [Credential.fromJwtPassthrough()] });

  // @ts-expect-error caller IAM towards an OpenAPI schema
  gateway.addOpenApiTarget("15", { apiSchema, credentialProviderConfigurations: [Credential.fromCallerIam({ service: "s3" })] });
  // @ts-expect-error JWT passthrough towards an OpenAPI schema
  gateway.addOpenApiTarget("16", { apiSchema, credentialProviderConfigurations: [Credential.fromJwtPassthrough()] });

  // @ts-expect-error none towards a Smithy model
  gateway.addSmithyTarget("17", { ...smithy, credentialProviderConfigurations: [] });
  // @ts-expect-error caller IAM towards a Smithy model
  gateway.addSmithyTarget("18", { ...smithy, credentialProviderConfigurations: [Credential.fromCallerIam({ service: "s3" })] });
  // @ts-expect-error OAuth authorization code towards a Smithy model
  gateway.addSmithyTarget("19", { ...smithy, credentialProviderConfigurations: [Credential.fromOauthAuthorizationCode(oauth)] });
  // @ts-expect-error OAuth token exchange towards a Smithy model
  gateway.addSmithyTarget("20", { ...smithy, credentialProviderConfigurations: [Credential.fromOauthTokenExchange(oauth)] });
  // @ts-expect-error JWT passthrough towards a Smithy model
  gateway.addSmithyTarget("21", { ...smithy, credentialProviderConfigurations: [Credential.fromJwtPassthrough()] });
  // @ts-expect-error API key towards a Smithy model
  gateway.addSmithyTarget("22", { ...smithy, credentialProviderConfigurations: [Credential.fromApiKeyIdentity({ provider: apiKeyProvider })] });

  // @ts-expect-error none towards an AgentCore Runtime (HTTP)
  gateway.addHttpRuntimeTarget("23", { runtime, credentialProviderConfigurations: [] });
  // @ts-expect-error OAuth authorization code towards an AgentCore Runtime (HTTP)
  gateway.addHttpRuntimeTarget("24", { runtime, credentialProviderConfigurations: [Credential.fromOauthAuthorizationCode(oauth)] });
  // @ts-expect-error OAuth token exchange towards an AgentCore Runtime (HTTP)
  gateway.addHttpRuntimeTarget("25", { runtime, credentialProviderConfigurations: [Credential.fromOauthTokenExchange(oauth)] });
  // @ts-expect-error API key towards an AgentCore Runtime (HTTP)
  gateway.addHttpRuntimeTarget("26", { runtime, credentialProviderConfigurations: [Credential.fromApiKeyIdentity({ provider: apiKeyProvider })] });
}

/** What AWS refuses inside cells that say yes: none of these compiles either. */
export function forbiddenForms(): void {
  // @ts-expect-error the gateway's role towards an MCP server without a service
  gateway.addMcpServerTarget("27", { endpoint, credentialProviderConfigurations: [Credential.fromIamRole()] });
  // @ts-expect-error the gateway's role towards an OpenAPI schema without a service
  gateway.addOpenApiTarget("28", { apiSchema, credentialProviderConfigurations: [Credential.fromIamRole()] });
  // @ts-expect-error the gateway's role towards a Lambda function with a service
  gateway.addLambdaTarget("29", { ...lambda, credentialProviderConfigurations: [Credential.fromIamRole({ service: "lambda" })] });
  // @ts-expect-error no credential towards a runtime
  gateway.addRuntimeTarget("30", { runtime, credentialProviderConfigurations: [] });
}
