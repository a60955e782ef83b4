import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  AgentRuntimeArtifact,
  ApiKeyCredentialProvider,
  ApiSchema,
  CallerIamCredential,
  type CredentialKind,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayProtocol,
  type GatewayTarget,
  OAuth2CredentialProvider,
  OnBehalfOfTokenExchange,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type TargetKind,
  ToolSchema,
} from "../../../constructs";
import { createStack, errorOf, secretOf, Synthesized } from "../support/synthesized";
import { cells } from "./cells";
import { outboundMatrixTable } from "./table";
import { compilerFaults } from "../../support/compiler-faults";
import { SMITHY_MODEL } from "../../support/smithy-model";
import { temporaryFolder } from "../../support/temporary-folder";

const repository = resolve(__dirname, "../../..");
const forbiddenCells = join(__dirname, "forbidden-cells.ts");
const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";

/** What a program in JavaScript would pass: any credential to any target. */
type Untyped = (id: string, options: object) => GatewayTarget;

/** Whether the credential is a signature of the gateway's caller. */
const signs = ([credential]: readonly object[]): boolean => credential instanceof CallerIamCredential;

function addTarget(
  stack: TerraformStack,
  target: TargetKind,
  credentialProviderConfigurations: readonly object[],
): GatewayTarget {
  const isHttp = target === "AgentCore Runtime (HTTP)";
  const gateway = new Gateway(stack, "front", {
    authorizerConfiguration: signs(credentialProviderConfigurations)
      ? GatewayAuthorizer.usingAwsIam()
      : GatewayAuthorizer.usingCustomJwt({ discoveryUrl, allowedClients: ["people"] }),
    protocolConfiguration: isHttp ? GatewayProtocol.http() : GatewayProtocol.mcp(),
  });
  const [method, options] = targetOptions(stack, credentialProviderConfigurations)[target];
  const untyped = gateway as unknown as Record<string, Untyped | undefined>;
  const created = untyped[method]?.("Target", { ...options, credentialProviderConfigurations });
  if (!created) throw new Error(`A gateway has no method ${method}.`);
  return created;
}

function targetOptions(stack: TerraformStack, [credential]: readonly object[]): Record<TargetKind, [string, object]> {
  const isSigned = credential instanceof CallerIamCredential || /IamRole/.test(credential?.constructor.name ?? "");
  const authorizerConfiguration = isSigned
    ? RuntimeAuthorizerConfiguration.usingIAM()
    : RuntimeAuthorizerConfiguration.usingJWT({ discoveryUrl, allowedClients: ["people", "gateway"] });
  const toolSchema = ToolSchema.fromInline([{ name: "add", description: "Adds", inputSchema: { type: "object" } }]);
  const lambdaFunction = { arn: "arn:aws:lambda:us-east-1:123456789012:function:add" };
  const toolFilters = [{ filterPath: "/pets/{id}", methods: ["GET"] }];
  const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/agent:1" });
  return {
    "API Gateway stage": ["addApiGatewayTarget", { restApiId: "abcdefghij", stage: "prod", toolFilters }],
    "Lambda function": ["addLambdaTarget", { lambdaFunction, toolSchema }],
    "MCP server": ["addMcpServerTarget", { endpoint: "https://mcp.example/mcp" }],
    "OpenAPI schema": ["addOpenApiTarget", { apiSchema: ApiSchema.fromInline(OPEN_API) }],
    "Smithy model": ["addSmithyTarget", { smithyModel: ApiSchema.fromInline(SMITHY_MODEL) }],
    "AgentCore Runtime (HTTP)": [
      "addHttpRuntimeTarget",
      {
        runtime: new Runtime(stack, "agent", {
          agentRuntimeArtifact,
          authorizerConfiguration,
          protocolConfiguration: ProtocolType.HTTP,
        }),
      },
    ],
  };
}

const OPEN_API = JSON.stringify({ openapi: "3.0.0", servers: [{ url: "https://api.example.com" }], paths: {} });

