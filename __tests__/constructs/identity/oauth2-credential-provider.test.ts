import { TerraformVariable } from "cdktf";
import { OAuth2CredentialProvider, OutboundUserPool } from "../../../constructs";
import { createStack, errorOf, secretOf, Synthesized } from "../support/synthesized";

const discoveryUrl = "https://issuer.example/.well-known/openid-configuration";

describe("OAuth2CredentialProvider.usingCognito", () => {
  test("is the pool's client, and waits for the domain that issues its tokens", () => {
    const synthesized = Synthesized.from((stack) => {
      const userPool = new OutboundUserPool(stack, "machines");
      OAuth2CredentialProvider.usingCognito(stack, "m2m", { userPool });
    });
    const [client = ""] = Object.keys(synthesized.json.resource.aws_cognito_user_pool_client ?? {});
    const [pool = ""] = Object.keys(synthesized.json.resource.aws_cognito_user_pool ?? {});
    const [domain = ""] = Object.keys(synthesized.json.resource.aws_cognito_user_pool_domain ?? {});
    expect(synthesized.only("aws_bedrockagentcore_oauth2_credential_provider")).toEqual({
      name: expect.stringMatching(/^stack-m2m-[0-9a-f]{8}$/) as string,
      credential_provider_vendor: "CustomOauth2",
      oauth2_provider_config: [
        {
          custom_oauth2_provider_config: [
            {
              client_id: `\${aws_cognito_user_pool_client.${client}.id}`,
              client_secret: `\${aws_cognito_user_pool_client.${client}.client_secret}`,
              oauth_discovery: [
                {
                  discovery_url:
                    "https://cognito-idp.${data.aws_region.agentcore.region}.amazonaws.com/" +
                    `\${aws_cognito_user_pool.${pool}.id}/.well-known/openid-configuration`,
                },
              ],
            },
          ],
        },
      ],
      depends_on: [`aws_cognito_user_pool_domain.${domain}`],
    });
  });
});

describe("OAuth2CredentialProvider.usingCustom", () => {
  test("takes any client of any issuer", () => {
    const synthesized = Synthesized.from((stack) => {
      const secret = new TerraformVariable(stack, "client_secret", { sensitive: true });
      OAuth2CredentialProvider.usingCustom(stack, "m2m", {
        oAuth2CredentialProviderName: "partner_1",
        clientId: "gateway",
        clientSecret: secret.stringValue,
        discoveryUrl,
      });
    });
    const provider = synthesized.only("aws_bedrockagentcore_oauth2_credential_provider");
    expect(provider.name).toBe("partner_1");
    expect(provider.oauth2_provider_config).toEqual([
      {
        custom_oauth2_provider_config: [
          {
            client_id_wo: "gateway",
            client_secret_wo: "${var.client_secret}",
            client_credentials_wo_version: 1,
            oauth_discovery: [{ discovery_url: discoveryUrl }],
          },
        ],
      },
    ]);
  });

  const metadata = {
    issuer: "https://issuer.example",
    authorizationEndpoint: "https://issuer.example/authorize",
    tokenEndpoint: "https://issuer.example/token",
  };

  test.each([
    ["neither", {}],
    ["both", { discoveryUrl, authorizationServerMetadata: metadata }],
  ])("fails with %s of the discovery document and the metadata", (_, server) => {
    const error = errorOf(() => {
      const stack = createStack();
      return OAuth2CredentialProvider.usingCustom(stack, "m2m", {
        clientId: "gateway",
        clientSecret: secretOf(stack),
        ...server,
      });
    });
    expect(error).toMatchObject({
      code: "ARGUMENTS_CONFLICT",
      message: expect.stringContaining("one of discoveryUrl and authorizationServerMetadata") as string,
    });
  });

  test("fails with every unusable value at once", () => {
    const error = errorOf(() =>
      OAuth2CredentialProvider.usingCustom(createStack(), "m2m", {
        oAuth2CredentialProviderName: "a b",
        clientId: "",
        clientSecret: "x".repeat(2049),
        discoveryUrl: "https://issuer.example",
      }),
    );
    expect(error).toMatchObject({
      problems: [
        { code: "NAME_INVALID" },
        { code: "LENGTH_OUT_OF_RANGE", message: expect.stringContaining("client id") as string },
        {
          code: "LENGTH_OUT_OF_RANGE",
          message: expect.stringContaining("client secret has 2049 characters") as string,
        },
        { code: "SECRET_IN_PLAIN_TEXT" },
        { code: "DISCOVERY_URL_INVALID" },
      ],
    });
  });

  test("fails without telling the secret", () => {
    const clientSecret = "hush".repeat(600);
    const error = errorOf(() =>
      OAuth2CredentialProvider.usingCustom(createStack(), "m2m", { clientId: "gateway", clientSecret, discoveryUrl }),
    );
    expect((error as Error).message).not.toContain("hush");
  });
});
