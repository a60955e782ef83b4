import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  type IMcpServerTargetCredential,
  OAuth2CredentialProvider,
  OutboundUserPool,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type RuntimeProps,
  type RuntimeTargetOptions,
} from "../../../constructs";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, secretOf, statementsOf, Synthesized } from "../support/synthesized";

const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";
const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/tools:1" });
const targetType = "aws_bedrockagentcore_gateway_target";

const createGateway = (stack: TerraformStack) =>
  new Gateway(stack, "front", { gatewayName: "front", authorizerConfiguration: GatewayAuthorizer.usingAwsIam() });

const createRuntime = (stack: TerraformStack, props: Partial<RuntimeProps> = {}) =>
  new Runtime(stack, "tools", { runtimeName: "tools", agentRuntimeArtifact, ...props });

const oauth = (stack: TerraformStack, scopes = ["tools/read"], url = discoveryUrl) =>
  GatewayCredentialProvider.fromOauthIdentity({
    provider: OAuth2CredentialProvider.usingCustom(stack, "m2m", {
      clientId: "gateway",
      clientSecret: secretOf(stack),
      discoveryUrl: url,
    }),
    scopes,
  });

const iam = GatewayCredentialProvider.fromIamRole({ service: "bedrock-agentcore" });
const jwt = RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedClients: ["gateway"] });

/** Statements of the gateway's policy, by sid. */
function permissionsOf(synthesized: Synthesized): Record<string, readonly string[]> {
  const policies = Object.values(synthesized.json.resource.aws_iam_role_policy ?? {});
  const own = policies.find(({ name }) => name === "front-identity-policy");
  return Object.fromEntries(statementsOf(own?.policy).map(({ Sid = "", Resource = [] }) => [Sid, Resource]));
}

