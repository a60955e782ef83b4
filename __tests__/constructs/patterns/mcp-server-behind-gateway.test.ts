import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { GatewayExceptionLevel, McpServerBehindGateway, ValidationError } from "../../../constructs";
import { required, whereNewest } from "../support/bindings";
import { createStack, errorOf, fixtureArtifact, statementsOf, Synthesized } from "../support/synthesized";

const projectName = "m2m-auth-demo";
const agentRuntimeArtifact = fixtureArtifact();

describe("McpServerBehindGateway", () => {
  const synthesized = Synthesized.from(
    (stack) => new McpServerBehindGateway(stack, "mcp", { projectName, agentRuntimeArtifact, shortAddresses: true }),
  );

  test("synthesizes the article's system", () => {
    const { terraform, ...elements } = synthesized.json;
    // What CDK Terrain's bindings have beyond CDKTF's, a test below looks at.
    const common = JSON.stringify(elements, (key, value: unknown) =>
      key === "allowed_workload_configuration" ? undefined : value,
    );
    expect(JSON.parse(common)).toMatchSnapshot();
    expect(terraform).toMatchObject({ required_version: ">= 1.4", required_providers: { aws: { version: required } } });
  });

  test("has the article's addresses", () => {
    expect(synthesized.addresses()).toEqual([
      "aws_bedrockagentcore_agent_runtime.mcp_server",
      "aws_bedrockagentcore_gateway.main",
      "aws_bedrockagentcore_gateway_target.mcp_server",
      "aws_bedrockagentcore_oauth2_credential_provider.m2m",
      "aws_cognito_resource_server.mcp",
      "aws_cognito_user_pool.inbound",
      "aws_cognito_user_pool.outbound",
      "aws_cognito_user_pool_client.inbound",
      "aws_cognito_user_pool_client.m2m",
      "aws_cognito_user_pool_domain.outbound",
      "aws_ecr_lifecycle_policy.mcp_server",
      "aws_ecr_repository.mcp_server",
      "aws_iam_role.agent_runtime",
      "aws_iam_role.gateway",
      "aws_iam_role_policy.agent_runtime",
      "aws_iam_role_policy.gateway_identity",
      "data.aws_caller_identity.agentcore",
      "data.aws_ecr_image.mcp_server",
      "data.aws_partition.agentcore",
      "data.aws_region.agentcore",
      "output.gateway_url",
      "output.inbound_client_id",
      "output.inbound_user_pool_id",
      "terraform_data.gateway_identity",
      "terraform_data.image",
    ]);
  });

  test.each([
    ["aws_bedrockagentcore_agent_runtime.mcp_server", "agent_runtime_name", "m2m_auth_demo_mcp_server"],
    ["aws_bedrockagentcore_gateway.main", "name", "m2m-auth-demo-gateway"],
    ["aws_bedrockagentcore_gateway_target.mcp_server", "name", "m2m-auth-demo-mcp-target"],
    ["aws_bedrockagentcore_oauth2_credential_provider.m2m", "name", "m2m-auth-demo-oauth2-provider"],
    ["aws_cognito_user_pool.inbound", "name", "m2m-auth-demo-inbound-pool"],
    ["aws_cognito_user_pool.outbound", "name", "m2m-auth-demo-outbound-pool"],
    ["aws_cognito_user_pool_client.inbound", "name", "m2m-auth-demo-inbound-client"],
    ["aws_cognito_user_pool_client.m2m", "name", "m2m-auth-demo-outbound-client"],
    [
      "aws_cognito_user_pool_domain.outbound",
      "domain",
      "m2m-auth-demo-outbound-${data.aws_caller_identity.agentcore.account_id}",
    ],
    ["aws_ecr_repository.mcp_server", "name", "m2m-auth-demo-mcp-server"],
    ["aws_iam_role.agent_runtime", "name", "m2m-auth-demo-agent-runtime-role"],
    ["aws_iam_role.gateway", "name", "m2m-auth-demo-gateway-role"],
    ["aws_iam_role_policy.gateway_identity", "name", "m2m-auth-demo-gateway-identity-policy"],
  ])("names %s after the project", (address, argument, name) => {
    expect(synthesized.resource(address)[argument]).toBe(name);
  });

  test("offers the article's three outputs", () => {
    expect(synthesized.json.output).toEqual({
      inbound_user_pool_id: { value: "${aws_cognito_user_pool.inbound.id}" },
      inbound_client_id: { value: "${aws_cognito_user_pool_client.inbound.id}" },
      gateway_url: { value: "${aws_bedrockagentcore_gateway.main.gateway_url}" },
    });
  });

  test("has the target of the article, which waits for the policy", () => {
    expect(synthesized.resource("aws_bedrockagentcore_gateway_target.mcp_server")).toEqual({
      name: "m2m-auth-demo-mcp-target",
      description: "Runtime version ${aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_version}",
      gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
      credential_provider_configuration: [
        {
          oauth: [
            {
              provider_arn: "${aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn}",
              scopes: [
                "${aws_cognito_resource_server.mcp.identifier}/tools.read",
                "${aws_cognito_resource_server.mcp.identifier}/tools.write",
                "${aws_cognito_resource_server.mcp.identifier}/tools.execute",
              ],
            },
          ],
        },
      ],
      target_configuration: [
        {
          mcp: [
            {
              mcp_server: [
                {
                  endpoint:
                    "https://bedrock-agentcore.${data.aws_region.agentcore.region}.amazonaws.com/runtimes/" +
                    "${urlencode(aws_bedrockagentcore_agent_runtime.mcp_server.agent_runtime_arn)}/invocations",
                },
              ],
            },
          ],
        },
      ],
      depends_on: ["aws_iam_role_policy.gateway_identity", "terraform_data.gateway_identity"],
    });
  });

  test("gives the gateway's role the article's three statements without a wildcard", () => {
    const arn =
      "arn:${data.aws_partition.agentcore.partition}:bedrock-agentcore:${data.aws_region.agentcore.region}:${data.aws_caller_identity.agentcore.account_id}";
    const directory = `${arn}:workload-identity-directory/default`;
    const identity = "${aws_bedrockagentcore_gateway.main.workload_identity_details[0].workload_identity_arn}";
    const provider = "aws_bedrockagentcore_oauth2_credential_provider.m2m";
    const { policy, role } = synthesized.resource("aws_iam_role_policy.gateway_identity");
    expect(role).toBe("${aws_iam_role.gateway.id}");
    expect(policy).not.toContain("*");
    expect(statementsOf(policy)).toEqual([
      {
        Sid: "GetWorkloadAccessToken",
        Effect: "Allow",
        Action: ["bedrock-agentcore:GetWorkloadAccessToken"],
        Resource: [directory, identity],
      },
      {
        Sid: "GetResourceOauth2Token",
        Effect: "Allow",
        Action: ["bedrock-agentcore:GetResourceOauth2Token"],
        Resource: [directory, identity, `${arn}:token-vault/default`, `\${${provider}.credential_provider_arn}`],
      },
      {
        Sid: "GetSecretValue",
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: [`\${${provider}.client_secret_arn[0].secret_arn}`],
      },
    ]);
  });

  test("lets the gateway in with tokens of the inbound client and the runtime with tokens of the outbound client", () => {
    const authorizer = (pool: string, client: string, restriction = {}) => [
      {
        custom_jwt_authorizer: [
          {
            ...restriction,
            allowed_clients: [`\${aws_cognito_user_pool_client.${client}.id}`],
            discovery_url:
              "https://cognito-idp.${data.aws_region.agentcore.region}.amazonaws.com/" +
              `\${aws_cognito_user_pool.${pool}.id}/.well-known/openid-configuration`,
          },
        ],
      },
    ];
    const arn = "${aws_bedrockagentcore_gateway.main.gateway_arn}";
    const admitted = whereNewest({ allowed_workload_configuration: [{ hosting_environment: [{ arn }] }] });
    const gateway = synthesized.resource("aws_bedrockagentcore_gateway.main");
    expect(gateway.authorizer_configuration).toEqual(authorizer("inbound", "inbound"));
    const runtime = synthesized.resource("aws_bedrockagentcore_agent_runtime.mcp_server");
    expect(runtime.authorizer_configuration).toEqual(authorizer("outbound", "m2m", admitted));
  });

  test("has AWS as its only provider", () => {
    expect(Object.keys(synthesized.json.terraform.required_providers ?? {})).toEqual(["aws"]);
  });

  test("tells callers the details of errors only when asked", () => {
    const withDetails = Synthesized.from(
      (stack) =>
        new McpServerBehindGateway(stack, "mcp", {
          projectName,
          agentRuntimeArtifact,
          shortAddresses: true,
          exceptionLevel: GatewayExceptionLevel.DEBUG,
        }),
    );
    expect(synthesized.resource("aws_bedrockagentcore_gateway.main")).not.toHaveProperty("exception_level");
    expect(withDetails.resource("aws_bedrockagentcore_gateway.main").exception_level).toBe("DEBUG");
  });

  test("takes the container's environment variables", () => {
    const quiet = Synthesized.from(
      (stack) =>
        new McpServerBehindGateway(stack, "mcp", {
          projectName,
          agentRuntimeArtifact,
          environmentVariables: {},
          shortAddresses: true,
        }),
    );
    const address = "aws_bedrockagentcore_agent_runtime.mcp_server";
    expect(synthesized.resource(address)).not.toHaveProperty("environment_variables");
    expect(quiet.resource(address)).not.toHaveProperty("environment_variables");
  });
});

