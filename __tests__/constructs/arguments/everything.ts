import type { TerraformStack } from "cdktf";
import {
  ActorToken,
  AgentCoreRuntime,
  AgentRuntimeArtifact,
  ApiKeyCredentialLocation,
  ApiKeyCredentialProvider,
  ApiSchema,
  ClientAuthenticationMethod,
  CustomClaim,
  CustomClaimOperator,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayExceptionLevel,
  GatewayProtocol,
  LambdaInterceptor,
  McpGatewaySearchType,
  McpListingMode,
  type McpServerTargetOptions,
  McpToolSchema,
  OAuth2CredentialProvider,
  OnBehalfOfTokenExchange,
  OutboundUserPool,
  PolicyAction,
  PolicyEngine,
  PolicyEngineMode,
  PolicyStatement,
  PolicyValidationMode,
  PrivateEndpoint,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  RuntimeNetworkConfiguration,
  type SchemaDefinition,
  ToolSchema,
  WorkloadIdentity,
} from "../../../constructs";
import { fixtureArtifact, secretOf } from "../support/synthesized";
import { SMITHY_MODEL } from "../../support/smithy-model";

const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";
const tags = { team: "tools" };
const kmsKeyArn = "arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const bucket = { arn: "arn:aws:s3:::things", bucket: "things" };
const owned = { bucket, objectKey: "a.json", bucketOwnerAccountId: "123456789012" };
const description = "What it is for.";

const latticed = PrivateEndpoint.usingResourceConfiguration("rcfg-0123456789abcdef0");
const managed = PrivateEndpoint.usingManagedVpc({
  vpcId: "vpc-1",
  subnetIds: ["subnet-1"],
  securityGroupIds: ["sg-1"],
  routingDomain: "balancer.example.com",
  tags,
});
/** Each kind of way, to the issuer and to its keys. */
const ways = [
  { privateEndpoint: latticed, privateEndpointOverrides: [{ domain: "keys.example.com", privateEndpoint: managed }] },
  { privateEndpoint: managed, privateEndpointOverrides: [{ domain: "keys.example.com", privateEndpoint: latticed }] },
];

const strict = {
  discoveryUrl,
  allowedAudience: ["tools"],
  allowedClients: ["client"],
  allowedScopes: ["call"],
  customClaims: [
    CustomClaim.withStringValue("tenant", "a"),
    CustomClaim.withStringArrayValue("groups", ["a"], CustomClaimOperator.CONTAINS_ANY),
  ],
};

/** A list and properties on each level that the provider has a block for, and JSON below. */
function levels(depth: number): SchemaDefinition {
  const leaf: SchemaDefinition = { type: "string", description };
  if (depth === 0) return leaf;
  const inside = levels(depth - 1);
  const properties = {
    list: list(inside),
    lists: list(list(inside)),
    cube: list(list(list(inside))),
    object: inside,
    leaf,
  };
  return { type: "object", description, properties };
}
const list = (items: SchemaDefinition): SchemaDefinition => ({ type: "array", description, items });
const deep = levels(3);

const OPEN_API = JSON.stringify({
  openapi: "3.0.3",
  info: { title: "Orders", version: "1" },
  servers: [{ url: "https://orders.example.com" }],
  paths: { "/orders": { get: { operationId: "list", responses: { 200: { description: "All." } } } } },
});

/** All that the constructs can be told of each resource of AgentCore. */
export function defineEverything(stack: TerraformStack): void {
  const runtime = defineRuntimes(stack);
  const policyEngine = new PolicyEngine(stack, "rules", { description, kmsKeyArn, tags });
  const [gateway] = ways.map((way, index) => defineGateway(stack, `gateway-${index}`, way, policyEngine));
  if (gateway === undefined) throw new Error("There is no gateway.");
  policyEngine.addPolicy("all", {
    statement: PolicyStatement.permit({ gateway, actions: PolicyAction.any() }),
    description,
    validationMode: PolicyValidationMode.IGNORE_ALL_FINDINGS,
  });
  defineTargets(stack, gateway, runtime);
  new WorkloadIdentity(stack, "identity", { allowedResourceOauth2ReturnUrls: ["https://app.example.com/back"] });
}

