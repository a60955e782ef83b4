import { TerraformOutput } from "cdktf";
import { InboundUserPool, OutboundUserPool, ValidationError } from "../../../constructs";
import { createStack, errorOf, Synthesized } from "../support/synthesized";

describe("InboundUserPool", () => {
  const synthesized = Synthesized.from((stack) => new InboundUserPool(stack, "people"));

  test("has a public client that signs users in with a password", () => {
    const client = synthesized.only("aws_cognito_user_pool_client");
    expect(client.generate_secret).toBe(false);
    expect(client.explicit_auth_flows).toEqual(["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]);
    expect(client).not.toHaveProperty("allowed_oauth_flows");
  });

  test("takes plain user names, as the article creates its user with", () => {
    expect(synthesized.only("aws_cognito_user_pool")).not.toHaveProperty("username_attributes");
  });

  test("lets nobody sign up unless asked", () => {
    const open = Synthesized.from((stack) => new InboundUserPool(stack, "people", { selfSignUpEnabled: true }));
    expect(synthesized.only("aws_cognito_user_pool").admin_create_user_config).toEqual({
      allow_admin_create_user_only: true,
    });
    expect(open.only("aws_cognito_user_pool").admin_create_user_config).toEqual({
      allow_admin_create_user_only: false,
    });
  });

  test("derives its names from its path", () => {
    expect(synthesized.only("aws_cognito_user_pool").name).toMatch(/^stack-people-[0-9a-f]{8}$/);
    expect(synthesized.only("aws_cognito_user_pool_client").name).toMatch(/^stack-people-[0-9a-f]{8}-client$/);
  });

  test("fails with every invalid name at once", () => {
    const error = errorOf(
      () => new InboundUserPool(createStack(), "people", { userPoolName: "a/b", userPoolClientName: "" }),
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('The user pool name "a/b" is not valid'),
      expect.stringContaining('The user pool client name "" is not valid'),
    ]);
    expect((error as ValidationError).constructPath).toBe("stack/people");
  });
});

describe("OutboundUserPool", () => {
  const synthesized = Synthesized.from((stack) => new OutboundUserPool(stack, "machines"));

  test("has a resource server with the scopes of the article", () => {
    const { identifier, scope } = synthesized.only("aws_cognito_resource_server");
    expect(identifier).toBe("mcp-server");
    expect(scope).toEqual([
      { scope_name: "tools.read", scope_description: expect.stringMatching(/./) as string },
      { scope_name: "tools.write", scope_description: expect.stringMatching(/./) as string },
      { scope_name: "tools.execute", scope_description: expect.stringMatching(/./) as string },
    ]);
  });

  test("has a confidential client with the client credentials grant and nothing else", () => {
    const client = synthesized.only("aws_cognito_user_pool_client");
    expect(client.generate_secret).toBe(true);
    expect(client.allowed_oauth_flows_user_pool_client).toBe(true);
    expect(client.allowed_oauth_flows).toEqual(["client_credentials"]);
    expect(client.explicit_auth_flows).toEqual(["ALLOW_REFRESH_TOKEN_AUTH"]);
  });

  test("allows the client the scopes that it offers to targets", () => {
    const custom = Synthesized.from((stack) => {
      const { scopes } = new OutboundUserPool(stack, "machines", {
        resourceServerIdentifier: "notes",
        scopes: [{ scopeName: "read", scopeDescription: "Read notes" }],
      });
      new TerraformOutput(stack, "scopes", { value: scopes });
    });
    const scopes = custom.json.output.scopes?.value;
    expect(scopes).toEqual([expect.stringMatching(/^\$\{aws_cognito_resource_server\.\w+\.identifier\}\/read$/)]);
    expect(custom.only("aws_cognito_user_pool_client").allowed_oauth_scopes).toEqual(scopes);
  });

  test.each(["CognitoPool", "my-AWS-pool", "aAmazonwsPool", "amazon"])(
    "has a domain that Cognito takes, as %s",
    (id) => {
      const { domain } = Synthesized.from((stack) => new OutboundUserPool(stack, id)).only(
        "aws_cognito_user_pool_domain",
      );
      const [prefix = ""] = String(domain).split("$");
      expect(prefix).toMatch(/^stack-[a-z0-9-]*[0-9a-f]{8}-$/);
      expect(prefix).not.toMatch(/aws|amazon|cognito/);
    },
  );

  test("takes a domain that is unique to the account", () => {
    expect(synthesized.only("aws_cognito_user_pool_domain").domain).toMatch(
      /^stack-machines-[0-9a-f]{8}-\$\{data\.aws_caller_identity\.agentcore\.account_id\}$/,
    );
  });

  test("lets nobody sign up", () => {
    const { admin_create_user_config } = synthesized.only("aws_cognito_user_pool");
    expect(admin_create_user_config).toEqual({ allow_admin_create_user_only: true });
  });

  test.each(["aws-tools", "my-amazon", "cognito1", "Upper", "-a", "a-", "a_b", "x".repeat(64), ""])(
    "fails for the domain prefix %j",
    (domainPrefix) => {
      const error = errorOf(() => new OutboundUserPool(createStack(), "machines", { domainPrefix }));
      expect(error).toMatchObject({ code: "NAME_INVALID" });
    },
  );

  test("fails without scopes", () => {
    const error = errorOf(() => new OutboundUserPool(createStack(), "machines", { scopes: [] }));
    expect(error).toMatchObject({ code: "SCOPES_INVALID" });
  });

  test("fails for a scope name with a slash, and for a full name that no gateway target takes", () => {
    const withScope = (scopeName: string) => () =>
      new OutboundUserPool(createStack(), "machines", { scopes: [{ scopeName, scopeDescription: "Anything" }] });
    expect(errorOf(withScope("tools/read"))).toMatchObject({ code: "NAME_INVALID" });
    expect(withScope("x".repeat(53))).not.toThrow();
    expect(errorOf(withScope("x".repeat(54)))).toMatchObject({ code: "SCOPES_INVALID" });
  });

  test("fails for a scope without a description", () => {
    const scopes = [{ scopeName: "read", scopeDescription: "" }];
    const error = errorOf(() => new OutboundUserPool(createStack(), "machines", { scopes }));
    expect(error).toMatchObject({ code: "LENGTH_OUT_OF_RANGE" });
  });

  test("fails for more scopes than a client may have", () => {
    const scopes = Array.from({ length: 51 }, (_, index) => ({ scopeName: `s${index}`, scopeDescription: "Anything" }));
    const error = errorOf(() => new OutboundUserPool(createStack(), "machines", { scopes }));
    expect(error).toMatchObject({ code: "TOO_MANY_ENTRIES" });
  });
});