describe("addRuntimeTarget derives", () => {
  test("the credential of a runtime behind a Cognito pool, with one provider for all targets and gateways", () => {
    const synthesized = Synthesized.from((stack) => {
      const userPool = new OutboundUserPool(stack, "machines", { resourceServerIdentifier: "tools" });
      const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingCognito({ userPool });
      const runtime = createRuntime(stack, { authorizerConfiguration });
      createGateway(stack).addRuntimeTarget("Tools", { runtime });
      new Gateway(stack, "back", { authorizerConfiguration: GatewayAuthorizer.usingAwsIam() }).addRuntimeTarget("One", {
        runtime: new Runtime(stack, "other", { agentRuntimeArtifact, authorizerConfiguration }),
      });
    });
    const [provider] = Object.keys(synthesized.json.resource.aws_bedrockagentcore_oauth2_credential_provider ?? {});
    expect(synthesized.only("aws_bedrockagentcore_oauth2_credential_provider")).toBeDefined();
    for (const target of Object.values(synthesized.json.resource[targetType] ?? {})) {
      expect(target.credential_provider_configuration).toEqual([
        {
          oauth: [
            {
              provider_arn: `\${aws_bedrockagentcore_oauth2_credential_provider.${provider}.credential_provider_arn}`,
              scopes: [
                expect.stringContaining("/tools.read") as string,
                expect.stringContaining("/tools.write") as string,
                expect.stringContaining("/tools.execute") as string,
              ],
            },
          ],
        },
      ]);
    }
    expect(permissionsOf(synthesized).GetSecretValue).toEqual([
      `\${aws_bedrockagentcore_oauth2_credential_provider.${provider}.client_secret_arn[0].secret_arn}`,
    ]);
  });

  test("the credential of a runtime behind another issuer from the client that its authorizer names", () => {
    const synthesized = Synthesized.from((stack) => {
      const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingJWT({
        discoveryUrl,
        allowedAudience: ["https://tools.example"],
        gatewayClient: {
          clientId: "gateway",
          clientSecret: secretOf(stack),
          scopes: ["tools:read"],
          customParameters: { audience: "https://tools.example" },
        },
      });
      createGateway(stack).addRuntimeTarget("Tools", { runtime: createRuntime(stack, { authorizerConfiguration }) });
    });
    expect(synthesized.only("aws_bedrockagentcore_oauth2_credential_provider").oauth2_provider_config).toEqual([
      {
        custom_oauth2_provider_config: [
          {
            client_id_wo: "gateway",
            client_secret_wo: "${var.secret}",
            client_credentials_wo_version: 1,
            oauth_discovery: [{ discovery_url: discoveryUrl }],
          },
        ],
      },
    ]);
    expect(synthesized.only(targetType).credential_provider_configuration).toMatchObject([
      { oauth: [{ scopes: ["tools:read"], custom_parameters: { audience: "https://tools.example" } }] },
    ]);
    expect(synthesized.json.terraform.required_version).toBe(">= 1.11");
  });

  test("a signature for a runtime that takes signed calls, and lets the role call it and its endpoint only", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addRuntimeTarget("Tools", { runtime: createRuntime(stack) }),
    );
    expect(synthesized.only(targetType).credential_provider_configuration).toEqual([
      { gateway_iam_role: [{ service: "bedrock-agentcore" }] },
    ]);
    expect(synthesized.json.terraform.required_providers?.aws?.version).toBe(requiredWhere("~> 6.48"));
    const [runtime] = Object.keys(synthesized.json.resource.aws_bedrockagentcore_agent_runtime ?? {});
    const arn = `\${aws_bedrockagentcore_agent_runtime.${runtime}.agent_runtime_arn}`;
    expect(permissionsOf(synthesized)).toEqual({ InvokeAgentRuntime: [arn, `${arn}/runtime-endpoint/DEFAULT`] });
  });

  test("the URL with the encoded ARN, and the endpoint as its qualifier", () => {
    const synthesized = Synthesized.from((stack) => {
      const runtime = createRuntime(stack);
      createGateway(stack).addRuntimeTarget("Tools", { runtime, runtimeEndpoint: runtime.addEndpoint("stable") });
    });
    const [runtime] = Object.keys(synthesized.json.resource.aws_bedrockagentcore_agent_runtime ?? {});
    const [endpoint] = Object.keys(synthesized.json.resource.aws_bedrockagentcore_agent_runtime_endpoint ?? {});
    const resource = `aws_bedrockagentcore_agent_runtime.${runtime}`;
    const host = "https://bedrock-agentcore.${data.aws_region.agentcore.region}.amazonaws.com";
    expect(synthesized.only(targetType).target_configuration).toEqual([
      {
        mcp: [
          {
            mcp_server: [
              {
                endpoint:
                  `${host}/runtimes/\${urlencode(${resource}.agent_runtime_arn)}/invocations` +
                  `?qualifier=\${aws_bedrockagentcore_agent_runtime_endpoint.${endpoint}.name}`,
              },
            ],
          },
        ],
      },
    ]);
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime_endpoint")).toEqual({
      name: "stable",
      agent_runtime_id: `\${${resource}.agent_runtime_id}`,
      agent_runtime_version: `\${${resource}.agent_runtime_version}`,
    });
    expect(permissionsOf(synthesized).InvokeAgentRuntime).toContain(
      `\${aws_bedrockagentcore_agent_runtime_endpoint.${endpoint}.agent_runtime_endpoint_arn}`,
    );
  });

  test("a description that changes with the runtime's version, so that AWS reads the tools again", () => {
    const description = (options: Partial<RuntimeTargetOptions>) =>
      Synthesized.from((stack) =>
        createGateway(stack).addRuntimeTarget("Tools", { runtime: createRuntime(stack), ...options }),
      ).only(targetType).description;
    const version = /\$\{aws_bedrockagentcore_agent_runtime\.\w+\.agent_runtime_version\}/.source;
    expect(description({})).toMatch(new RegExp(`^Runtime version ${version}$`));
    expect(description({ description: "Tools" })).toMatch(new RegExp(`^Tools \\(runtime version ${version}\\)$`));
  });

  test("the same for an imported runtime", () => {
    const synthesized = Synthesized.from((stack) => {
      const runtime = Runtime.fromAgentRuntimeAttributes(stack, "tools", {
        agentRuntimeArn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-1234567890",
        agentRuntimeId: "tools-1234567890",
        agentRuntimeName: "tools",
        authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({
          userPool: OutboundUserPool.fromOutboundUserPoolAttributes(stack, "machines", {
            userPoolId: "us-east-1_abc",
            clientId: "client",
            clientSecret: secretOf(stack),
            scopes: ["tools/read"],
          }),
        }),
      });
      createGateway(stack).addRuntimeTarget("Tools", { runtime });
    });
    const target = synthesized.only(targetType);
    expect(target).not.toHaveProperty("description");
    expect(JSON.stringify(target.target_configuration)).toContain(
      'urlencode(\\"arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-1234567890\\")',
    );
    expect(synthesized.only("aws_bedrockagentcore_oauth2_credential_provider").oauth2_provider_config).toMatchObject([
      { custom_oauth2_provider_config: [{ client_id_wo: "client", client_secret_wo: "${var.secret}" }] },
    ]);
  });
});