function defineGateway(stack: TerraformStack, id: string, way: (typeof ways)[number], policyEngine: PolicyEngine) {
  return new Gateway(stack, id, {
    authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({ ...strict, ...way }),
    protocolConfiguration: GatewayProtocol.mcp({
      instructions: "Ask.",
      sessionTimeoutInSeconds: 900,
      enableResponseStreaming: true,
    }),
    interceptorConfigurations: [LambdaInterceptor.forRequest({ arn: functionArn })],
    policyEngineConfiguration: { policyEngine, mode: PolicyEngineMode.LOG_ONLY },
    exceptionLevel: GatewayExceptionLevel.DEBUG,
    description,
    kmsKeyArn,
    tags,
  });
}

function defineRuntimes(stack: TerraformStack): Runtime {
  ways.forEach((way, index) => {
    const runtime = new Runtime(stack, `code-${index}`, {
      agentRuntimeArtifact: AgentRuntimeArtifact.fromS3({
        s3Location: { bucket, objectKey: "server.zip", objectVersion: "v1234" },
        runtime: AgentCoreRuntime.PYTHON_3_13,
        entrypoint: ["main.py"],
      }),
      protocolConfiguration: ProtocolType.MCP,
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
        ...strict,
        ...way,
        allowedWorkloadConfiguration: {
          hostingEnvironments: [
            { gatewayArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/g-0123456789" },
          ],
          workloadIdentities: ["g-0123456789"],
        },
      }),
      networkConfiguration: RuntimeNetworkConfiguration.usingVpc({
        subnetIds: ["subnet-1"],
        securityGroupIds: ["sg-1"],
      }),
      lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 3_600 },
      requestHeaderConfiguration: { allowlistedHeaders: ["Authorization"] },
      environmentVariables: { STAGE: "test" },
      description,
      tags,
    });
    runtime.addEndpoint("stable", { description, version: "1", tags });
  });
  return new Runtime(stack, "image", {
    agentRuntimeArtifact: fixtureArtifact(),
    authorizerConfiguration: RuntimeAuthorizerConfiguration.usingIAM(),
  });
}

function defineTargets(stack: TerraformStack, gateway: Gateway, runtime: Runtime): void {
  const key = new ApiKeyCredentialProvider(stack, "key", { apiKey: secretOf(stack), tags });
  const provider = defineProviders(stack);
  const oauth = { provider, scopes: ["call"], customParameters: { audience: "tools" } };
  const metadataConfiguration = {
    allowedQueryParameters: ["version"],
    allowedRequestHeaders: ["X-Tenant"],
    allowedResponseHeaders: ["X-Request-Id"],
  };
  const endpoint = "https://mcp.example.com/";
  const server = (id: string, options: Partial<McpServerTargetOptions>) =>
    gateway.addMcpServerTarget(id, { endpoint, credentialProviderConfigurations: [], description, ...options });
  server("inline", {
    mcpToolSchema: McpToolSchema.fromBundledServer(),
    metadataConfiguration,
    privateEndpoint: latticed,
  });
  server("stored", { mcpToolSchema: McpToolSchema.fromS3(owned), resourcePriority: 1, privateEndpoint: managed });
  server("signed", {
    credentialProviderConfigurations: [
      GatewayCredentialProvider.fromIamRole({ service: "lambda", region: "eu-west-1" }),
    ],
    listingMode: McpListingMode.DEFAULT,
  });
  server("consented", {
    credentialProviderConfigurations: [
      GatewayCredentialProvider.fromOauthAuthorizationCode({
        ...oauth,
        defaultReturnUrl: "https://app.example.com/back",
      }),
    ],
  });
  server("exchanged", { credentialProviderConfigurations: [GatewayCredentialProvider.fromOauthTokenExchange(oauth)] });
  gateway.addOpenApiTarget("open", {
    apiSchema: ApiSchema.fromS3(owned),
    credentialProviderConfigurations: [
      GatewayCredentialProvider.fromApiKeyIdentity({
        provider: key,
        credentialLocation: ApiKeyCredentialLocation.header({
          credentialParameterName: "X-Key",
          credentialPrefix: "Key",
        }),
      }),
    ],
  });
  gateway.addOpenApiTarget("written", {
    apiSchema: ApiSchema.fromInline(OPEN_API),
    credentialProviderConfigurations: [
      GatewayCredentialProvider.fromApiKeyIdentity({
        provider: key,
        credentialLocation: ApiKeyCredentialLocation.queryParameter(),
      }),
    ],
  });
  new Gateway(stack, "unsearched", {
    authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
    protocolConfiguration: GatewayProtocol.mcp({ searchType: McpGatewaySearchType.NONE }),
  }).addMcpServerTarget("live", {
    endpoint,
    credentialProviderConfigurations: [],
    listingMode: McpListingMode.DYNAMIC,
  });
  gateway.addToResourcePolicy({ principals: ["*"] });
  gateway.addSmithyTarget("smithy", { smithyModel: ApiSchema.fromS3(owned) });
  gateway.addSmithyTarget("modelled", { smithyModel: ApiSchema.fromInline(SMITHY_MODEL) });
  const lambdaFunction = { arn: functionArn };
  gateway.addLambdaTarget("orders", {
    lambdaFunction,
    toolSchema: ToolSchema.fromInline(
      [deep, list(deep), list(list(deep)), list(list(list(deep)))].map((outputSchema, index) => ({
        name: `order_${index}`,
        description,
        inputSchema: deep,
        outputSchema,
      })),
    ),
  });
  gateway.addLambdaTarget("kept", { lambdaFunction, toolSchema: ToolSchema.fromS3(owned) });
  gateway.addApiGatewayTarget("stage", {
    restApiId: "a1b2c3d4e5",
    stage: "prod",
    toolFilters: [{ filterPath: "/orders", methods: ["GET"] }],
    toolOverrides: [{ name: "list", path: "/orders", method: "GET", description }],
  });
  const http = new Gateway(stack, "http", {
    authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
    protocolConfiguration: GatewayProtocol.http(),
  });
  http.addHttpRuntimeTarget("agent", {
    runtime,
    qualifier: "stable",
    credentialProviderConfigurations: [
      GatewayCredentialProvider.fromCallerIam({ service: "bedrock-agentcore", region: "us-east-1" }),
    ],
  });
  const jwt = { discoveryUrl: "https://issuer.example/.well-known/openid-configuration", allowedClients: ["people"] };
  new Gateway(stack, "tokens", {
    authorizerConfiguration: GatewayAuthorizer.usingCustomJwt(jwt),
    protocolConfiguration: GatewayProtocol.http(),
  }).addHttpRuntimeTarget("agent", {
    runtime: new Runtime(stack, "people", {
      agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/agent:1" }),
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT(jwt),
      protocolConfiguration: ProtocolType.HTTP,
    }),
    credentialProviderConfigurations: [GatewayCredentialProvider.fromJwtPassthrough()],
  });
}

