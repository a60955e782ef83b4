import { describeWithTerraform } from "../support/skip";
import {
  credentialProviderArguments,
  gatewayArguments,
  runtimeArguments,
  targetArguments,
} from "../support/terraform/fixtures/resources";
import { Terraform } from "../support/terraform/terraform";

describeWithTerraform("terraform validate with the stand-in provider", () => {
  let terraform: Terraform;

  beforeAll(async () => {
    terraform = await Terraform.start();
  });

  async function validate(type: string, block: object): Promise<string> {
    const folder = await terraform.configured({ resource: { [type]: { it: { ...block } } } });
    const diagnostics = await terraform.validate(folder);
    return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
  }

  test.each([
    ["aws_bedrockagentcore_gateway", gatewayArguments],
    ["aws_bedrockagentcore_gateway_target", targetArguments],
    ["aws_bedrockagentcore_agent_runtime", runtimeArguments],
    ["aws_bedrockagentcore_oauth2_credential_provider", credentialProviderArguments()],
  ])("accepts a right %s", async (type, block) => {
    expect(await validate(type, block)).toBe("");
  });

  const jwt = gatewayArguments.authorizer_configuration[0]?.custom_jwt_authorizer[0];
  const oauth = targetArguments.credential_provider_configuration[0]?.oauth;

  test.each([
    ["an unknown attribute", { ...gatewayArguments, protocl: "MCP" }, "Extraneous JSON object property"],
    [
      "allowed_scopes, which came after this provider",
      {
        ...gatewayArguments,
        authorizer_configuration: [{ custom_jwt_authorizer: [{ ...jwt, allowed_scopes: ["a/b"] }] }],
      },
      'No argument or block type is named "allowed_scopes"',
    ],
    [
      "CUSTOM_JWT without an authorizer",
      { ...gatewayArguments, authorizer_configuration: [] },
      "authorizer_configuration is required",
    ],
    [
      "an authorizer type that there is not",
      { ...gatewayArguments, authorizer_type: "JWT" },
      "must be one of CUSTOM_JWT",
    ],
    ["a name with an underscore", { ...gatewayArguments, name: "tools_gateway" }, "Attribute name must match"],
    ["a role name where an ARN belongs", { ...gatewayArguments, role_arn: "agentcore" }, "must be an ARN"],
    ["a missing argument", { ...gatewayArguments, role_arn: null }, "Missing Configuration for Required Attribute"],
  ])("fails a gateway with %s", async (_mistake, block, message) => {
    expect(await validate("aws_bedrockagentcore_gateway", block)).toContain(message);
  });

  test.each([
    [
      "an endpoint without TLS",
      { target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "http://tools.example.com/mcp" }] }] }] },
      "must start with https://",
    ],
    ["a name with an underscore", { name: "tools_target" }, "Attribute name must match"],
    ["no target", { target_configuration: [] }, "target_configuration must have a size of 1"],
    [
      "two targets",
      {
        target_configuration: [
          { mcp: [{ mcp_server: [{ endpoint: "https://a.example" }], smithy_model: [{ s3: [{ uri: "s3://a" }] }] }] },
        ],
      },
      "Exactly one of api_gateway, connector, lambda, mcp_server, open_api_schema, smithy_model is required, got 2",
    ],
    [
      "two credentials",
      { credential_provider_configuration: [{ oauth, gateway_iam_role: [{}] }] },
      "gateway_iam_role conflicts with oauth",
    ],
    [
      "grant_type, which came after this provider",
      { credential_provider_configuration: [{ oauth: [{ ...oauth?.[0], grant_type: "CLIENT_CREDENTIALS" }] }] },
      'No argument or block type is named "grant_type"',
    ],
  ])("fails a target with %s", async (_mistake, change, message) => {
    expect(await validate("aws_bedrockagentcore_gateway_target", { ...targetArguments, ...change })).toContain(message);
  });

  test.each([
    [
      "half a lifecycle configuration",
      { lifecycle_configuration: [{ idle_runtime_session_timeout: 900 }] },
      'attribute "max_lifetime" is required',
    ],
    ["no artifact", { agent_runtime_artifact: [] }, "agent_runtime_artifact must have a size of 1"],
    [
      "a protocol that there is not",
      { protocol_configuration: [{ server_protocol: "SSE" }] },
      "must be one of MCP, HTTP",
    ],
    ["an authorizer in the wrong place", { custom_jwt_authorizer: [jwt] }, "Extraneous JSON object property"],
  ])("fails a runtime with %s", async (_mistake, change, message) => {
    expect(await validate("aws_bedrockagentcore_agent_runtime", { ...runtimeArguments, ...change })).toContain(message);
  });

  test.each([
    ["a secret without an id", { client_secret: "s" }, "client_secret also requires client_id"],
    [
      "an id beside a write-only secret",
      { client_id: "i", client_secret_wo: "s", client_credentials_wo_version: 1 },
      "client_secret_wo also requires client_id_wo",
    ],
    [
      "a write-only id without a version",
      { client_id_wo: "i" },
      "client_id_wo also requires client_credentials_wo_version",
    ],
  ])("fails a credential provider with %s", async (_mistake, client, message) => {
    const block = credentialProviderArguments(client);
    expect(await validate("aws_bedrockagentcore_oauth2_credential_provider", block)).toContain(message);
  });

  test("fails a provider block with an unknown argument", async () => {
    const folder = await terraform.configured({
      provider: { regoin: "us-east-1" },
      resource: { aws_s3_bucket: { it: {} } },
    });
    expect(await terraform.validate(folder)).toMatchObject([
      { severity: "error", summary: "Extraneous JSON object property" },
    ]);
  });

  test("fails a resource type that it does not know", async () => {
    expect(await validate("aws_instance", {})).toContain('does not support resource type "aws_instance"');
  });

  test("fails a reference to an attribute that the resource does not have", async () => {
    const folder = await terraform.configured({
      resource: { aws_bedrockagentcore_gateway: { it: gatewayArguments } },
      output: { url: { value: "${aws_bedrockagentcore_gateway.it.url}" } },
    });
    expect(await terraform.validate(folder)).toMatchObject([{ summary: "Unsupported attribute" }]);
  });
});