describe("addRuntimeTarget", () => {
  const failure = (
    props: Partial<RuntimeProps>,
    credentials?: (stack: TerraformStack) => readonly IMcpServerTargetCredential[],
  ) =>
    errorOf(() => {
      const stack = createStack();
      return createGateway(stack).addRuntimeTarget("Tools", {
        runtime: createRuntime(stack, props),
        // Lists of other lengths are for programs in JavaScript; the types refuse them.
        credentialProviderConfigurations: credentials?.(stack) as [IMcpServerTargetCredential] | undefined,
      });
    });

  test.each<
    [string, Partial<RuntimeProps>, ((stack: TerraformStack) => IMcpServerTargetCredential[]) | undefined, RegExp]
  >([
    [
      "the runtime does not speak MCP",
      { protocolConfiguration: ProtocolType.HTTP, authorizerConfiguration: jwt },
      (stack) => [oauth(stack)],
      /speaks HTTP.*ProtocolType\.MCP/,
    ],
    ["a token goes to a runtime of signed calls", {}, (stack) => [oauth(stack)], /accepts SigV4 only/],
    ["a signature goes to a runtime of tokens", { authorizerConfiguration: jwt }, () => [iam], /bearer tokens only/],
    ["there is no credential", { authorizerConfiguration: jwt }, () => [], /refuses callers without a credential/],
    ["nothing tells of a client", { authorizerConfiguration: jwt }, undefined, /gatewayClient/],
    [
      "the issuers differ",
      { authorizerConfiguration: jwt },
      (stack) => [oauth(stack, ["a"], discoveryUrl.replace("issuer", "other"))],
      /same user pool or issuer/,
    ],
    [
      "the runtime lists another client",
      { authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedClients: ["other"] }) },
      (stack) => [oauth(stack)],
      /does not list the credential provider's client "gateway"/,
    ],
  ])("fails when %s", (_, props, credentials, message) => {
    const error = failure(props, credentials);
    expect(error).toMatchObject({ problems: [{ message: expect.stringMatching(message) as string }] });
    expect(String(error)).toContain('"tools"');
  });

  test.each([
    ["tools/tools.read", true],
    ["tools/tools.delete", false],
    ["tools/${var.scope}", true],
  ])("knows the scopes of the pool: %s", (scope, known) => {
    const define = () => {
      const stack = createStack();
      const userPool = new OutboundUserPool(stack, "machines", { resourceServerIdentifier: "tools" });
      const provider = OAuth2CredentialProvider.usingCognito(stack, "m2m", { userPool });
      const runtime = createRuntime(stack, {
        authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
      });
      return createGateway(stack).addRuntimeTarget("Tools", {
        runtime,
        credentialProviderConfigurations: [GatewayCredentialProvider.fromOauthIdentity({ provider, scopes: [scope] })],
      });
    };
    const error = known ? undefined : errorOf(define);
    expect(known ? Synthesized.from(define) : error).toBeDefined();
    expect(error).toEqual(known ? undefined : expect.objectContaining({ code: "SCOPES_INVALID" }));
  });

  test("takes lists that only Terraform knows", () => {
    const synthesized = Synthesized.from((stack) => {
      const { listValue: list } = new TerraformVariable(stack, "list", { type: "list(string)" });
      const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedClients: list });
      createGateway(stack).addRuntimeTarget("Tools", {
        runtime: createRuntime(stack, { authorizerConfiguration }),
        credentialProviderConfigurations: [oauth(stack, list)],
        waitUntilReady: true,
      });
    });
    expect(JSON.stringify(synthesized.only(targetType))).toContain('"scopes":"${var.list}"');
    expect(JSON.stringify(synthesized.json.resource.terraform_data)).toContain(
      JSON.stringify('${join(" ", var.list)}'),
    );
  });

  test.each<[string, (text: string) => { url?: string; client?: string }]>([
    ["issuer", (url) => ({ url })],
    ["client", (client) => ({ client })],
  ])("takes another word for the same %s where only Terraform knows", (_, given) => {
    const define = () =>
      Synthesized.from((stack) => {
        const { stringValue } = new TerraformVariable(stack, "text", { type: "string" });
        const { url = discoveryUrl, client = "gateway" } = given(stringValue);
        const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingJWT({
          discoveryUrl: url,
          allowedClients: [client],
        });
        createGateway(stack).addRuntimeTarget("Tools", {
          runtime: createRuntime(stack, { authorizerConfiguration }),
          credentialProviderConfigurations: [oauth(stack)],
        });
      });
    expect(define).not.toThrow();
  });

  test("waits until a runtime of tokens answers, with a token of its own provider and without a secret", () => {
    const synthesized = Synthesized.from((stack) => {
      const userPool = new OutboundUserPool(stack, "machines");
      const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingCognito({ userPool });
      createGateway(stack).addRuntimeTarget("Tools", {
        runtime: createRuntime(stack, { authorizerConfiguration }),
        waitUntilReady: true,
      });
    });
    const probes = Object.entries(synthesized.json.resource.terraform_data ?? {}).filter(([name]) =>
      name.includes("Readiness"),
    );
    const [[name, probe] = ["", {}]] = probes;
    expect(synthesized.only(targetType).depends_on).toContain(`terraform_data.${name}`);
    const text = JSON.stringify(probe);
    expect(text).toContain("get-resource-oauth2-token");
    expect(text).not.toContain("client_secret");
    expect(synthesized.only("aws_bedrockagentcore_workload_identity").name).toMatch(/^[a-z0-9-]+$/);
  });

  test("waits until a runtime of signed calls answers", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addRuntimeTarget("Tools", { runtime: createRuntime(stack), waitUntilReady: true }),
    );
    expect(JSON.stringify(synthesized.json.resource.terraform_data)).toContain("invoke-agent-runtime");
    expect(synthesized.json.resource).not.toHaveProperty("aws_bedrockagentcore_workload_identity");
  });

  test("takes an endpoint that only Terraform knows", () => {
    const define = () =>
      Synthesized.from((stack) => {
        const endpoint = new TerraformVariable(stack, "endpoint", { type: "string" }).stringValue;
        createGateway(stack).addMcpServerTarget("Tools", { endpoint, credentialProviderConfigurations: [] });
      });
    expect(define).not.toThrow();
  });
});

