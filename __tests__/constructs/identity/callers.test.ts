import { Fn, TerraformOutput, TerraformVariable, type TerraformStack } from "cdktf";
import {
  CustomClaim,
  CustomClaimOperator,
  Gateway,
  GatewayAuthorizer,
  InboundUserPool,
  McpClientRedirectUrls,
  Mfa,
  type MachineClientOptions,
  StandardThreatProtectionMode,
  UserSignIn,
} from "../../../constructs";
import { requiredWhere } from "../support/bindings";
import { createStack, errorOf, Synthesized } from "../support/synthesized";

const CLIENT = "aws_cognito_user_pool_client";
const byCode = (callbackUrls: readonly string[], scopes?: readonly string[]) =>
  UserSignIn.authorizationCode({ callbackUrls, scopes });

const clientsOf = ({ json }: Synthesized) => Object.values(json.resource[CLIENT] ?? {});
const clientNamed = (stack: Synthesized, ending: string) =>
  clientsOf(stack).find(({ name }) => String(name).endsWith(ending));
const authorizerOf = (stack: Synthesized) => {
  const [configuration] = stack.only("aws_bedrockagentcore_gateway").authorizer_configuration as [
    { custom_jwt_authorizer: [Record<string, unknown>] },
  ];
  return configuration.custom_jwt_authorizer[0];
};

describe("people", () => {
  test("sign in with the browser when the pool says so, at a domain of the pool", () => {
    const stack = Synthesized.from((scope) => {
      new InboundUserPool(scope, "people", { signIn: [byCode(McpClientRedirectUrls.CLAUDE)] });
    });
    expect(stack.only(CLIENT)).toMatchObject({
      generate_secret: false,
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ["code"],
      allowed_oauth_scopes: ["openid", "email", "profile"],
      callback_urls: McpClientRedirectUrls.CLAUDE,
      supported_identity_providers: ["COGNITO"],
      explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      prevent_user_existence_errors: "ENABLED",
    });
    expect(stack.only("aws_cognito_user_pool_domain").domain).toMatch(/^stack-people-/);
  });

  test("sign in with the browser and with a password at once", () => {
    const stack = Synthesized.from((scope) => {
      new InboundUserPool(scope, "people", { signIn: [UserSignIn.password(), byCode(["https://example.com/cb"])] });
    });
    expect(stack.only(CLIENT)).toMatchObject({
      explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      allowed_oauth_flows: ["code"],
    });
  });

  test("have no domain that nobody needs", () => {
    const stack = Synthesized.from((scope) => new InboundUserPool(scope, "people"));
    expect(stack.json.resource).not.toHaveProperty("aws_cognito_user_pool_domain");
    expect(stack.json.resource).not.toHaveProperty("aws_cognito_resource_server");
  });

  test("may ask for scopes of the pool by their short names", () => {
    const stack = Synthesized.from((scope) => {
      new InboundUserPool(scope, "people", { signIn: [byCode(["https://example.com/cb"], ["openid", "tools.read"])] });
    });
    expect(stack.only(CLIENT).allowed_oauth_scopes).toEqual([
      "openid",
      expect.stringMatching(/^\$\{aws_cognito_resource_server\.\w+\.identifier\}\/tools\.read$/),
    ]);
  });

  test("get another app client for another app, whose tokens the gateway takes too", () => {
    const stack = Synthesized.from((scope) => {
      const people = new InboundUserPool(scope, "people");
      new Gateway(scope, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: people }) });
      people.addPublicClient("inspector", { signIn: [byCode(McpClientRedirectUrls.MCP_INSPECTOR)] });
    });
    expect(clientsOf(stack)).toHaveLength(2);
    expect(authorizerOf(stack).allowed_clients).toHaveLength(2);
  });

  test("keep their session by rotating refresh tokens, without the flow that Cognito then refuses", () => {
    const stack = Synthesized.from((scope) => {
      new InboundUserPool(scope, "people", {
        signIn: [byCode(["https://example.com/cb"])],
        refreshTokenRotationGracePeriodInSeconds: 10,
        refreshTokenValidityInDays: 5,
        accessTokenValidityInMinutes: 10,
      });
    });
    expect(stack.only(CLIENT)).toMatchObject({
      refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 10 }],
      explicit_auth_flows: ["ALLOW_USER_SRP_AUTH"],
      refresh_token_validity: 5,
      access_token_validity: 10,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
    });
  });

  test.each([
    "https://claude.ai/api/mcp/auth_callback",
    "http://localhost:6274/oauth/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
  ])("come back to %s", (url) => {
    expect(() =>
      Synthesized.from((scope) => new InboundUserPool(scope, "people", { signIn: [byCode([url])] })),
    ).not.toThrow();
  });

  test.each(["http://example.com/cb", "http://127.0.0.1:33418/", "https://example.com/#cb", "/callback", ""])(
    "fail to come back to %j",
    (url) => {
      const failed = errorOf(() => new InboundUserPool(createStack(), "people", { signIn: [byCode([url])] }));
      expect(failed).toMatchObject({ code: "CALLBACK_URL_INVALID" });
    },
  );

  test("fail without a scope, and with two ways through the browser", () => {
    const url = "https://example.com/cb";
    const signIns = [[byCode([url], [])], [byCode([url]), byCode([url])]];
    const failures = signIns.map((signIn) => errorOf(() => new InboundUserPool(createStack(), "people", { signIn })));
    expect(failures).toMatchObject([{ code: "SCOPES_INVALID" }, { code: "TOO_MANY_ENTRIES" }]);
  });
});