describe("two McpServerBehindGateway in one stack", () => {
  const define = (first: string, second: string) =>
    Synthesized.from((stack) => {
      new McpServerBehindGateway(stack, "first", { projectName: first, agentRuntimeArtifact });
      new McpServerBehindGateway(stack, "second", { projectName: second, agentRuntimeArtifact });
    });

  test("do not share a resource or an output", () => {
    const { json } = define("alpha", "beta");
    const { json: one } = Synthesized.from(
      (stack) => new McpServerBehindGateway(stack, "mcp", { projectName, agentRuntimeArtifact }),
    );
    for (const [kind, resources] of Object.entries(one.resource)) {
      expect([kind, Object.keys(json.resource[kind] ?? {}).length]).toEqual([kind, 2 * Object.keys(resources).length]);
    }
    expect(Object.keys(json.output)).toHaveLength(6);
  });

  test("share the data sources", () => {
    const { aws_ecr_image: images, ...data } = define("alpha", "beta").json.data;
    expect(Object.keys(images ?? {})).toHaveLength(2);
    expect(data).toEqual({
      aws_caller_identity: { agentcore: {} },
      aws_partition: { agentcore: {} },
      aws_region: { agentcore: {} },
    });
  });
});

describe("McpServerBehindGateway's names", () => {
  const define = (name: string) => () =>
    new McpServerBehindGateway(createStack(), "mcp", { projectName: name, agentRuntimeArtifact });

  test.each(["a", "a1", "team-tools", "x".repeat(31)])("accepts the project name %j", (name) => {
    expect(define(name)).not.toThrow();
  });

  test.each([
    "",
    "Demo",
    "my_project",
    "-demo",
    "demo-",
    "a--b",
    "1demo",
    "x".repeat(32),
    "my-aws",
    "amazonia",
    "cognito",
  ])("fails for the project name %j with one problem", (name) => {
    const error = errorOf(define(name));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ code: "PROJECT_NAME_INVALID", constructPath: "stack/mcp" });
    expect((error as ValidationError).problems).toHaveLength(1);
    expect((error as ValidationError).message).toContain(`The project name ${JSON.stringify(name)} is not valid: use`);
  });

  test.each([undefined, null, 5])("fails for the project name %j, which JavaScript may pass", (name) => {
    const error = errorOf(define(name as unknown as string));
    expect(error).toMatchObject({ code: "PROJECT_NAME_INVALID", constructPath: "stack/mcp" });
    expect((error as ValidationError).message).toContain(`The project name ${JSON.stringify(name)} is not valid: use`);
  });

  test("fails for a project name that only Terraform knows", () => {
    const stack = createStack();
    const role = new IamRole(stack, "role", { assumeRolePolicy: "{}" });
    const error = errorOf(
      () => new McpServerBehindGateway(stack, "mcp", { projectName: role.name, agentRuntimeArtifact }),
    );
    expect(error).toMatchObject({ code: "PROJECT_NAME_INVALID" });
  });

  test("fails when the provider's region is not a region", () => {
    const stack = createStack("us-east1");
    const error = errorOf(
      () => new McpServerBehindGateway(stack, "mcp", { projectName, agentRuntimeArtifact, shortAddresses: true }),
    );
    expect(error).toMatchObject({ code: "REGION_INVALID" });
    expect((error as Error).message).toContain('"us-east1"');
  });
});