describe("addMcpServerTarget on a runtime", () => {
  const failure = (endpointOf: (runtime: Runtime) => string) =>
    errorOf(() => {
      const stack = createStack();
      return createGateway(stack).addMcpServerTarget("Tools", {
        endpoint: endpointOf(createRuntime(stack)),
        credentialProviderConfigurations: [],
      });
    });
  const base = "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes";
  const arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-1234567890";

  test.each<[string, (runtime: Runtime) => string, RegExp]>([
    ["ends in /mcp", (runtime) => runtime.invocationUrl.replace(/\/invocations$/, "/mcp"), /"\/invocations"/],
    ["holds the runtime's ARN as it is", (runtime) => `${base}/${runtime.agentRuntimeArn}/invocations`, /URL-encoded/],
    ["holds a literal ARN", () => `${base}/${arn}/invocations`, /URL-encoded/],
    ["ends in /mcp behind a literal", () => `${base}/${encodeURIComponent(arn)}/mcp`, /"\/invocations"/],
    ["is http", () => "http://mcp.example/mcp", /https/],
  ])("fails when the endpoint %s", (_, endpointOf, message) => {
    expect(failure(endpointOf)).toMatchObject({
      problems: [{ code: "ENDPOINT_INVALID", message: expect.stringMatching(message) as string }],
    });
  });

  test("accepts the invocation URL", () => {
    const define = () =>
      Synthesized.from((stack) => {
        const gateway = createGateway(stack);
        const runtime = createRuntime(stack);
        runtime.grantInvoke(gateway.role);
        gateway.addMcpServerTarget("One", { endpoint: runtime.invocationUrl, credentialProviderConfigurations: [iam] });
        gateway.addMcpServerTarget("Two", {
          endpoint: `${base}/${encodeURIComponent(arn)}/invocations?qualifier=DEFAULT`,
          credentialProviderConfigurations: [],
        });
      });
    expect(define).not.toThrow();
  });
});
