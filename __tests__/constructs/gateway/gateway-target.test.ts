import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayTarget,
  OAuth2CredentialProvider,
  type OauthIdentityOptions,
} from "../../../constructs";
import { createStack, errorOf, secretOf, statementsOf, Synthesized } from "../support/synthesized";

const endpoint = "https://mcp.example/mcp";
const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";

const createGateway = (stack: TerraformStack) =>
  new Gateway(stack, "front", { gatewayName: "front", authorizerConfiguration: GatewayAuthorizer.usingAwsIam() });

const createProvider = (stack: TerraformStack, id: string) =>
  OAuth2CredentialProvider.usingCustom(stack, id, { clientId: "gateway", clientSecret: secretOf(stack), discoveryUrl });

const oauth = (provider: OAuth2CredentialProvider, options: Partial<OauthIdentityOptions> = {}) =>
  GatewayCredentialProvider.fromOauthIdentity({ provider, scopes: ["tools/read"], ...options });

const resourcesOf = (synthesized: Synthesized, sid: string) =>
  statementsOf(synthesized.only("aws_iam_role_policy").policy).find(({ Sid }) => Sid === sid)?.Resource ?? [];

describe("an MCP server target", () => {
  test("without credentials has no block, and gives the role nothing", () => {
    const synthesized = Synthesized.from((stack) =>
      createGateway(stack).addMcpServerTarget("Tools", { endpoint, credentialProviderConfigurations: [] }),
    );
    expect(synthesized.only("aws_bedrockagentcore_gateway_target")).toEqual({
      name: "Tools",
      gateway_identifier: expect.stringMatching(/\.gateway_id\}$/) as string,
      target_configuration: [{ mcp: [{ mcp_server: [{ endpoint }] }] }],
    });
    expect(synthesized.json.resource).not.toHaveProperty("aws_iam_role_policy");
  });

  test("sends custom parameters with the token request", () => {
    const synthesized = Synthesized.from((stack) =>
      GatewayTarget.forMcpServer(stack, "tools", {
        gateway: createGateway(stack),
        gatewayTargetName: "tools",
        description: "Tools of a partner",
        endpoint,
        credentialProviderConfigurations: [
          oauth(createProvider(stack, "m2m"), { customParameters: { audience: "tools" } }),
        ],
      }),
    );
    expect(synthesized.only("aws_bedrockagentcore_gateway_target")).toMatchObject({
      name: "tools",
      description: "Tools of a partner",
      credential_provider_configuration: [
        { oauth: [{ scopes: ["tools/read"], custom_parameters: { audience: "tools" } }] },
      ],
    });
  });

  test("shares the gateway's one policy with other targets, which names every provider once", () => {
    const synthesized = Synthesized.from((stack) => {
      const gateway = createGateway(stack);
      const [first, second] = [createProvider(stack, "first"), createProvider(stack, "second")];
      [first, second, first].forEach((provider, index) =>
        gateway.addMcpServerTarget(`Tools${index}`, { endpoint, credentialProviderConfigurations: [oauth(provider)] }),
      );
    });
    const providers = Object.keys(synthesized.json.resource.aws_bedrockagentcore_oauth2_credential_provider ?? {});
    const attributes = (attribute: string) =>
      providers.map((name) => `\${aws_bedrockagentcore_oauth2_credential_provider.${name}.${attribute}}`);
    expect(resourcesOf(synthesized, "GetSecretValue")).toEqual(attributes("client_secret_arn[0].secret_arn"));
    expect(resourcesOf(synthesized, "GetResourceOauth2Token").slice(3)).toEqual(attributes("credential_provider_arn"));
    const [policy] = Object.keys(synthesized.json.resource.aws_iam_role_policy ?? {});
    for (const target of Object.values(synthesized.json.resource.aws_bedrockagentcore_gateway_target ?? {})) {
      expect(target.depends_on).toContain(`aws_iam_role_policy.${policy}`);
    }
  });

  test("fails with every unusable value at once", () => {
    const stack = createStack();
    const provider = createProvider(stack, "m2m");
    const error = errorOf(() =>
      createGateway(stack).addMcpServerTarget("Tools", {
        gatewayTargetName: "my_tools",
        description: "x".repeat(201),
        endpoint: "http://mcp.example/mcp",
        credentialProviderConfigurations: [
          oauth(provider, { scopes: [] }),
          oauth(provider, { scopes: ["x".repeat(65)] }),
          oauth(provider, {
            scopes: Array.from({ length: 101 }, (_, index) => `scope-${index}`),
            customParameters: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`p${index}`, "x"])),
          }),
        ],
      }),
    );
    expect(error).toMatchObject({
      constructPath: "stack/front/Tools",
      problems: [
        { code: "NAME_INVALID" },
        { code: "CREDENTIAL_PROVIDER_COUNT" },
        { code: "LENGTH_OUT_OF_RANGE" },
        { code: "SCOPES_INVALID", message: expect.stringContaining("is empty") as string },
        { code: "SCOPES_INVALID", message: expect.stringContaining("has 65 characters") as string },
        { code: "TOO_MANY_ENTRIES", message: "There are 101 scopes: use at most 100." },
        { code: "TOO_MANY_ENTRIES", message: "There are 11 custom parameters: use at most 10." },
        { code: "ENDPOINT_INVALID" },
      ],
    });
  });

  test("takes values that only Terraform knows", () => {
    const stack = createStack();
    const variable = new TerraformVariable(stack, "anything", { type: "string" }).stringValue;
    const provider = createProvider(stack, "m2m");
    const define = () =>
      createGateway(stack).addMcpServerTarget("Tools", {
        gatewayTargetName: variable,
        endpoint: variable,
        credentialProviderConfigurations: [oauth(provider, { scopes: [variable] })],
      });
    expect(define).not.toThrow();
  });
});
