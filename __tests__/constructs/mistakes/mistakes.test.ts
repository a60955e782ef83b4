import { BedrockagentcoreGatewayTarget } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { TerraformStack } from "cdktf";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  type GatewayTarget,
  type IMcpServerTargetCredential,
  OAuth2CredentialProvider,
  OutboundUserPool,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
  type RuntimeProps,
  type ValidationError,
} from "../../../constructs";
import { createStack, errorOf, fixtureArtifact, Synthesized } from "../support/synthesized";

const agentRuntimeArtifact = AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/tools:1" });

/** The article's parts in a stack, each of which a test can put together wrongly. */
class Parts {
  public readonly userPool: OutboundUserPool;
  public readonly gateway: Gateway;

  public constructor(
    public readonly stack: TerraformStack,
    gatewayName = "front",
    discoveryUrl?: string,
  ) {
    this.userPool = new OutboundUserPool(stack, "machines", { resourceServerIdentifier: "tools" });
    this.gateway = new Gateway(stack, "gateway", {
      gatewayName,
      authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
        discoveryUrl: discoveryUrl ?? "https://issuer.example/.well-known/openid-configuration",
        allowedClients: ["people"],
      }),
    });
  }

  public runtime(props: Partial<RuntimeProps> = {}): Runtime {
    const authorizerConfiguration = RuntimeAuthorizerConfiguration.usingCognito({ userPool: this.userPool });
    return new Runtime(this.stack, "runtime", { agentRuntimeArtifact, authorizerConfiguration, ...props });
  }

  public oauth(scopes: readonly string[] = this.userPool.scopes): IMcpServerTargetCredential {
    const provider = OAuth2CredentialProvider.usingCognito(this.stack, "m2m", { userPool: this.userPool });
    return GatewayCredentialProvider.fromOauthIdentity({ provider, scopes });
  }

  public target(
    id: string,
    endpoint: string,
    credentials: readonly IMcpServerTargetCredential[],
    name?: string,
  ): GatewayTarget {
    return this.gateway.addMcpServerTarget(id, {
      gatewayTargetName: name,
      endpoint,
      credentialProviderConfigurations: credentials,
    });
  }
}

const signed = GatewayCredentialProvider.fromIamRole({ service: "bedrock-agentcore" });

