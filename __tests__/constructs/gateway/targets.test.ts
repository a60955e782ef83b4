import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  AgentRuntimeArtifact,
  ApiKeyCredentialLocation,
  ApiKeyCredentialProvider,
  ApiSchema,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayProtocol,
  OAuth2CredentialProvider,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  ToolSchema,
  type ToolDefinition,
} from "../../../constructs";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, secretOf, statementsOf, Synthesized } from "../support/synthesized";
import { SMITHY_MODEL } from "../../support/smithy-model";
import { temporaryFolder } from "../../support/temporary-folder";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
const bucket = { arn: "arn:aws:s3:::schemas", bucket: "schemas" };
const createGateway = (stack: TerraformStack) =>
  new Gateway(stack, "front", { gatewayName: "front", authorizerConfiguration: GatewayAuthorizer.usingAwsIam() });

const permissionsOf = (synthesized: Synthesized) =>
  statementsOf(synthesized.only("aws_iam_role_policy").policy).map(({ Action, Resource }) => [Action, Resource]);
const configurationOf = (synthesized: Synthesized) =>
  (synthesized.only("aws_bedrockagentcore_gateway_target").target_configuration as { mcp: unknown[] }[])[0]?.mcp[0];

/** A schema four levels deep, with a list of objects. */
const deepTool: ToolDefinition = {
  name: "place_order",
  description: "Places an order",
  inputSchema: {
    type: "object",
    required: ["customer", "lines"],
    properties: {
      customer: {
        type: "object",
        properties: { address: { type: "object", properties: { city: { type: "string" } } } },
      },
      lines: {
        type: "array",
        items: {
          type: "object",
          required: ["sku"],
          properties: { sku: { type: "string" }, count: { type: "integer" } },
        },
      },
    },
  },
  outputSchema: { type: "object", properties: { id: { type: "string", description: "For example A-1042" } } },
};

