import { deploy } from "./fake-account";
import { failureOf } from "./failure";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

const TRUST = '{"Version":"2012-10-17","Statement":[]}';
const DISCOVERY_URL = "https://issuer.example/.well-known/openid-configuration";

/** The least that each kind needs. */
const MINIMAL = {
  aws_cognito_user_pool: { name: "pool" },
  aws_cognito_user_pool_domain: { domain: "prefix", user_pool_id: "us-east-1_pool" },
  aws_cognito_user_pool_client: { name: "client", user_pool_id: "us-east-1_pool" },
  aws_cognito_resource_server: { identifier: "mcp-server", name: "MCP", user_pool_id: "us-east-1_pool" },
  aws_cognito_user: { user_pool_id: "us-east-1_pool", username: "ann" },
  aws_cognito_user_group: { user_pool_id: "us-east-1_pool", name: "admins" },
  aws_cognito_user_in_group: { user_pool_id: "us-east-1_pool", group_name: "admins", username: "ann" },
  aws_iam_role: { name: "role", assume_role_policy: TRUST },
  aws_iam_role_policy: { name: "policy", role: "role", policy: TRUST },
  aws_iam_role_policy_attachment: { role: "role", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  aws_iam_role_policies_exclusive: { role_name: "role" },
  aws_iam_role_policy_attachments_exclusive: { role_name: "role" },
  aws_iam_policy_attachment: { policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  aws_ecr_repository: { name: "repository" },
  terraform_data: {},
  aws_bedrockagentcore_oauth2_credential_provider: {
    name: "provider",
    credential_provider_vendor: "CustomOauth2",
    oauth2_provider_config: [
      {
        custom_oauth2_provider_config: [
          { client_id: "id", client_secret: "secret", oauth_discovery: [{ discovery_url: DISCOVERY_URL }] },
        ],
      },
    ],
  },
  aws_bedrockagentcore_api_key_credential_provider: { name: "weather", api_key: "k3y" },
  aws_bedrockagentcore_agent_runtime: {
    agent_runtime_name: "demo",
    role_arn: "arn:aws:iam::123456789012:role/role",
    agent_runtime_artifact: [{ container_configuration: [{ container_uri: "uri" }] }],
    network_configuration: [{ network_mode: "PUBLIC" }],
  },
  aws_bedrockagentcore_agent_runtime_endpoint: { agent_runtime_id: "demo-abcdefghij", name: "live" },
  aws_bedrockagentcore_workload_identity: { name: "worker" },
  aws_bedrockagentcore_gateway: {
    name: "gateway",
    role_arn: "arn:aws:iam::123456789012:role/role",
    authorizer_type: "AWS_IAM",
    protocol_type: "MCP",
  },
  aws_bedrockagentcore_gateway_target: {
    name: "target",
    gateway_identifier: "gateway-abcdefghij",
    target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://host/mcp" }] }] }],
  },
} as const;

type Type = keyof typeof MINIMAL;

function configuration(type: Type, more: object = {}): object {
  return { resource: { [type]: { x: { ...MINIMAL[type], ...more } } } };
}

function declared(type: Type, more: object = {}): unknown {
  const { declarations } = deploy(readTopology(temporaryFolder({ "main.tf.json": configuration(type, more) })));
  return declarations[`${type}.x`];
}

function attribute(type: Type, name: string, more: object = {}): unknown {
  const output = { found: { value: `\${${type}.x.${name}}` } };
  return deploy(readTopology(temporaryFolder({ "main.tf.json": { ...configuration(type, more), output } }))).outputs[
    "found"
  ];
}

const HOUR = 3_600;
const DAY = 86_400;

describe("declarations", () => {
  test.each<[Type, object, object]>([
    [
      "aws_cognito_user_pool",
      {},
      {
        poolName: "pool",
        passwordPolicy: {
          minimumLength: 8,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          temporaryPasswordValidityDays: 7,
        },
        usernameAttributes: [],
        autoVerifiedAttributes: [],
        allowAdminCreateUserOnly: false,
      },
    ],
    [
      "aws_cognito_user_pool",
      { password_policy: [{ minimum_length: "12", require_numbers: "true" }] },
      {
        passwordPolicy: {
          minimumLength: 12,
          requireLowercase: false,
          requireUppercase: false,
          requireNumbers: true,
          requireSymbols: false,
          temporaryPasswordValidityDays: 7,
        },
      },
    ],
    [
      "aws_cognito_user_pool_client",
      {},
      {
        generateSecret: false,
        preventUserExistenceErrors: false,
        explicitAuthFlows: [],
        allowedOAuthFlowsUserPoolClient: false,
        accessTokenValidity: HOUR,
        idTokenValidity: HOUR,
        refreshTokenValidity: 30 * DAY,
      },
    ],
    [
      "aws_cognito_user_pool_client",
      {
        prevent_user_existence_errors: "ENABLED",
        access_token_validity: 5,
        id_token_validity: 2,
        refresh_token_validity: 0,
        token_validity_units: [{ access_token: "minutes", refresh_token: "seconds" }],
      },
      {
        preventUserExistenceErrors: true,
        accessTokenValidity: 300,
        idTokenValidity: 2 * HOUR,
        refreshTokenValidity: 30 * DAY,
      },
    ],
    [
      "aws_cognito_resource_server",
      { scope: { scope_name: "tools.read", scope_description: "Read" } },
      { scopes: [{ scopeName: "tools.read", scopeDescription: "Read" }] },
    ],
    [
      "aws_cognito_user",
      { attributes: { email: "a@example.com", tenant: "t", "custom:team": "x" }, enabled: false, password: "Pass-12" },
      {
        attributes: [
          ["email", "a@example.com"],
          ["custom:tenant", "t"],
          ["custom:team", "x"],
        ],
        isEnabled: false,
        forcesAlias: false,
        password: "Pass-12",
      },
    ],
    [
      "aws_bedrockagentcore_oauth2_credential_provider",
      {},
      { name: "provider", vendor: "CustomOauth2", clientId: "id", clientSecret: "secret", discoveryUrl: DISCOVERY_URL },
    ],
    [
      "aws_bedrockagentcore_oauth2_credential_provider",
      {
        oauth2_provider_config: {
          custom_oauth2_provider_config: {
            client_id_wo: "write-only id",
            client_secret_wo: "write-only secret",
            oauth_discovery: {
              authorization_server_metadata: { issuer: "i", authorization_endpoint: "a", token_endpoint: "t" },
            },
          },
        },
      },
      {
        clientId: "write-only id",
        clientSecret: "write-only secret",
        authorizationServerMetadata: { issuer: "i", authorizationEndpoint: "a", tokenEndpoint: "t" },
      },
    ],
    [
      "aws_bedrockagentcore_oauth2_credential_provider",
      {
        credential_provider_vendor: "GithubOauth2",
        oauth2_provider_config: [
          {
            custom_oauth2_provider_config: [],
            github_oauth2_provider_config: [{ client_id: "g", client_secret: "h" }],
          },
        ],
      },
      { vendor: "GithubOauth2", clientId: "g", clientSecret: "h" },
    ],
    [
      "aws_bedrockagentcore_agent_runtime",
      {},
      {
        serverProtocol: "HTTP",
        networkMode: "PUBLIC",
        containerUri: "uri",
        environmentVariables: {},
        requestHeaderAllowlist: [],
      },
    ],
    [
      "aws_bedrockagentcore_agent_runtime",
      {
        authorizer_configuration: [
          { custom_jwt_authorizer: [{ discovery_url: DISCOVERY_URL, allowed_scopes: ["s"], allowed_audience: ["a"] }] },
        ],
        environment_variables: { PORT: 8000, DEBUG: true },
        request_header_configuration: [{ request_header_allowlist: ["Authorization"] }],
      },
      {
        customJwtAuthorizer: { discoveryUrl: DISCOVERY_URL, allowedScopes: ["s"], allowedAudience: ["a"] },
        environmentVariables: { PORT: "8000", DEBUG: "true" },
        requestHeaderAllowlist: ["Authorization"],
      },
    ],
    [
      "aws_bedrockagentcore_agent_runtime",
      {
        agent_runtime_artifact: [
          {
            code_configuration: [
              {
                runtime: "PYTHON_3_13",
                entry_point: ["main.py"],
                code: [{ s3: [{ bucket: "code", prefix: "tools.zip", version_id: "v12" }] }],
              },
            ],
          },
        ],
      },
      {
        containerUri: undefined,
        code: {
          bucket: "code",
          prefix: "tools.zip",
          versionId: "v12",
          runtime: "PYTHON_3_13",
          entryPoint: ["main.py"],
        },
      },
    ],
    ["aws_bedrockagentcore_gateway", {}, { name: "gateway", authorizerType: "AWS_IAM", protocolType: "MCP" }],
    ["aws_bedrockagentcore_gateway_target", {}, { targetKind: "mcpServer", credential: { type: "NONE" } }],
    [
      "aws_bedrockagentcore_gateway_target",
      { credential_provider_configuration: [] },
      { credential: { type: "NONE" } },
    ],
    [
      "aws_bedrockagentcore_gateway_target",
      { credential_provider_configuration: [{ gateway_iam_role: [{}] }] },
      { credential: { type: "GATEWAY_IAM_ROLE" } },
    ],
    [
      "aws_bedrockagentcore_gateway_target",
      { credential_provider_configuration: { gateway_iam_role: { service: "bedrock-agentcore" } } },
      { credential: { type: "GATEWAY_IAM_ROLE", service: "bedrock-agentcore" } },
    ],
    [
      "aws_bedrockagentcore_gateway_target",
      { credential_provider_configuration: [{ api_key: [{ provider_arn: "arn" }] }] },
      { credential: { type: "API_KEY", providerArn: "arn" } },
    ],
    [
      "aws_bedrockagentcore_gateway_target",
      {
        credential_provider_configuration: [
          { oauth: [{ provider_arn: "arn", grant_type: "AUTHORIZATION_CODE", custom_parameters: { a: 1 } }] },
        ],
      },
      {
        credential: {
          type: "OAUTH",
          providerArn: "arn",
          scopes: [],
          grantType: "AUTHORIZATION_CODE",
          customParameters: { a: "1" },
        },
      },
    ],
    [
      "aws_bedrockagentcore_gateway_target",
      { target_configuration: [{ mcp: [{ connector: [{}] }] }] },
      { targetKind: "connector" },
    ],
    ["aws_bedrockagentcore_gateway_target", { target_configuration: [{ http: [{}] }] }, { targetKind: "http" }],
  ])("%s %j", (type, more, declaration) => {
    expect(declared(type, more)).toMatchObject(declaration);
  });

  test("reads an API key that the state does not keep", () => {
    const writeOnly = { api_key: null, api_key_wo: "secret", api_key_wo_version: 1 };
    expect(declared("aws_bedrockagentcore_api_key_credential_provider", writeOnly)).toEqual({
      name: "weather",
      apiKey: "secret",
    });
  });

  test("gives a name to a role without one, always the same", () => {
    const named = declared("aws_iam_role", { name: null }) as { roleName: string };
    expect(named.roleName).toMatch(/^terraform-[0-9a-f]{26}$/);
    expect(declared("aws_iam_role", { name: null })).toEqual(named);
    expect(declared("aws_iam_role_policy", { name: null, name_prefix: "p-" })).toMatchObject({
      policyName: expect.stringMatching(/^p-/) as string,
    });
  });
});

const AGENTCORE = "arn:aws:bedrock-agentcore:us-east-1:123456789012";
const SECRETS = "arn:aws:secretsmanager:us-east-1:123456789012:secret:bedrock-agentcore-identity!default";

/** What each kind with the least that it needs lets others refer to. */
const ATTRIBUTES: Readonly<Partial<Record<Type, Readonly<Record<string, unknown>>>>> = {
  aws_cognito_user_pool: {
    id: "us-east-1_pool",
    arn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_pool",
    endpoint: "cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
    name: "pool",
  },
  aws_cognito_user_pool_domain: { id: "prefix", domain: "prefix" },
  aws_cognito_user_pool_client: { id: "id-of-client", client_secret: null },
  aws_cognito_resource_server: { identifier: "mcp-server", id: "us-east-1_pool|mcp-server" },
  aws_cognito_user: { id: "us-east-1_pool/ann", sub: "sub-of-ann", status: "CONFIRMED", username: "ann" },
  aws_cognito_user_group: { id: "us-east-1_pool/admins" },
  aws_cognito_user_in_group: { id: "us-east-1_pool/admins/ann" },
  aws_iam_role: { id: "role", name: "role", arn: "arn:aws:iam::123456789012:role/role", unique_id: "AROArole" },
  aws_iam_role_policy: { id: "role:policy" },
  aws_ecr_repository: {
    repository_url: "123456789012.dkr.ecr.us-east-1.amazonaws.com/repository",
    registry_id: "123456789012",
    arn: "arn:aws:ecr:us-east-1:123456789012:repository/repository",
  },
  terraform_data: { id: "3f1e4ad5-28a8-4d8b-8f4c-7a2b5a6d9c10" },
  aws_bedrockagentcore_oauth2_credential_provider: {
    credential_provider_arn: `${AGENTCORE}:token-vault/default/oauth2credentialprovider/provider`,
    "client_secret_arn[0].secret_arn": `${SECRETS}/oauth2/provider-AbCdEf`,
  },
  aws_bedrockagentcore_api_key_credential_provider: {
    credential_provider_arn: `${AGENTCORE}:token-vault/default/apikeycredentialprovider/weather`,
    "api_key_secret_arn[0].secret_arn": `${SECRETS}/apikey/weather-AbCdEf`,
  },
  aws_bedrockagentcore_agent_runtime: {
    agent_runtime_id: "demo-abcdefghij",
    agent_runtime_arn: `${AGENTCORE}:runtime/demo-abcdefghij`,
    agent_runtime_version: "1",
  },
  aws_bedrockagentcore_agent_runtime_endpoint: {
    agent_runtime_endpoint_arn: `${AGENTCORE}:runtime/demo-abcdefghij/runtime-endpoint/live`,
  },
  aws_bedrockagentcore_workload_identity: {
    workload_identity_arn: `${AGENTCORE}:workload-identity-directory/default/workload-identity/worker`,
  },
  aws_bedrockagentcore_gateway: {
    gateway_id: "gateway-abcdefghij",
    gateway_arn: `${AGENTCORE}:gateway/gateway-abcdefghij`,
    "workload_identity_details[0].workload_identity_arn": `${AGENTCORE}:workload-identity-directory/default/workload-identity/gateway-abcdefghij`,
  },
  aws_bedrockagentcore_gateway_target: { target_id: "ORDN8EZHNS" },
};

describe("attributes", () => {
  test.each<[type: Type, name: string, value: unknown, more?: object]>([
    ...Object.entries(ATTRIBUTES).flatMap(([type, attributes]) =>
      Object.entries(attributes).map(([name, value]): [Type, string, unknown] => [type as Type, name, value]),
    ),
    ["aws_cognito_user_pool_client", "client_secret", "secret-of-client", { generate_secret: true }],
    [
      "aws_cognito_resource_server",
      "scope_identifiers",
      ["mcp-server/a"],
      { scope: [{ scope_name: "a", scope_description: "A" }] },
    ],
    ["terraform_data", "output.a[0]", 1, { input: { a: [1] } }],
    ["terraform_data", "triggers_replace[0]", "x", { triggers_replace: ["x"] }],
    ["aws_bedrockagentcore_agent_runtime_endpoint", "agent_runtime_version", "2", { agent_runtime_version: "2" }],
  ])("%s.x.%s", (type, name, value, more = {}) => {
    expect(attribute(type, name, more)).toEqual(value);
  });
});

describe("arguments", () => {
  const required: [Type, string][] = Object.entries(MINIMAL).flatMap(([type, args]) =>
    Object.keys(args)
      .filter((name) => !(name === "name" && type.startsWith("aws_iam_role")) && name !== "protocol_type")
      .map((name): [Type, string] => [type as Type, name]),
  );

  test.each(required)("fails on %s without %s", (type, name) => {
    const error = failureOf(configuration(type, { [name]: null }));
    expect(error).toMatchObject({ code: "MISSING_ARGUMENT", address: `${type}.x` });
    expect(error.message).toBe(`${type}.x lacks the required argument ${name}.`);
  });

  const server = (more: object) => ({
    target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://mcp.example.com", ...more }] }] }],
  });
  const schema = (payload: string) => server({ mcp_tool_schema: [{ inline_payload: [{ payload }] }] });
  const credential = (way: object) => ({ credential_provider_configuration: [way] });
  const engine = { arn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/a-0123456789" };
  const privateJwt = { discovery_url: DISCOVERY_URL, private_endpoint: [{}] };

  /** What is said of arguments, by kind and code. */
  const REFUSED: Readonly<Partial<Record<Type, Readonly<Record<string, readonly (readonly [object, RegExp])[]>>>>> = {
    aws_bedrockagentcore_gateway: {
      MISSING_ARGUMENT: [
        [{ authorizer_type: "CUSTOM_JWT" }, /lacks .* authorizer_configuration/],
        [{ authorizer_configuration: [{}] }, /authorizer_configuration\.custom_jwt_authorizer/],
        [{ policy_engine_configuration: [engine] }, /mode/],
        [
          { interceptor_configuration: [{ interception_points: ["REQUEST"] }] },
          /interceptor_configuration\.interceptor/,
        ],
      ],
      INVALID_ARGUMENT: [[{ name: ["a"] }, /name must be a string, not list/]],
    },
    aws_bedrockagentcore_agent_runtime: {
      INVALID_ARGUMENT: [
        [{ network_configuration: "PUBLIC" }, /must be a block, not string/],
        [{ network_configuration: [{}, {}] }, /may stand once, not 2 times/],
        [{ environment_variables: [] }, /environment_variables must be a map/],
      ],
      UNSUPPORTED_ARGUMENT: [
        [
          { authorizer_configuration: [{ custom_jwt_authorizer: [privateJwt] }] },
          /custom_jwt_authorizer\.private_endpoint is not supported/,
        ],
      ],
    },
    aws_cognito_user_pool_client: {
      INVALID_ARGUMENT: [
        [{ explicit_auth_flows: "X" }, /must be a list, not string/],
        [{ explicit_auth_flows: [[]] }, /must hold strings, not list/],
        [{ access_token_validity: "long" }, /must be a number, not string/],
        [{ generate_secret: "maybe" }, /must be true or false/],
        [{ id_token_validity: 1, token_validity_units: { id_token: "weeks" } }, /"weeks"/],
      ],
    },
    aws_iam_role: {
      INVALID_ARGUMENT: [[{ assume_role_policy: "allow all" }, /assume_role_policy must be a JSON policy document/]],
    },
    aws_iam_role_policy: { INVALID_ARGUMENT: [[{ policy: "[]" }, /policy must be a JSON policy document/]] },
    aws_bedrockagentcore_gateway_target: {
      MISSING_ARGUMENT: [[{ target_configuration: [{ mcp: [{}] }] }, /target_configuration/]],
      INVALID_ARGUMENT: [
        [credential({ oauth: [{}], api_key: [{}] }), /credential_provider_configuration\.oauth excludes api_key/],
        [schema("[]"), /payload must be JSON like \{"tools"/],
        [schema('{"tools":[{}]}'), /payload must be JSON like/],
      ],
      UNSUPPORTED_RESOURCE: [
        [credential({ passport: [{}] }), /passport is a way of authorization that is not supported/],
        [
          { target_configuration: [{ http: [{ agentcore_runtime: [{ arn: "arn", schema: [{ source: [{}] }] }] }] }] },
          /schema is for guardrails, which are not emulated/,
        ],
      ],
      UNSUPPORTED_ARGUMENT: [[{ private_endpoint: [{}] }, /private_endpoint is not supported/]],
    },
  };
  const refused = Object.entries(REFUSED).flatMap(([type, codes]) =>
    Object.entries(codes).flatMap(([code, rows]) =>
      rows.map(([more, message]): [Type, object, string, RegExp] => [type as Type, more, code, message]),
    ),
  );

  test.each(refused)("fails on %s with %j", (type, more, code, message) => {
    const error = failureOf(configuration(type, more));
    expect(error).toMatchObject({ code, address: `${type}.x` });
    expect(error.message).toMatch(message);
  });
});