const needsService: readonly TargetKind[] = ["MCP server", "OpenAPI schema", "AgentCore Runtime (HTTP)"];

function credentials(stack: TerraformStack, credential: CredentialKind, target: TargetKind): object[] {
  const oauth = () => ({
    provider: OAuth2CredentialProvider.usingCustom(stack, "oauth", {
      clientId: "gateway",
      clientSecret: secretOf(stack),
      onBehalfOfTokenExchange: OnBehalfOfTokenExchange.tokenExchange(),
      discoveryUrl,
    }),
    scopes: ["read"],
  });
  const factories: Record<CredentialKind, () => object[]> = {
    none: () => [],
    "gateway role": () => [
      needsService.includes(target)
        ? GatewayCredentialProvider.fromIamRole({ service: "execute-api", region: "eu-west-1" })
        : GatewayCredentialProvider.fromIamRole(),
    ],
    "caller IAM": () => [GatewayCredentialProvider.fromCallerIam({ service: "bedrock-agentcore" })],
    "OAuth client credentials": () => [GatewayCredentialProvider.fromOauthIdentity(oauth())],
    "OAuth authorization code": () => [
      GatewayCredentialProvider.fromOauthAuthorizationCode({
        ...oauth(),
        defaultReturnUrl: "https://app.example/done",
      }),
    ],
    "OAuth token exchange": () => [GatewayCredentialProvider.fromOauthTokenExchange(oauth())],
    "JWT passthrough": () => [GatewayCredentialProvider.fromJwtPassthrough()],
    "API key": () => [
      GatewayCredentialProvider.fromApiKeyIdentity({
        provider: new ApiKeyCredentialProvider(stack, "key", { apiKey: secretOf(stack) }),
      }),
    ],
  };
  return factories[credential]();
}

/** The block that AWS expects of each credential; the ARNs are of this stack's resources. */
function expectedBlock(credential: CredentialKind, target: TargetKind): unknown {
  const providerArn = expect.stringMatching(
    /^\$\{aws_bedrockagentcore_\w+_credential_provider\.\w+\.credential_provider_arn\}$/,
  ) as string;
  const oauth = { provider_arn: providerArn, scopes: ["read"] };
  const blocks: Record<CredentialKind, unknown> = {
    none: undefined,
    "gateway role": [
      { gateway_iam_role: [needsService.includes(target) ? { service: "execute-api", region: "eu-west-1" } : {}] },
    ],
    "caller IAM": [{ caller_iam_credentials: [{ service: "bedrock-agentcore" }] }],
    "OAuth client credentials": [{ oauth: [oauth] }],
    "OAuth authorization code": [
      { oauth: [{ ...oauth, grant_type: "AUTHORIZATION_CODE", default_return_url: "https://app.example/done" }] },
    ],
    "OAuth token exchange": [{ oauth: [{ ...oauth, grant_type: "TOKEN_EXCHANGE" }] }],
    "JWT passthrough": [{ jwt_passthrough: [{}] }],
    "API key": [{ api_key: [{ provider_arn: providerArn, credential_location: "HEADER" }] }],
  };
  return blocks[credential];
}

const expectedConfiguration: Readonly<Record<TargetKind, unknown>> = {
  "API Gateway stage": {
    mcp: [
      {
        api_gateway: [
          {
            rest_api_id: "abcdefghij",
            stage: "prod",
            api_gateway_tool_configuration: [{ tool_filter: [{ filter_path: "/pets/{id}", methods: ["GET"] }] }],
          },
        ],
      },
    ],
  },
  "Lambda function": {
    mcp: [
      {
        lambda: [
          {
            lambda_arn: "arn:aws:lambda:us-east-1:123456789012:function:add",
            tool_schema: [
              { inline_payload: [{ name: "add", description: "Adds", input_schema: [{ type: "object" }] }] },
            ],
          },
        ],
      },
    ],
  },
  "MCP server": { mcp: [{ mcp_server: [{ endpoint: "https://mcp.example/mcp" }] }] },
  "OpenAPI schema": { mcp: [{ open_api_schema: [{ inline_payload: [{ payload: OPEN_API }] }] }] },
  "Smithy model": { mcp: [{ smithy_model: [{ inline_payload: [{ payload: SMITHY_MODEL }] }] }] },
  "AgentCore Runtime (HTTP)": {
    http: [
      {
        agentcore_runtime: [
          {
            arn: expect.stringMatching(/^\$\{aws_bedrockagentcore_agent_runtime\.\w+\.agent_runtime_arn\}$/) as string,
          },
        ],
      },
    ],
  },
};