/** Number, mistake, how it is made, what the message advises. */
const mistakes: readonly (readonly [number, string, (parts: Parts) => unknown, RegExp])[] = [
  [
    1,
    "an HTTP runtime behind an MCP target",
    (parts) =>
      parts.gateway.addRuntimeTarget("t", { runtime: parts.runtime({ protocolConfiguration: ProtocolType.HTTP }) }),
    /protocolConfiguration: ProtocolType\.MCP/,
  ],
  [
    1,
    "an HTTP runtime behind an MCP server target",
    (parts) =>
      parts.target("t", parts.runtime({ protocolConfiguration: ProtocolType.HTTP }).invocationUrl, [parts.oauth()]),
    /protocolConfiguration: ProtocolType\.MCP/,
  ],
  [
    2,
    "an IAM runtime behind an OAuth target",
    (parts) =>
      parts.gateway.addRuntimeTarget("t", {
        runtime: parts.runtime({ authorizerConfiguration: RuntimeAuthorizerConfiguration.usingIAM() }),
        credentialProviderConfigurations: [parts.oauth()],
      }),
    /RuntimeAuthorizerConfiguration\.usingCognito/,
  ],
  [
    3,
    "allowedAudience with Cognito's access tokens",
    (parts) =>
      parts.runtime({
        authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
          discoveryUrl: parts.userPool.discoveryUrl,
          allowedAudience: ["tools"],
        }),
      }),
    /allowedClients instead/,
  ],
  [
    4,
    "a scope that the resource server does not define",
    (parts) =>
      parts.gateway.addRuntimeTarget("t", {
        runtime: parts.runtime(),
        credentialProviderConfigurations: [parts.oauth(["tools/tools.delete"])],
      }),
    /userPool\.scopes/,
  ],
  [
    5,
    "an empty list of scopes",
    (parts) =>
      parts.gateway.addRuntimeTarget("t", {
        runtime: parts.runtime(),
        credentialProviderConfigurations: [parts.oauth([])],
      }),
    /name at least one/,
  ],
  [
    6,
    "an endpoint that ends in /mcp",
    (parts) => parts.target("t", parts.runtime().invocationUrl.replace("/invocations", "/mcp"), [parts.oauth()]),
    /addRuntimeTarget/,
  ],
  [
    7,
    "the raw ARN in the endpoint",
    (parts) => {
      const arn = parts.runtime().agentRuntimeArn;
      const endpoint = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${arn}/invocations`;
      return parts.target("t", endpoint, [parts.oauth()]);
    },
    /URL-encoded/,
  ],
  [8, "an http endpoint", (parts) => parts.target("t", "http://mcp.example/mcp", []), /https only/],
  [
    9,
    "no credential towards a JWT runtime",
    (parts) => parts.target("t", parts.runtime().invocationUrl, []),
    /fromOauthIdentity/,
  ],
  [
    10,
    "the gateway's role without a service towards an MCP server",
    (parts) =>
      // The types refuse it; a program in JavaScript gets an error.
      parts.target("t", "https://mcp.example/mcp", [
        GatewayCredentialProvider.fromIamRole() as unknown as IMcpServerTargetCredential,
      ]),
    /fromIamRole\(\{ service/,
  ],
  [
    11,
    "the gateway's role towards a JWT runtime",
    (parts) =>
      parts.gateway.addRuntimeTarget("t", {
        runtime: parts.runtime(),
        credentialProviderConfigurations: [signed],
      }),
    /usingIAM/,
  ],
  [
    12,
    "a discovery URL without the document",
    ({ stack }) =>
      new Gateway(stack, "other", {
        authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
          discoveryUrl: "https://issuer.example",
          allowedClients: ["people"],
        }),
      }),
    /\/\.well-known\/openid-configuration/,
  ],
  [
    13,
    "two targets of one name",
    (parts) => [
      parts.target("one", "https://one.example/mcp", [], "tools"),
      parts.target("two", "https://two.example/mcp", [], "tools"),
    ],
    /gatewayTargetName/,
  ],
  [
    14,
    "a gateway name of 48 characters",
    ({ stack }) =>
      new Gateway(stack, "other", {
        gatewayName: "x".repeat(48),
        authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
      }),
    /at most 39/,
  ],
];

describe("the mistakes that AWS's own constructs let through", () => {
  test.each(mistakes)("%i fails: %s", (_, __, make, advice) => {
    const error = errorOf(() => {
      const parts = new Parts(createStack());
      make(parts);
      return parts.gateway;
    }) as ValidationError;
    expect(error.name).toBe("ValidationError");
    expect(error.problems).toHaveLength(1);
    expect(error.message).toMatch(advice);
  });

  test("15 cannot be made: every image is built for arm64, the only platform of AgentCore Runtime", () => {
    const synthesized = Synthesized.from(
      (stack) => new Runtime(stack, "runtime", { agentRuntimeArtifact: fixtureArtifact() }),
    );
    const [{ provisioner } = {}] = Object.values(synthesized.json.resource.terraform_data ?? {});
    expect(JSON.stringify(provisioner)).toContain('"PLATFORM":"linux/arm64"');
    expect(JSON.stringify(provisioner)).toContain('--platform \\"$PLATFORM\\"');
  });

  test("are all reported at once when a stack has several", () => {
    const error = errorOf(() => {
      const stack = createStack();
      const parts = new Parts(stack, "x".repeat(48), "https://issuer.example");
      const runtime = parts.runtime({ protocolConfiguration: ProtocolType.HTTP });
      parts.gateway.addRuntimeTarget("one", { runtime, credentialProviderConfigurations: [signed] });
      parts.target("two", "http://mcp.example/mcp", [], "tools");
      parts.target("three", runtime.invocationUrl.replace("/invocations", "/mcp"), [parts.oauth([])], "tools");
      return parts.gateway;
    }) as ValidationError;
    expect(error.problems.map(({ code }) => code).sort()).toEqual([
      "AUTHORIZATION_MISMATCH",
      "DISCOVERY_URL_INVALID",
      "ENDPOINT_INVALID",
      "ENDPOINT_INVALID",
      "NAME_INVALID",
      "NAME_TAKEN",
      "PROTOCOL_MISMATCH",
      "SCOPES_INVALID",
    ]);
    expect(error.message.split("\n").map((line) => line.replace(/:.*/, ""))).toEqual([
      "stack/gateway",
      "stack/gateway/one",
      "stack/gateway/two",
      "stack/gateway/three",
    ]);
  });

  test("are reported together with those of raw resources beside the constructs", () => {
    const error = errorOf(() => {
      const stack = createStack();
      const parts = new Parts(stack, "x".repeat(48));
      new BedrockagentcoreGatewayTarget(stack, "raw", {
        name: "raw",
        gatewayIdentifier: parts.gateway.gatewayId,
        targetConfiguration: [{ mcp: [{ mcpServer: [{ endpoint: "http://mcp.example/mcp" }] }] }],
      });
      return parts.gateway;
    }) as ValidationError;
    expect(error.problems.map(({ code }) => code)).toEqual(["NAME_INVALID", "REVIEW_FINDING"]);
    expect(error.problems[1]?.constructPath).toBe("stack/raw");
  });
});
