import { TerraformVariable } from "cdktf";
import {
  Gateway,
  GatewayAuthorizer,
  type GatewayProps,
  GatewayProtocol,
  InboundUserPool,
  McpGatewaySearchType,
  MCPProtocolVersion,
} from "../../../constructs";
import { createStack, errorOf, statementsOf, Synthesized } from "../support/synthesized";

const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();
const synthesize = (props: Partial<GatewayProps> = {}) =>
  Synthesized.from((stack) => new Gateway(stack, "front", { authorizerConfiguration, ...props }));
const gatewayOf = (props: Partial<GatewayProps>) => synthesize(props).only("aws_bedrockagentcore_gateway");
const failure = (props: Partial<GatewayProps>) =>
  errorOf(() => new Gateway(createStack(), "front", { authorizerConfiguration, ...props }));

describe("Gateway", () => {
  test("offers semantic search and the revisions that the MCP SDK speaks unless told otherwise", () => {
    expect(gatewayOf({})).toEqual({
      name: expect.stringMatching(/^stack-front-[0-9a-f]{8}$/) as string,
      authorizer_type: "AWS_IAM",
      protocol_type: "MCP",
      protocol_configuration: [
        { mcp: [{ search_type: "SEMANTIC", supported_versions: ["2025-03-26", "2025-06-18", "2025-11-25"] }] },
      ],
      role_arn: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/) as string,
    });
  });

  test("takes a name that only Terraform knows", () => {
    const synthesized = Synthesized.from((stack) => {
      const { stringValue: gatewayName } = new TerraformVariable(stack, "name", { type: "string" });
      new Gateway(stack, "front", { authorizerConfiguration, gatewayName });
    });
    const [trust] = statementsOf(synthesized.only("aws_iam_role").assume_role_policy);
    expect(trust?.Condition?.ArnLike?.["aws:SourceArn"]).toMatch(/:gateway\/\$\{lower\(var\.name\)\}-\*$/);
  });

  test("takes instructions, versions and a search type", () => {
    const protocolConfiguration = GatewayProtocol.mcp({
      instructions: "Call the tools.",
      searchType: McpGatewaySearchType.of("OTHER"),
      supportedVersions: [MCPProtocolVersion.MCP_2025_11_25, MCPProtocolVersion.of("2027-01-01")],
    });
    expect(gatewayOf({ protocolConfiguration }).protocol_configuration).toEqual([
      {
        mcp: [
          { instructions: "Call the tools.", search_type: "OTHER", supported_versions: ["2025-11-25", "2027-01-01"] },
        ],
      },
    ]);
  });

  test("has a role that only this gateway, by its lower-cased name, can use", () => {
    const synthesized = synthesize({ gatewayName: "Front-Door" });
    const [trust] = statementsOf(synthesized.only("aws_iam_role").assume_role_policy);
    expect(synthesized.only("aws_iam_role").name).toBe("Front-Door-role");
    expect(trust?.Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "${data.aws_caller_identity.agentcore.account_id}" },
      ArnLike: {
        "aws:SourceArn":
          "arn:${data.aws_partition.agentcore.partition}:bedrock-agentcore:${data.aws_region.agentcore.region}:" +
          "${data.aws_caller_identity.agentcore.account_id}:gateway/front-door-*",
      },
    });
  });

  test("has a role that may do nothing while there is no target", () => {
    expect(synthesize().json.resource).not.toHaveProperty("aws_iam_role_policy");
  });

  test("fails with every unusable value at once", () => {
    const error = failure({
      gatewayName: "my_gateway",
      roleName: "a b",
      description: "",
      protocolConfiguration: GatewayProtocol.mcp({ instructions: "x".repeat(2049) }),
      authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({ discoveryUrl: "https://issuer.example" }),
    });
    expect(error).toMatchObject({
      constructPath: "stack/front",
      problems: [
        { code: "NAME_INVALID", message: expect.stringContaining('gateway name "my_gateway"') as string },
        { code: "NAME_INVALID", message: expect.stringContaining('role name "a b"') as string },
        { code: "LENGTH_OUT_OF_RANGE", message: expect.stringContaining("description has 0") as string },
        { code: "LENGTH_OUT_OF_RANGE", message: expect.stringContaining("instructions has 2049") as string },
        { code: "DISCOVERY_URL_INVALID" },
        { code: "JWT_ALLOW_LIST_MISSING" },
      ],
    });
  });

  test.each(["a--b", "-a", "x".repeat(40), ""])("fails for the name %j", (gatewayName) => {
    expect(failure({ gatewayName })).toMatchObject({ code: "NAME_INVALID" });
  });

  test("derives a name that keeps to the limit from any path", () => {
    const long = Synthesized.from((stack) => new Gateway(stack, "1-Very_long".repeat(9), { authorizerConfiguration }));
    const name = String(long.only("aws_bedrockagentcore_gateway").name);
    expect(name).toMatch(/^([0-9a-zA-Z]-?)+$/);
    expect(name.length).toBeLessThanOrEqual(39);
  });
});

describe("GatewayAuthorizer", () => {
  test("usingCognito accepts tokens of the pool's client", () => {
    const synthesized = Synthesized.from((stack) => {
      const userPool = new InboundUserPool(stack, "people");
      new Gateway(stack, "front", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool }) });
    });
    const gateway = synthesized.only("aws_bedrockagentcore_gateway");
    const [client] = Object.keys(synthesized.json.resource.aws_cognito_user_pool_client ?? {});
    expect(gateway.authorizer_type).toBe("CUSTOM_JWT");
    expect(gateway.authorizer_configuration).toMatchObject([
      { custom_jwt_authorizer: [{ allowed_clients: [`\${aws_cognito_user_pool_client.${client}.id}`] }] },
    ]);
  });

  test("usingCustomJwt accepts tokens of any issuer", () => {
    const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";
    const custom = GatewayAuthorizer.usingCustomJwt({ discoveryUrl, allowedAudience: ["gateway"] });
    expect(gatewayOf({ authorizerConfiguration: custom })).toMatchObject({
      authorizer_type: "CUSTOM_JWT",
      authorizer_configuration: [
        { custom_jwt_authorizer: [{ discovery_url: discoveryUrl, allowed_audience: ["gateway"] }] },
      ],
    });
  });

  test.each([
    ["AWS_IAM", GatewayAuthorizer.usingAwsIam()],
    ["NONE", GatewayAuthorizer.withNoAuth()],
  ])("%s has no configuration", (authorizerType, authorizer) => {
    const gateway = gatewayOf({ authorizerConfiguration: authorizer });
    expect(gateway.authorizer_type).toBe(authorizerType);
    expect(gateway).not.toHaveProperty("authorizer_configuration");
  });
});