describe("the outbound matrix", () => {
  test("has 48 cells", () => {
    expect(cells).toHaveLength(48);
  });

  test.each(cells.filter(({ allowed }) => allowed).map(({ target, credential }) => [target, credential] as const))(
    "lets a gateway call a target of kind %s with %s",
    (target, credential) => {
      const synthesized = Synthesized.from((stack) => addTarget(stack, target, credentials(stack, credential, target)));
      const resource = synthesized.only("aws_bedrockagentcore_gateway_target");
      expect(resource.credential_provider_configuration).toEqual(expectedBlock(credential, target));
      expect(resource.target_configuration).toEqual([expectedConfiguration[target]]);
    },
  );

  test.each(cells.filter(({ allowed }) => !allowed).map(({ target, credential }) => [target, credential] as const))(
    "fails at once in JavaScript for a target of kind %s with %s, and names what is allowed",
    (target, credential) => {
      const stack = createStack();
      let error: unknown;
      try {
        addTarget(stack, target, credentials(stack, credential, target));
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ code: "CREDENTIAL_NOT_ACCEPTED" });
      const named = cells.filter((cell) => cell.target === target && cell.allowed);
      expect(String(error)).toContain(`kind ${target} does not take`);
      expect(String(error).match(/GatewayCredentialProvider\.\w+|an empty list/g)).toHaveLength(named.length + 1);
    },
  );

  test("fails in JavaScript for the gateway's role with or without a service where the other is needed", () => {
    const [withService, without] = [{ service: "lambda" }, undefined].map((options) => [
      options ? GatewayCredentialProvider.fromIamRole(options) : GatewayCredentialProvider.fromIamRole(),
    ]);
    expect(String(errorOf(() => addTarget(createStack(), "MCP server", without ?? [])))).toContain(
      "the service that the gateway signs for",
    );
    expect(String(errorOf(() => addTarget(createStack(), "Lambda function", withService ?? [])))).toContain(
      "without a service",
    );
  });

  test("does not compile in any forbidden cell", () => {
    const marker = /^ *\/\/ @ts-expect-error .*$/gm;
    const source = readFileSync(forbiddenCells, "utf8");
    const lines = source.match(marker) ?? [];
    const forbidden = cells.filter(({ allowed }) => !allowed);
    const ofCells = source.slice(0, source.indexOf("forbiddenForms")).match(marker) ?? [];
    expect(ofCells.map((line) => line.replace(/^.*@ts-expect-error (.*) towards an? (.*)$/, "$2: $1")).sort()).toEqual(
      forbidden.map(({ target, credential }) => `${target}: ${credential}`).sort(),
    );

    const stripped = source.replace(marker, "");
    const errors = new Set(diagnosticLines(stripped));
    const expected = stripped.split("\n").flatMap((line, index) => (/^ {2}gateway\.add/.test(line) ? [index + 1] : []));
    expect(expected).toHaveLength(lines.length);
    expect([...errors].sort((a, b) => a - b)).toEqual(expected);
  }, 300_000);

  test("is the README's table", () => {
    expect(readFileSync(join(repository, "README.md"), "utf8")).toContain(outboundMatrixTable());
  });
});

/** Lines at which the compiler finds errors in the file, had it this text. */
function diagnosticLines(text: string): number[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "forbidden-cells.ts"), text.replace("../../../constructs", "cdktf-agentcore"));
  return compilerFaults(folder).map((fault) => Number(/^forbidden-cells\.ts\((\d+),/.exec(fault)?.[1]));
}
