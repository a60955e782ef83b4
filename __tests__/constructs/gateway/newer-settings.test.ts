import { DataAwsLambdaFunction } from "@cdktf/provider-aws/lib/data-aws-lambda-function";
import type { TerraformStack } from "cdktf";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  Gateway,
  GatewayAuthorizer,
  type GatewayProps,
  GatewayProtocol,
  LambdaInterceptor,
  McpGatewaySearchType,
  McpListingMode,
  type McpServerTargetOptions,
  McpToolSchema,
  PrivateEndpoint,
  Runtime,
} from "../../../constructs";
import { inShort, PROVIDER_RELEASES } from "../../../aws/provider-releases";
import { tools } from "../../../server/tool-list";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, fixtureArtifact, statementsOf, Synthesized } from "../support/synthesized";
import { temporaryFolder } from "../../support/temporary-folder";

const authorizerConfiguration = GatewayAuthorizer.usingAwsIam();
const unsearched = GatewayProtocol.mcp({ searchType: McpGatewaySearchType.NONE });
const versionOf = ({ json }: Synthesized) => json.terraform.required_providers?.aws;

/** A gateway with one MCP server as target. */
const serverTarget = (options: Partial<McpServerTargetOptions>, props: Partial<GatewayProps> = {}) =>
  Synthesized.from((scope) => addServer(scope, options, props));

function addServer(
  scope: TerraformStack,
  options: Partial<McpServerTargetOptions>,
  props: Partial<GatewayProps> = {},
): Gateway {
  const gateway = new Gateway(scope, "gateway", { authorizerConfiguration, ...props });
  const endpoint = "https://mcp.example.com/";
  gateway.addMcpServerTarget("notes", { endpoint, credentialProviderConfigurations: [], ...options });
  return gateway;
}

const targetOf = (stack: Synthesized) => stack.only("aws_bedrockagentcore_gateway_target");
const serverOf = (stack: Synthesized): unknown =>
  (targetOf(stack).target_configuration as [{ mcp: [{ mcp_server: unknown[] }] }])[0].mcp[0].mcp_server[0];

test("a gateway keeps sessions and streams, with the provider release that knows both", () => {
  const protocolConfiguration = GatewayProtocol.mcp({ sessionTimeoutInSeconds: 900, enableResponseStreaming: true });
  const stack = Synthesized.from(
    (scope) => new Gateway(scope, "gateway", { authorizerConfiguration, protocolConfiguration }),
  );
  expect(stack.only("aws_bedrockagentcore_gateway").protocol_configuration).toMatchObject([
    {
      mcp: [
        {
          session_configuration: [{ session_timeout_in_seconds: 900 }],
          streaming_configuration: [{ enable_response_streaming: true }],
        },
      ],
    },
  ]);
  expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.49") });
});

test("a target passes on the headers and query parameters that it is told to", () => {
  const stack = serverTarget({
    metadataConfiguration: { allowedRequestHeaders: ["X-Tenant"], allowedQueryParameters: ["version"] },
  });
  expect(targetOf(stack).metadata_configuration).toEqual([
    { allowed_request_headers: ["X-Tenant"], allowed_query_parameters: ["version"] },
  ]);
  expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.40") });
});

describe("interceptors", () => {
  const functionOf = (stack: TerraformStack, name: string) =>
    new DataAwsLambdaFunction(stack, name, { functionName: name });

  test("stand before and behind the targets, and the role may invoke them before the gateway is made", () => {
    const stack = Synthesized.from((scope) => {
      const request = LambdaInterceptor.forRequest(functionOf(scope, "check"), { passRequestHeaders: true });
      const gateway = new Gateway(scope, "gateway", { authorizerConfiguration, interceptorConfigurations: [request] });
      gateway.addInterceptor(LambdaInterceptor.forResponse(functionOf(scope, "filter")));
    });
    const gateway = stack.only("aws_bedrockagentcore_gateway");
    expect(gateway.interceptor_configuration).toEqual([
      {
        interception_points: ["REQUEST"],
        interceptor: [{ lambda: [{ arn: "${data.aws_lambda_function.check.arn}" }] }],
        input_configuration: [{ pass_request_headers: true }],
      },
      {
        interception_points: ["RESPONSE"],
        interceptor: [{ lambda: [{ arn: "${data.aws_lambda_function.filter.arn}" }] }],
        input_configuration: [{ pass_request_headers: false }],
      },
    ]);
    expect(statementsOf(stack.only("aws_iam_role_policy").policy)).toEqual([
      {
        Sid: "InvokeInterceptor",
        Effect: "Allow",
        Action: ["lambda:InvokeFunction"],
        Resource: ["${data.aws_lambda_function.check.arn}", "${data.aws_lambda_function.filter.arn}"],
      },
    ]);
    expect(gateway.depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
      expect.stringMatching(/^terraform_data\./),
    ]);
  });

  test.each([
    ["two of one kind", GatewayProtocol.mcp(), ["forRequest", "forRequest"], "more than one REQUEST interceptor"],
  ] as const)("cannot be %s", (_, protocolConfiguration, kinds, message) => {
    const error = errorOf(() => {
      const stack = createStack();
      const interceptorConfigurations = kinds.map((kind) =>
        LambdaInterceptor[kind]({ arn: "arn:aws:lambda:us-east-1:123456789012:function:check" }),
      );
      return new Gateway(stack, "front", { authorizerConfiguration, protocolConfiguration, interceptorConfigurations });
    });
    expect(String(error)).toContain(message);
  });
});