/** Gives the provider that changes its callers' tokens. */
function defineProviders(stack: TerraformStack): OAuth2CredentialProvider {
  const client = { clientId: "gateway", clientSecret: secretOf(stack), tags };
  OAuth2CredentialProvider.usingGithub(stack, "github", client);
  OAuth2CredentialProvider.usingGoogle(stack, "google", client);
  OAuth2CredentialProvider.usingMicrosoft(stack, "microsoft", { ...client, tenantId: "tenant" });
  OAuth2CredentialProvider.usingSalesforce(stack, "salesforce", client);
  OAuth2CredentialProvider.usingSlack(stack, "slack", client);
  OAuth2CredentialProvider.usingAtlassian(stack, "atlassian", client);
  OAuth2CredentialProvider.usingLinkedin(stack, "linkedin", client);
  OAuth2CredentialProvider.usingIncluded(stack, "included", {
    ...client,
    vendor: "Auth0Oauth2",
    issuer: "https://tenant.example/",
    authorizationEndpoint: "https://tenant.example/authorize",
    tokenEndpoint: "https://tenant.example/oauth/token",
  });
  OAuth2CredentialProvider.usingCognito(stack, "cognito", { userPool: new OutboundUserPool(stack, "machines") });
  OAuth2CredentialProvider.usingCustom(stack, "undiscovered", {
    ...client,
    authorizationServerMetadata: {
      issuer: "https://issuer.example",
      authorizationEndpoint: "https://issuer.example/authorize",
      tokenEndpoint: "https://issuer.example/token",
      responseTypes: ["code"],
    },
    ...ways[0],
  });
  return OAuth2CredentialProvider.usingCustom(stack, "custom", {
    ...client,
    discoveryUrl,
    clientAuthenticationMethod: ClientAuthenticationMethod.CLIENT_SECRET_POST,
    onBehalfOfTokenExchange: OnBehalfOfTokenExchange.tokenExchange(ActorToken.clientCredentials(["act"])),
    ...ways[1],
  });
}