describe("machines", () => {
  const pool = (stack: TerraformStack) => new InboundUserPool(stack, "callers", { signIn: [] });

  test("each have an app client with a secret, the scopes that they need, and short-lived tokens", () => {
    const stack = Synthesized.from((scope) => {
      const callers = new InboundUserPool(scope, "callers");
      const ci = callers.addMachineClient("ci", { scopes: ["tools.read"], accessTokenValidityInMinutes: 15 });
      callers.addMachineClient("agent");
      new TerraformOutput(scope, "endpoint", { value: ci.tokenEndpoint });
      new TerraformOutput(scope, "scopes", { value: ci.scopes });
    });
    expect(clientNamed(stack, "-ci")).toMatchObject({
      generate_secret: true,
      allowed_oauth_flows: ["client_credentials"],
      allowed_oauth_scopes: stack.json.output.scopes?.value,
      access_token_validity: 15,
      token_validity_units: [{ access_token: "minutes" }],
      prevent_user_existence_errors: "ENABLED",
    });
    expect(clientNamed(stack, "-agent")?.allowed_oauth_scopes).toHaveLength(3);
    expect(stack.json.output.endpoint?.value).toMatch(
      /^https:\/\/\$\{aws_cognito_user_pool_domain\.\w+\.domain\}\.auth\.\$\{data\.aws_region\.\w+\.region\}\.amazoncognito\.com\/oauth2\/token$/,
    );
  });

  test("are alone in a pool without sign-in, whose client id is then the first one's", () => {
    const stack = Synthesized.from((scope) => {
      const callers = pool(scope);
      new TerraformOutput(scope, "id", { value: callers.clientId });
      new Gateway(scope, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool: callers }) });
      callers.addMachineClient("ci");
    });
    expect(clientsOf(stack)).toHaveLength(1);
    expect(authorizerOf(stack).allowed_clients).toEqual([stack.json.output.id?.value]);
  });

  test("get tokens at a domain of one's own", () => {
    const certificateArn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    const stack = Synthesized.from((scope) => {
      const customDomain = { domainName: "auth.example.com", certificateArn };
      const callers = new InboundUserPool(scope, "callers", { customDomain });
      new TerraformOutput(scope, "endpoint", { value: callers.tokenEndpoint });
    });
    expect(stack.only("aws_cognito_user_pool_domain")).toMatchObject({
      domain: "auth.example.com",
      certificate_arn: certificateArn,
    });
    expect(stack.json.output.endpoint?.value).toMatch(/^https:\/\/\$\{[\w.]+\}\/oauth2\/token$/);
  });

  test.each<[string, MachineClientOptions, string]>([
    ["a scope that the pool does not have", { scopes: ["tools.delete"] }, "SCOPES_INVALID"],
    ["an empty list of scopes", { scopes: [] }, "SCOPES_INVALID"],
    ["tokens of four minutes", { accessTokenValidityInMinutes: 4 }, "VALUE_OUT_OF_RANGE"],
    ["a name of other characters", { userPoolClientName: "a/b" }, "NAME_INVALID"],
  ])("fail with %s", (_, options, code) => {
    expect(errorOf(() => pool(createStack()).addMachineClient("ci", options))).toMatchObject({ code });
  });

  test("are missing in a pool without any app client", () => {
    expect(errorOf(() => pool(createStack()))).toMatchObject({ code: "CLIENT_MISSING" });
  });
});