describe("an MCP server whose tools are written down", () => {
  const inputSchema = { type: "object", properties: { text: { type: "string", pattern: "^${x}" } } };
  const note = { name: "note", description: "Keeps a note", inputSchema };

  test("is a target with them, as MCP lists tools", () => {
    const stack = serverTarget({
      mcpToolSchema: McpToolSchema.fromInline([{ ...note, title: "Note" } as typeof note]),
    });
    expect(serverOf(stack)).toEqual({
      endpoint: "https://mcp.example.com/",
      mcp_tool_schema: [
        { inline_payload: [{ payload: JSON.stringify({ tools: [note] }).replace("${x}", "$$$${x}") }] },
      ],
    });
    expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.66") });
  });

  test("has those of the server that comes with this package, and needs nothing of its runtime", () => {
    const stack = Synthesized.from((scope) => {
      const runtime = new Runtime(scope, "server", { agentRuntimeArtifact: fixtureArtifact() });
      new Gateway(scope, "gateway", { authorizerConfiguration }).addRuntimeTarget("tools", {
        runtime,
        mcpToolSchema: McpToolSchema.fromBundledServer(),
      });
    });
    const { mcp_tool_schema: schemas } = serverOf(stack) as {
      mcp_tool_schema: [{ inline_payload: [{ payload: string }] }];
    };
    const { payload } = schemas[0].inline_payload[0];
    expect(JSON.parse(payload)).toEqual({
      tools: tools.map(({ name, description, inputSchema: schema }) => ({ name, description, inputSchema: schema })),
    });
    expect(targetOf(stack)).not.toHaveProperty("description");
  });

  test("may have them in S3, which the gateway's role reads", () => {
    const bucket = { arn: "arn:aws:s3:::schemas", bucket: "schemas" };
    const stack = serverTarget({ mcpToolSchema: McpToolSchema.fromS3({ bucket, objectKey: "tools.json" }) });
    expect(serverOf(stack)).toMatchObject({ mcp_tool_schema: [{ s3: [{ uri: "s3://schemas/tools.json" }] }] });
    expect(statementsOf(stack.only("aws_iam_role_policy").policy)).toMatchObject([
      { Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::schemas/tools.json"] },
    ]);
  });

  const fileWith = (text: string): string => {
    const file = join(temporaryFolder(), "tools.json");
    writeFileSync(file, text);
    return file;
  };

  test("may have them in a file, as tools/list answers", () => {
    const file = fileWith(JSON.stringify({ tools: [note] }));
    const inline = serverTarget({ mcpToolSchema: McpToolSchema.fromInline([note]) });
    expect(serverOf(serverTarget({ mcpToolSchema: McpToolSchema.fromLocalFile(file) }))).toEqual(serverOf(inline));
  });

  test.each([
    ["no tool", () => McpToolSchema.fromInline([]), "it has no tool"],
    ["a name twice", () => McpToolSchema.fromInline([note, note]), 'more than one tool is called "note"'],
    ["no name", () => McpToolSchema.fromInline([{ ...note, name: "" }]), "a tool has no name"],
    [
      "arguments that are no object",
      () => McpToolSchema.fromInline([{ ...note, inputSchema: { type: "string" } }]),
      'the inputSchema of the tool "note" is not of the type object',
    ],
    [
      "more than a target takes",
      () => McpToolSchema.fromInline(Array.from({ length: 1001 }, (_, index) => ({ ...note, name: `n${index}` }))),
      "it has 1001 tools",
    ],
    ["no file", () => McpToolSchema.fromLocalFile("/nowhere/tools.json"), "/nowhere/tools.json"],
    ["another file", () => McpToolSchema.fromLocalFile(fileWith("[]")), 'it holds no { \\"tools\\": [ … ] }'],
  ])("fails with %s", (_, schema, message) => {
    const error = errorOf(() => addServer(createStack(), { mcpToolSchema: schema() }));
    expect(error).toMatchObject({ code: "SCHEMA_INVALID" });
    expect(String(error).replace(/"it holds/, "it holds")).toContain(message.replaceAll("\\", ""));
  });
});

describe("how a gateway learns the tools of an MCP server", () => {
  test("may be a question to the server with each list, and which server goes first be told", () => {
    const options = { listingMode: McpListingMode.DYNAMIC, resourcePriority: 10 };
    const stack = serverTarget(options, { protocolConfiguration: unsearched });
    expect(serverOf(stack)).toMatchObject({ listing_mode: "DYNAMIC", resource_priority: 10 });
    expect(stack.only("aws_bedrockagentcore_gateway").protocol_configuration).not.toMatchObject([
      { mcp: [{ search_type: expect.anything() as unknown }] },
    ]);
  });

  test.each([
    ["asks live and searches", { listingMode: McpListingMode.DYNAMIC }, {}, "semantic search needs one"],
    [
      "asks live for tools that are written down",
      {
        listingMode: McpListingMode.DYNAMIC,
        mcpToolSchema: McpToolSchema.fromInline([{ name: "a", inputSchema: { type: "object" } }]),
      },
      { protocolConfiguration: unsearched },
      "leaves nothing to do for listingMode DYNAMIC",
    ],
    ["has a priority out of range", { resourcePriority: 1001 }, {}, "The resource priority is 1001: use 0 to 1000."],
  ])("fails when it %s", (_, options, props, message) => {
    expect(String(errorOf(() => addServer(createStack(), options, props)))).toContain(message);
  });

  test("fails when it waits for a runtime that nobody asks", () => {
    const error = errorOf(() => {
      const stack = createStack();
      const runtime = new Runtime(stack, "server", { agentRuntimeArtifact: fixtureArtifact() });
      const mcpToolSchema = McpToolSchema.fromBundledServer();
      return new Gateway(stack, "gateway", { authorizerConfiguration }).addRuntimeTarget("tools", {
        runtime,
        mcpToolSchema,
        waitUntilReady: true,
      });
    });
    expect(String(error)).toContain("mcpToolSchema is given, which leaves nothing to do for waitUntilReady");
  });
});

describe("private endpoints", () => {
  const vpc = { vpcId: "vpc-1", subnetIds: ["subnet-1"] };

  test("lead to a target in a VPC", () => {
    const stack = serverTarget({
      privateEndpoint: PrivateEndpoint.usingManagedVpc({ ...vpc, securityGroupIds: ["sg-1"], tags: { team: "notes" } }),
    });
    expect(targetOf(stack).private_endpoint).toEqual([
      {
        managed_vpc_resource: [
          {
            vpc_identifier: "vpc-1",
            subnet_ids: ["subnet-1"],
            endpoint_ip_address_type: "IPV4",
            security_group_ids: ["sg-1"],
            tags: { team: "notes" },
          },
        ],
      },
    ]);
    expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.50") });
  });

  test("lead to an issuer through a resource configuration of VPC Lattice", () => {
    const stack = Synthesized.from(
      (scope) =>
        new Gateway(scope, "gateway", {
          authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
            discoveryUrl: "https://issuer.internal/.well-known/openid-configuration",
            allowedAudience: ["tools"],
            privateEndpoint: PrivateEndpoint.usingResourceConfiguration("rcfg-0123456789abcdef0"),
          }),
        }),
    );
    const lattice = {
      self_managed_lattice_resource: [{ resource_configuration_identifier: "rcfg-0123456789abcdef0" }],
    };
    expect(stack.only("aws_bedrockagentcore_gateway").authorizer_configuration).toMatchObject([
      { custom_jwt_authorizer: [{ private_endpoint: [lattice] }] },
    ]);
    expect(versionOf(stack)).toMatchObject({ version: requiredWhere("~> 6.66") });
  });

  test.each([
    [PrivateEndpoint.usingManagedVpc({ ...vpc, subnetIds: [] }), "number of subnets of the private endpoint is 0"],
    [PrivateEndpoint.usingManagedVpc({ ...vpc, ipAddressType: "ipv4" }), 'The address type "ipv4"'],
    [PrivateEndpoint.usingManagedVpc({ ...vpc, routingDomain: "a" }), "The routing domain has 1 characters"],
    [
      PrivateEndpoint.usingManagedVpc({ ...vpc, securityGroupIds: ["1", "2", "3", "4", "5", "6"] }),
      "The number of security groups is 6: use 0 to 5.",
    ],
    [PrivateEndpoint.usingResourceConfiguration("my-service"), 'The VPC Lattice resource configuration "my-service"'],
  ])("fail at synthesis for what AWS would refuse", (privateEndpoint, message) => {
    expect(String(errorOf(() => addServer(createStack(), { privateEndpoint })))).toContain(message);
  });
});

test("the guide says which provider release each setting needs", () => {
  const guide = readFileSync(join(__dirname, "../../../docs/guides/policies.md"), "utf8");
  const releases = (...names: readonly (keyof typeof PROVIDER_RELEASES)[]): string =>
    names.map((name) => inShort(PROVIDER_RELEASES[name])).join("; ");
  const rows = [...guide.matchAll(/^\| (.+?) +\| (6\.[^|]*?) +\|$/gm)].map(([, , release]) => release);
  expect(rows).toEqual([
    "6.25",
    releases("policyEngines", "policies", "newest"),
    releases("privateEndpoints", "newest"),
    releases("allowedWorkloads"),
    releases("newest"),
  ]);
});
