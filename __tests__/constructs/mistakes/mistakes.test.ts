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
import { PUT_TO_OTHERS } from "../../support/put-to-others";
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

type Making = readonly [make: (parts: Parts) => unknown, advice: RegExp];

/** How each of the mistakes that were put to other tools is made, and what the message advises. */
const makings: Readonly<Record<(typeof PUT_TO_OTHERS)[number], readonly Making[]>> = {
  "an HTTP runtime behind an MCP server target": [
    [
      (parts) =>
        parts.gateway.addRuntimeTarget("t", { runtime: parts.runtime({ protocolConfiguration: ProtocolType.HTTP }) }),
      /protocolConfiguration: ProtocolType\.MCP/,
    ],
    [
      (parts) =>
        parts.target("t", parts.runtime({ protocolConfiguration: ProtocolType.HTTP }).invocationUrl, [parts.oauth()]),
      /protocolConfiguration: ProtocolType\.MCP/,
    ],
  ],
  "a runtime without a JWT authorizer behind an OAuth target": [
    towardsRuntime(
      (parts) => parts.runtime({ authorizerConfiguration: RuntimeAuthorizerConfiguration.usingIAM() }),
      (parts) => parts.oauth(),
      /RuntimeAuthorizerConfiguration\.usingCognito/,
    ),
  ],
  "an audience check of the runtime on Cognito's M2M tokens": [
    [
      (parts) =>
        parts.runtime({
          authorizerConfiguration: RuntimeAuthorizerConfiguration.usingJWT({
            discoveryUrl: parts.userPool.discoveryUrl,
            allowedAudience: ["tools"],
          }),
        }),
      /allowedClients instead/,
    ],
  ],
  "a scope that the resource server does not define": [
    towardsRuntime(
      (parts) => parts.runtime(),
      (parts) => parts.oauth(["tools/tools.delete"]),
      /userPool\.scopes/,
    ),
  ],
  "an empty list of scopes": [
    towardsRuntime(
      (parts) => parts.runtime(),
      (parts) => parts.oauth([]),
      /name at least one/,
    ),
  ],
  "an endpoint that ends in /mcp": [
    [
      (parts) => parts.target("t", parts.runtime().invocationUrl.replace("/invocations", "/mcp"), [parts.oauth()]),
      /addRuntimeTarget/,
    ],
  ],
  "the ARN un-encoded in the endpoint": [
    [
      (parts) => {
        const arn = parts.runtime().agentRuntimeArn;
        const endpoint = `https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${arn}/invocations`;
        return parts.target("t", endpoint, [parts.oauth()]);
      },
      /URL-encoded/,
    ],
  ],
  "an http:// endpoint": [[(parts) => parts.target("t", "http://mcp.example/mcp", []), /https only/]],
  "no outbound authorization towards a JWT runtime": [
    [(parts) => parts.target("t", parts.runtime().invocationUrl, []), /fromOauthIdentity/],
  ],
  "an IAM credential without a service on an MCP server target": [
    [
      (parts) =>
        // The types refuse it; a program in JavaScript gets an error.
        parts.target("t", "https://mcp.example/mcp", [
          GatewayCredentialProvider.fromIamRole() as unknown as IMcpServerTargetCredential,
        ]),
      /fromIamRole\(\{ service/,
    ],
  ],
  "an IAM credential towards a JWT runtime": [
    towardsRuntime(
      (parts) => parts.runtime(),
      () => signed,
      /usingIAM/,
    ),
  ],
  "a discovery URL of the gateway without its ending": [
    [
      ({ stack }) =>
        new Gateway(stack, "other", {
          authorizerConfiguration: GatewayAuthorizer.usingCustomJwt({
            discoveryUrl: "https://issuer.example",
            allowedClients: ["people"],
          }),
        }),
      /\/\.well-known\/openid-configuration/,
    ],
  ],
  "two targets of one name": [
    [
      (parts) => [
        parts.target("one", "https://one.example/mcp", [], "tools"),
        parts.target("two", "https://two.example/mcp", [], "tools"),
      ],
      /gatewayTargetName/,
    ],
  ],
  "a gateway name of 48 characters": [
    [
      ({ stack }) =>
        new Gateway(stack, "other", {
          gatewayName: "x".repeat(48),
          authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
        }),
      /at most 39/,
    ],
  ],
  // The test below says why.
  "an image built without a platform": [],
};

function towardsRuntime(
  runtimeOf: (parts: Parts) => Runtime,
  credentialOf: (parts: Parts) => IMcpServerTargetCredential,
  advice: RegExp,
): Making {
  const make = (parts: Parts) => {
    const credentialProviderConfigurations = [credentialOf(parts)] as const;
    return parts.gateway.addRuntimeTarget("t", { runtime: runtimeOf(parts), credentialProviderConfigurations });
  };
  return [make, advice];
}

const made = PUT_TO_OTHERS.flatMap((title) => makings[title].map((making) => [title, ...making] as const));

describe("the mistakes that AWS's own constructs let through", () => {
  test.each(made)("%s fails", (_, make, advice) => {
    const error = errorOf(() => {
      const parts = new Parts(createStack());
      make(parts);
      return parts.gateway;
    }) as ValidationError;
    expect(error.name).toBe("ValidationError");
    expect(error.problems).toHaveLength(1);
    expect(error.message).toMatch(advice);
  });

  test("an image built without a platform cannot be made: every image is built for arm64, the only platform of AgentCore Runtime", () => {
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