describe("a pool's security", () => {
  test("is set as asked for", () => {
    const stack = Synthesized.from((scope) => {
      new InboundUserPool(scope, "people", {
        mfa: Mfa.REQUIRED,
        deletionProtection: true,
        standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
        passwordPolicy: { minLength: 14, passwordHistorySize: 5 },
        tags: { team: "tools" },
      });
    });
    expect(stack.only("aws_cognito_user_pool")).toMatchObject({
      mfa_configuration: "ON",
      software_token_mfa_configuration: { enabled: true },
      deletion_protection: "ACTIVE",
      user_pool_add_ons: { advanced_security_mode: "ENFORCED" },
      user_pool_tier: "PLUS",
      password_policy: { minimum_length: 14, password_history_size: 5, require_symbols: true },
      tags: { team: "tools" },
    });
  });

  test.each([{ minLength: 5 }, { minLength: 100 }, { passwordHistorySize: 25 }, { tempPasswordValidityInDays: 0 }])(
    "fails for the password policy %j",
    (passwordPolicy) => {
      const failed = errorOf(() => new InboundUserPool(createStack(), "people", { passwordPolicy }));
      expect(failed).toMatchObject({ code: "VALUE_OUT_OF_RANGE" });
    },
  );
});

describe("a pool that exists", () => {
  test("is in the region that its id names", () => {
    const stack = Synthesized.from((scope) => {
      const userPool = InboundUserPool.fromUserPoolAttributes(scope, "people", {
        userPoolId: "eu-central-1_AbCdEfGhI",
        clientId: "4k1abc",
        clientIds: ["4k1abc", "5k2def"],
      });
      new Gateway(scope, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool }) });
    });
    expect(authorizerOf(stack)).toMatchObject({
      discovery_url:
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI/.well-known/openid-configuration",
      allowed_clients: ["4k1abc", "5k2def"],
    });
  });

  test("is in the region that its id will name", () => {
    const stack = Synthesized.from((scope) => {
      const userPoolId = new TerraformVariable(scope, "pool", { type: "string" }).stringValue;
      const userPool = InboundUserPool.fromUserPoolAttributes(scope, "people", { userPoolId, clientId: "4k1abc" });
      new Gateway(scope, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool }) });
    });
    expect(authorizerOf(stack).discovery_url).toBe(
      'https://cognito-idp.${element(split("_", var.pool), 0)}.amazonaws.com/${var.pool}/.well-known/openid-configuration',
    );
  });

  test("has clients that only Terraform knows, and how many", () => {
    const stack = Synthesized.from((scope) => {
      const clientIds = new TerraformVariable(scope, "clients", { type: "list(string)" }).listValue;
      const userPool = InboundUserPool.fromUserPoolAttributes(scope, "people", {
        userPoolId: "eu-west-1_AbCdEfGhI",
        clientId: "4k1abc",
        clientIds,
      });
      new Gateway(scope, "gateway", { authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool }) });
    });
    expect(authorizerOf(stack)).toMatchObject({ allowed_clients: "${var.clients}" });
  });

  test.each([
    ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI", "4k1abc"],
    ["my-pool", "4k1abc"],
    ["us-east-1_AbCdEfGhI", ""],
    ["us-east-1_AbCdEfGhI", "my client"],
  ])("fails with the id %j and the client %j", (userPoolId, clientId) => {
    const failed = errorOf(() =>
      InboundUserPool.fromUserPoolAttributes(createStack(), "people", { userPoolId, clientId }),
    );
    expect(failed).toMatchObject({ code: "NAME_INVALID" });
  });
});