describe("a Lambda target", () => {
  test("may invoke its function only", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addLambdaTarget("orders", {
        lambdaFunction: { arn },
        toolSchema: ToolSchema.fromInline([deepTool]),
      }),
    );
    expect(permissionsOf(synthesized)).toEqual([[["lambda:InvokeFunction"], [arn]]]);
    expect(synthesized.only("aws_bedrockagentcore_gateway_target").depends_on).toHaveLength(2);
  });

  test("may read its schema in S3", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addLambdaTarget("orders", {
        lambdaFunction: { arn },
        toolSchema: ToolSchema.fromS3({ bucket, objectKey: "orders.json", bucketOwnerAccountId: "123456789012" }),
      }),
    );
    expect(permissionsOf(synthesized)).toContainEqual([["s3:GetObject"], ["arn:aws:s3:::schemas/orders.json"]]);
    expect(configurationOf(synthesized)).toMatchObject({
      lambda: [
        { tool_schema: [{ s3: [{ uri: "s3://schemas/orders.json", bucket_owner_account_id: "123456789012" }] }] },
      ],
    });
  });

  test("writes the levels that the provider has no blocks for as JSON", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addLambdaTarget("orders", {
        lambdaFunction: { arn },
        toolSchema: ToolSchema.fromInline([deepTool]),
      }),
    );
    expect(configurationOf(synthesized)).toMatchObject({
      lambda: [
        {
          tool_schema: [
            {
              inline_payload: [
                {
                  input_schema: [
                    {
                      type: "object",
                      property: [
                        {
                          name: "customer",
                          required: true,
                          property: [
                            { name: "address", type: "object", properties_json: '{"city":{"type":"string"}}' },
                          ],
                        },
                        {
                          name: "lines",
                          required: true,
                          items: [
                            {
                              type: "object",
                              property: [
                                { name: "sku", type: "string", required: true },
                                { name: "count", type: "integer" },
                              ],
                            },
                          ],
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test.each([
    ["no tool", [], /define at least one/],
    ["two tools of one name", [deepTool, deepTool], /more than one tool is called "place_order"/],
    [
      "required properties that the provider cannot be told",
      [
        {
          ...deepTool,
          inputSchema: {
            type: "array" as const,
            items: { type: "array" as const, items: { type: "object" as const, required: ["a"] } },
          },
        },
      ],
      /required properties of \$\[\]\[\]/,
    ],
    ["an input that is no object", [{ ...deepTool, inputSchema: { type: "string" as const } }], /use type "object"/],
  ])("fails for %s", (_, tools, message) => {
    const error = errorOf(() =>
      createGateway(createStack()).addLambdaTarget("orders", {
        lambdaFunction: { arn },
        toolSchema: ToolSchema.fromInline(tools),
      }),
    );
    expect(error).toMatchObject({ code: "SCHEMA_INVALID", message: expect.stringMatching(message) as string });
  });
});

/** With what Terraform would take for templates of its own. */
const OPEN_API = JSON.stringify({
  openapi: "3.0.3",
  info: { title: "${tenant}", version: "1" },
  servers: [{ url: "https://a.example" }],
  paths: { "/a": { get: { operationId: "a", responses: { 200: { description: "%{if}" } } } } },
});

describe("an OpenAPI target", () => {
  const folder = temporaryFolder();

  test("holds the schema of a file, with Terraform's own characters escaped", () => {
    const file = join(folder, "api.json");
    writeFileSync(file, OPEN_API);
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addOpenApiTarget("api", {
        apiSchema: ApiSchema.fromLocalFile(file),
        credentialProviderConfigurations: [],
      }),
    );
    expect(configurationOf(synthesized)).toEqual({
      open_api_schema: [{ inline_payload: [{ payload: OPEN_API.replace("${", "$$${").replace("%{", "%%{") }] }],
    });
  });

  test("fails for a file that is not there", () => {
    const error = errorOf(() =>
      createGateway(createStack()).addOpenApiTarget("api", {
        apiSchema: ApiSchema.fromLocalFile(join(folder, "missing.json")),
        credentialProviderConfigurations: [],
      }),
    );
    expect(error).toMatchObject({ code: "SCHEMA_INVALID", message: expect.stringContaining("missing.json") as string });
  });

  test("with an API key reads that key only", () => {
    const synthesized = Synthesized.from((stack) => {
      const provider = new ApiKeyCredentialProvider(stack, "key", { apiKey: secretOf(stack) });
      createGateway(stack).addOpenApiTarget("api", {
        apiSchema: ApiSchema.fromS3({ bucket, objectKey: "api.yaml" }),
        credentialProviderConfigurations: [
          GatewayCredentialProvider.fromApiKeyIdentity({
            provider,
            credentialLocation: ApiKeyCredentialLocation.queryParameter({ credentialParameterName: "key" }),
          }),
        ],
      });
    });
    const [provider] = Object.keys(synthesized.json.resource.aws_bedrockagentcore_api_key_credential_provider ?? {});
    const resource = `aws_bedrockagentcore_api_key_credential_provider.${provider}`;
    expect(permissionsOf(synthesized).map(([actions]) => actions?.[0])).toEqual([
      "bedrock-agentcore:GetWorkloadAccessToken",
      "bedrock-agentcore:GetResourceApiKey",
      "secretsmanager:GetSecretValue",
      "s3:GetObject",
    ]);
    expect(permissionsOf(synthesized)[2]?.[1]).toEqual([`\${${resource}.api_key_secret_arn[0].secret_arn}`]);
    expect(synthesized.only("aws_bedrockagentcore_api_key_credential_provider")).toEqual({
      name: expect.any(String) as string,
      api_key_wo: "${var.secret}",
      api_key_wo_version: 1,
    });
  });
});

describe("a Smithy target", () => {
  test("may do what the program names, and waits for it", () => {
    const permissions = [
      {
        sid: "ReadOrders",
        actions: ["dynamodb:GetItem"],
        resources: ["arn:aws:dynamodb:us-east-1:123456789012:table/orders"],
      },
    ];
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addSmithyTarget("dynamodb", {
        smithyModel: ApiSchema.fromS3({ bucket, objectKey: "dynamodb.json" }),
        credentialProviderConfigurations: [GatewayCredentialProvider.fromIamRole({ permissions })],
      }),
    );
    expect(permissionsOf(synthesized)[0]).toEqual([["dynamodb:GetItem"], permissions[0]?.resources]);
    expect(synthesized.only("aws_bedrockagentcore_gateway_target").depends_on).toHaveLength(2);
  });
});

describe("an API Gateway target", () => {
  test("may call the filtered methods only", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addApiGatewayTarget("pets", {
        restApiId: "abcdefghij",
        stage: "prod",
        toolFilters: [
          { filterPath: "/pets", methods: ["GET", "POST"] },
          { filterPath: "/pets/{id}", methods: ["GET"] },
        ],
        toolOverrides: [{ name: "list_pets", path: "/pets", method: "GET" }],
      }),
    );
    const prefix =
      "arn:${data.aws_partition.agentcore.partition}:execute-api:${data.aws_region.agentcore.region}:" +
      "${data.aws_caller_identity.agentcore.account_id}:abcdefghij/prod";
    expect(permissionsOf(synthesized)).toEqual([
      [["execute-api:Invoke"], [`${prefix}/GET/pets`, `${prefix}/POST/pets`, `${prefix}/GET/pets/*`]],
    ]);
    expect(synthesized.json.terraform.required_providers?.aws?.version).toBe(requiredWhere("~> 6.40"));
  });

  test("may call a path that only Terraform knows, with any value of its parameters", () => {
    const synthesized = Synthesized.from((stack) => {
      const { stringValue: filterPath } = new TerraformVariable(stack, "path", { type: "string" });
      const toolFilters = [{ filterPath, methods: ["GET"] }];
      createGateway(stack).addApiGatewayTarget("pets", { restApiId: "abcdefghij", stage: "prod", toolFilters });
    });
    expect(synthesized.only("aws_iam_role_policy").policy).toContain(
      '/prod/GET${replace(var.path, "/[{][^}]*[}]/", "*")}"',
    );
  });

  test("fails without a filter", () => {
    const error = errorOf(() =>
      createGateway(createStack()).addApiGatewayTarget("pets", { restApiId: "a", stage: "prod", toolFilters: [] }),
    );
    expect(error).toMatchObject({ code: "SCHEMA_INVALID" });
  });
});

describe("an HTTP target on a runtime", () => {
  const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";
  const jwt = (url: string) => ({ discoveryUrl: url, allowedClients: ["people"] });
  const [tokens, signatures] = [RuntimeAuthorizerConfiguration.usingJWT(jwt(discoveryUrl)), undefined];
  const ofTokens = GatewayAuthorizer.usingCustomJwt(jwt(discoveryUrl));
  const signing = GatewayAuthorizer.usingAwsIam();
  const [passed, caller, role] = [
    GatewayCredentialProvider.fromJwtPassthrough(),
    GatewayCredentialProvider.fromCallerIam({ service: "bedrock-agentcore" }),
    GatewayCredentialProvider.fromIamRole(),
  ];

  const add =
    (
      authorizerConfiguration: GatewayAuthorizer,
      runtimeAuthorizer: RuntimeAuthorizerConfiguration | undefined,
      credential: typeof passed | typeof caller | typeof role,
    ) =>
    (stack: TerraformStack) => {
      const runtime = new Runtime(stack, "agent", {
        agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/agent:1" }),
        authorizerConfiguration: runtimeAuthorizer,
        protocolConfiguration: ProtocolType.HTTP,
      });
      new Gateway(stack, "front", {
        authorizerConfiguration,
        protocolConfiguration: GatewayProtocol.http(),
      }).addHttpRuntimeTarget("agent", { runtime, credentialProviderConfigurations: [credential] });
    };

  test.each([
    ["the token of its callers", ofTokens, tokens, passed],
    ["the token of whoever comes", GatewayAuthorizer.withNoAuth(), tokens, passed],
    ["the signature of its callers", signing, signatures, caller],
    ["the signature of callers whom it asks nothing", GatewayAuthorizer.withAuthenticateOnly(), signatures, caller],
    ["the signature of its role", ofTokens, signatures, role],
  ])("is shown %s", (_, authorizer, runtimeAuthorizer, credential) => {
    const stack = Synthesized.from(add(authorizer, runtimeAuthorizer, credential));
    expect(stack.only("aws_bedrockagentcore_gateway")).not.toHaveProperty("protocol_type", "MCP");
    const policies = JSON.stringify(stack.json.resource["aws_iam_role_policy"]);
    expect(policies.includes("InvokeAgentRuntime")).toBe(credential === role);
  });

  const elsewhere = RuntimeAuthorizerConfiguration.usingJWT(jwt(discoveryUrl.replace("issuer", "other")));
  test.each([
    ["a token towards signatures", ofTokens, signatures, passed, "which accepts SigV4 only"],
    ["a token of another issuer", ofTokens, elsewhere, passed, "passes those of"],
    ["a token of those who sign", signing, tokens, passed, "with the authorizer AWS_IAM bring no such thing"],
    [
      "a signature of those with tokens",
      ofTokens,
      signatures,
      caller,
      "use GatewayAuthorizer.usingAwsIam() or withAuth",
    ],
    ["a signature towards tokens", signing, tokens, caller, "accepts bearer tokens only"],
    ["the role's signature towards tokens", ofTokens, tokens, role, "accepts bearer tokens only"],
  ])("fails at synthesis with %s", (_, authorizer, runtimeAuthorizer, credential, words) => {
    expect(String(errorOf(() => Synthesized.from(add(authorizer, runtimeAuthorizer, credential))))).toContain(words);
  });
});

describe("a target whose users consent", () => {
  test("fails on a gateway that knows no users", () => {
    const error = errorOf(() => {
      const stack = createStack();
      const provider = OAuth2CredentialProvider.usingSlack(stack, "slack", {
        clientId: "app",
        clientSecret: secretOf(stack),
      });
      return createGateway(stack).addMcpServerTarget("slack", {
        endpoint: "https://mcp.example/mcp",
        credentialProviderConfigurations: [
          GatewayCredentialProvider.fromOauthAuthorizationCode({ provider, scopes: ["chat:write"] }),
        ],
      });
    });
    expect(error).toMatchObject({
      code: "AUTHORIZATION_MISMATCH",
      message: expect.stringContaining("with the authorizer AWS_IAM bring no such thing") as string,
    });
  });
});

describe("an imported gateway", () => {
  const define = (stack: TerraformStack) => {
    const role = new IamRole(stack, "role", { name: "gateway", assumeRolePolicy: "{}" });
    return Gateway.fromGatewayAttributes(stack, "front", {
      gatewayArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/front-1234567890",
      gatewayId: "front-1234567890",
      gatewayName: "front",
      role,
    });
  };

  test("takes targets, and lets its own role and identity fetch their tokens", () => {
    const synthesized = Synthesized.from((stack) => {
      const provider = OAuth2CredentialProvider.fromOAuth2CredentialProviderAttributes({
        credentialProviderArn:
          "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/oauth2credentialprovider/m2m",
        clientSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:m2m",
      });
      define(stack).addMcpServerTarget("tools", {
        endpoint: "https://mcp.example/mcp",
        credentialProviderConfigurations: [GatewayCredentialProvider.fromOauthIdentity({ provider, scopes: ["a"] })],
      });
    });
    expect(synthesized.only("aws_bedrockagentcore_gateway_target").gateway_identifier).toBe("front-1234567890");
    expect(permissionsOf(synthesized)[0]?.[1]?.[1]).toMatch(
      /workload-identity-directory\/default\/workload-identity\/front-1234567890$/,
    );
    expect(synthesized.json.resource).not.toHaveProperty("aws_bedrockagentcore_gateway");
  });

  test("knows its URL, and grants calls and a look", () => {
    const synthesized = Synthesized.from((stack) => {
      const gateway = define(stack);
      expect(gateway.gatewayUrl).toMatch(/^https:\/\/front-1234567890\.gateway\.bedrock-agentcore\./);
      const caller = new IamRole(stack, "caller", { name: "caller", assumeRolePolicy: "{}" });
      gateway.grantInvoke(caller);
      gateway.grantRead(caller);
    });
    expect(permissionsOf(synthesized)).toEqual([
      [
        ["bedrock-agentcore:InvokeGateway"],
        ["arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/front-1234567890"],
      ],
      [
        ["bedrock-agentcore:GetGateway", "bedrock-agentcore:GetGatewayTarget", "bedrock-agentcore:ListGatewayTargets"],
        ["arn:aws:bedrock-agentcore:us-east-1:123456789012:gateway/front-1234567890"],
      ],
    ]);
  });
});

describe("OAuth2CredentialProvider's vendors", () => {
  test.each([
    ["GithubOauth2", "github_oauth2_provider_config", "usingGithub"],
    ["GoogleOauth2", "google_oauth2_provider_config", "usingGoogle"],
    ["MicrosoftOauth2", "microsoft_oauth2_provider_config", "usingMicrosoft"],
    ["SalesforceOauth2", "salesforce_oauth2_provider_config", "usingSalesforce"],
    ["SlackOauth2", "slack_oauth2_provider_config", "usingSlack"],
  ] as const)("%s keeps its secret out of the state", (vendor, block, factory) => {
    const synthesized = Synthesized.from((stack) =>
      OAuth2CredentialProvider[factory](stack, "vendor", {
        clientId: "app",
        clientSecret: secretOf(stack),
        clientSecretVersion: 2,
      }),
    );
    expect(synthesized.only("aws_bedrockagentcore_oauth2_credential_provider")).toMatchObject({
      credential_provider_vendor: vendor,
      oauth2_provider_config: [
        { [block]: [{ client_id_wo: "app", client_secret_wo: "${var.secret}", client_credentials_wo_version: 2 }] },
      ],
    });
  });
});

describeWithTerraform("terraform on every kind of target of provider 6.25", () => {
  test("validates and applies", async () => {
    const terraform = await Terraform.start();
    const { folder } = Synthesized.from((stack) => {
      const gateway = createGateway(stack);
      gateway.addLambdaTarget("one", { lambdaFunction: { arn }, toolSchema: ToolSchema.fromInline([deepTool]) });
      new TerraformVariable(stack, "functions", { default: { orders: arn } });
      gateway.addLambdaTarget("five", {
        lambdaFunction: { arn: '${{ for name, it in var.functions : name => it }["orders"]}' },
        toolSchema: ToolSchema.fromInline([deepTool]),
      });
      gateway.addOpenApiTarget("two", {
        apiSchema: ApiSchema.fromInline(OPEN_API),
        credentialProviderConfigurations: [],
      });
      gateway.addSmithyTarget("three", { smithyModel: ApiSchema.fromInline(SMITHY_MODEL) });
      gateway.addMcpServerTarget("four", {
        endpoint: "https://a.example/mcp",
        credentialProviderConfigurations: [],
      });
    });
    await terraform.init(folder);
    expect(await terraform.validate(folder)).toEqual([]);
    await terraform.apply(folder);
    const resources = [...(await terraform.resources(folder))];
    const schemas = resources.map(([, { target_configuration: configuration }]) => JSON.stringify(configuration ?? ""));
    // As they were written: the state escapes what is JSON in JSON.
    for (const document of [OPEN_API, SMITHY_MODEL]) {
      const escaped = JSON.stringify(document).slice(1, -1);
      expect(schemas.filter((text) => text.includes(escaped))).toHaveLength(1);
    }
    expect(await terraform.planDetailed(folder)).toBe(0);
  }, 60_000);
});