describe("other issuers", () => {
  const gateway = (authorizerConfiguration: GatewayAuthorizer) =>
    Synthesized.from((stack) => new Gateway(stack, "gateway", { authorizerConfiguration }));
  const claim = (name: string, value: string) => ({
    inbound_token_claim_name: name,
    inbound_token_claim_value_type: "STRING",
    authorizing_claim_match_value: [
      { claim_match_operator: "EQUALS", claim_match_value: [{ match_value_string: value }] },
    ],
  });
  const oneOf = (name: string, values: readonly string[]) => ({
    inbound_token_claim_name: name,
    inbound_token_claim_value_type: "STRING_ARRAY",
    authorizing_claim_match_value: [
      { claim_match_operator: "CONTAINS_ANY", claim_match_value: [{ match_value_string_list: values }] },
    ],
  });

  test("are Entra's tenants, with roles and one application", () => {
    const stack = gateway(
      GatewayAuthorizer.usingEntra({
        tenantId: "contoso.onmicrosoft.com",
        allowedAudience: ["1111"],
        allowedClient: "2222",
        allowedRoles: ["Tools.Call"],
      }),
    );
    expect(authorizerOf(stack)).toEqual({
      discovery_url: "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration",
      allowed_audience: ["1111"],
      custom_claim: [claim("azp", "2222"), oneOf("roles", ["Tools.Call"])],
    });
    expect(stack.json.terraform.required_providers?.aws).toMatchObject({ version: requiredWhere("~> 6.40") });
  });

  test("are Okta's authorization servers", () => {
    const options = { domain: "example.okta.com", allowedAudience: ["api://default"], allowedClient: "0oa1" };
    expect(authorizerOf(gateway(GatewayAuthorizer.usingOkta(options)))).toEqual({
      discovery_url: "https://example.okta.com/oauth2/default/.well-known/openid-configuration",
      allowed_audience: ["api://default"],
      custom_claim: [claim("cid", "0oa1")],
    });
  });

  test("are Auth0's tenants", () => {
    const options = {
      domain: "example.eu.auth0.com",
      allowedAudience: ["https://tools.example.com"],
      allowedPermissions: ["call:tools"],
      customClaims: [CustomClaim.withStringArrayValue("https://example.com/groups", ["tools"])],
    };
    expect(authorizerOf(gateway(GatewayAuthorizer.usingAuth0(options)))).toMatchObject({
      discovery_url: "https://example.eu.auth0.com/.well-known/openid-configuration",
      custom_claim: [
        oneOf("permissions", ["call:tools"]),
        {
          authorizing_claim_match_value: [
            { claim_match_operator: "CONTAINS", claim_match_value: [{ match_value_string: "tools" }] },
          ],
        },
      ],
    });
  });

  const entra = "https://login.microsoftonline.com";
  const document = ".well-known/openid-configuration";
  test.each([
    ["a tenant for all", `${entra}/common/v2.0/${document}`, {}, "DISCOVERY_URL_INVALID"],
    ["Entra's version 1", `${entra}/contoso.com/${document}`, {}, "DISCOVERY_URL_INVALID"],
    ["Okta's organization server", `https://example.okta.com/${document}`, {}, "DISCOVERY_URL_INVALID"],
    [
      "allowedClients of Okta",
      `https://example.okta.com/oauth2/default/${document}`,
      { allowedClients: ["0oa1"] },
      "AUTHORIZATION_MISMATCH",
    ],
    [
      "an application id URI",
      `${entra}/contoso.com/v2.0/${document}`,
      { allowedAudience: ["api://1111"] },
      "AUTHORIZATION_MISMATCH",
    ],
    [
      "several values that must all be there",
      `https://id.example.com/${document}`,
      { customClaims: [CustomClaim.withStringArrayValue("groups", ["a", "b"], CustomClaimOperator.CONTAINS)] },
      "CLAIM_INVALID",
    ],
    [
      "a list that only Terraform knows, all of which must be there",
      `https://id.example.com/${document}`,
      { customClaims: [CustomClaim.withStringArrayValue("groups", Fn.split(",", "${var.groups}"))] },
      "CLAIM_INVALID",
    ],
    [
      "a claim name with a hyphen",
      `https://id.example.com/${document}`,
      { customClaims: [CustomClaim.withStringValue("my-claim", "a")] },
      "CLAIM_INVALID",
    ],
  ])("fail with %s", (_, discoveryUrl, restrictions, code) => {
    const authorizer = GatewayAuthorizer.usingCustomJwt({ discoveryUrl, allowedAudience: ["a"], ...restrictions });
    const failed = errorOf(() => new Gateway(createStack(), "gateway", { authorizerConfiguration: authorizer }));
    expect(failed).toMatchObject({ code });
  });
});
