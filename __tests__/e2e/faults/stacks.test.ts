import { LIMITS } from "../../support/faulty-system";
import { bentResources, emulate, type TerraformJson } from "../../support/article-stack";
import { expectCause } from "../../support/cause";
import { scriptedServer, startScriptedServer } from "../../support/scripted-server";
import type { EmulatorOptions } from "../../../emulator";

type Resources = TerraformJson["resource"];
type Bend = (resources: Resources) => void;

const CONNECT = "Failed to connect and fetch tools from the provided MCP target server. Error - ";
const CREDENTIALS = "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)";
const TARGET = "aws_bedrockagentcore_gateway_target.mcp_server";

/** Expects the stack's deployment to fail at a resource for a reason in AWS's words, and the trace to name the cause. */
async function expectFailure(
  bend: Bend,
  [address, reason, hop, cause]: readonly [
    address: string,
    reason: string | RegExp,
    hop: string,
    cause: string | RegExp,
  ],
  options: Partial<EmulatorOptions> = {},
): Promise<void> {
  const emulator = await emulate(await bentResources(bend), {
    serverCommand: scriptedServer(),
    limits: LIMITS,
    keepFailed: true,
    ...options,
  });
  const words = typeof reason === "string" ? reason : (expect.stringMatching(reason) as string);
  expect(emulator.deploymentState()).toEqual({ status: "failed", address, reason: words });
  expectCause(emulator.calls().at(-1), hop, cause);
}

const argumentsOf = (resources: Resources, type: string, name: string) => resources[`aws_${type}`]?.[name] ?? {};
const runtime = (resources: Resources) => argumentsOf(resources, "bedrockagentcore_agent_runtime", "mcp_server");
const target = (resources: Resources) => argumentsOf(resources, "bedrockagentcore_gateway_target", "mcp_server");
const authorizerOf = (resources: Resources, type: string, name: string) =>
  (
    argumentsOf(resources, type, name) as {
      authorizer_configuration: { custom_jwt_authorizer: Record<string, unknown>[] }[];
    }
  ).authorizer_configuration[0]?.custom_jwt_authorizer[0] ?? {};
const runtimeAuthorizer = (resources: Resources) =>
  authorizerOf(resources, "bedrockagentcore_agent_runtime", "mcp_server");
const gatewayAuthorizer = (resources: Resources) => authorizerOf(resources, "bedrockagentcore_gateway", "main");
const provider = (resources: Resources) =>
  (
    argumentsOf(resources, "bedrockagentcore_oauth2_credential_provider", "m2m") as {
      oauth2_provider_config: { custom_oauth2_provider_config: Record<string, unknown>[] }[];
    }
  ).oauth2_provider_config[0]?.custom_oauth2_provider_config[0] ?? {};

function withEndpoint(bend: (endpoint: string) => string): Bend {
  return (resources) => {
    const {
      target_configuration: [configuration],
    } = target(resources) as { target_configuration: { mcp: { mcp_server: { endpoint: string }[] }[] }[] };
    const server = configuration?.mcp[0]?.mcp_server[0];
    if (server) server.endpoint = bend(server.endpoint);
  };
}

function withoutStatement(sid: string): Bend {
  return (resources) => {
    const rolePolicy = argumentsOf(resources, "iam_role_policy", "gateway_identity");
    const policy = JSON.parse(String(rolePolicy["policy"])) as { Statement: { Sid: string }[] };
    const Statement = policy.Statement.filter((statement) => statement.Sid !== sid);
    Object.assign(rolePolicy, { policy: JSON.stringify({ ...policy, Statement }) });
  };
}

const trusting =
  (role: string, from: string, to: string): Bend =>
  (resources) => {
    const declared = argumentsOf(resources, "iam_role", role);
    declared["assume_role_policy"] = String(declared["assume_role_policy"]).replace(from, to);
  };

describe("the gateway's role", () => {
  test.each([
    [
      "GetWorkloadAccessToken",
      /^User: arn:aws:sts::.* is not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken on resource: arn:.*workload-identity-directory\/default/,
      "workload access token",
    ],
    [
      "GetResourceOauth2Token",
      /^User: arn:aws:sts::.* is not authorized to perform: bedrock-agentcore:GetResourceOauth2Token on resource: arn:.*token-vault\/default/,
      "token vault",
    ],
    [
      "GetSecretValue",
      "The requested operation could not be completed. You are not authorized to perform: secretsmanager:GetSecretValue",
      "token vault",
    ],
  ])("fails the target without the statement %s", async (sid, reason, hop) => {
    await expectFailure(withoutStatement(sid), [TARGET, reason, hop, `${sid}: denied`]);
  });

  test("fails the target when its trust policy names another gateway", async () => {
    const reason = "Gateway service is not authorized to assume the execution role";
    const bend = trusting("gateway", "gateway/m2m-auth-demo-gateway-*", "gateway/other-*");
    await expectFailure(bend, [TARGET, reason, "gateway service role", "sts:AssumeRole: denied"]);
  });
});

describe("the runtime", () => {
  const AUTHORIZATION = `${CONNECT}Authorization error when sending message`;
  const HOP = "runtime authorizer";
  // prettier-ignore
  const rows: [fault: string, bend: Bend, cause: string | RegExp][] = [
    ["an audience where Cognito gives none", (r) => Object.assign(runtimeAuthorizer(r), { allowed_audience: ["mcp-server"] }), "aud: no such claim"],
    ["a scope that the token lacks", (r) => Object.assign(runtimeAuthorizer(r), { allowed_scopes: ["mcp-server/admin"] }), /^scope: mcp-server\/tools/],
    ["the issuer swapped", (r) => Object.assign(runtimeAuthorizer(r), { discovery_url: gatewayAuthorizer(r)["discovery_url"] }), /^iss: https:\/\/cognito-idp/],
    ["another client allowed", (r) => Object.assign(runtimeAuthorizer(r), { allowed_clients: ["${aws_cognito_user_pool_client.inbound.id}"] }), /^client_id: \w+$/],
    ["an issuer that does not exist", (r) => Object.assign(runtimeAuthorizer(r), { discovery_url: "https://idp.example.com/.well-known/openid-configuration" }), "discovery document: getaddrinfo ENOTFOUND"],
    ["authorization by IAM and a target with a token", (r) => delete runtime(r)["authorizer_configuration"], "authorization method: bearer"],
    ["a target without a credential", (r) => delete target(r)["credential_provider_configuration"], "bearer token: no Authorization"],
    [
      "a target that signs where it wants a token",
      (r) => Object.assign(target(r), { credential_provider_configuration: [{ gateway_iam_role: [{ service: "bedrock-agentcore" }] }] }),
      "authorization method: aws4-hmac-sha256",
    ],
  ];

  test.each(rows)("fails the target with %s", async (_, bend, cause) => {
    await expectFailure(bend, [TARGET, AUTHORIZATION, HOP, cause]);
  });

  const withoutPulling: Bend = (resources) => {
    for (const policy of Object.values(resources["aws_iam_role_policy"] ?? {})) {
      policy["policy"] = String(policy["policy"]).replace("ecr:BatchGetImage", "ecr:ListImages");
    }
  };

  test.each<[string, Bend, string]>([
    [
      "does not trust the service",
      trusting("agent_runtime", "bedrock-agentcore.amazonaws.com", "lambda.amazonaws.com"),
      "Role validation failed for 'arn:aws:iam::123456789012:role/",
    ],
    [
      "trusts the service for the finished runtime alone",
      trusting("agent_runtime", ":*", ":runtime/m2m_auth_demo_mcp_server-*"),
      "Access denied while validating ECR URI",
    ],
    ["may not pull the image", withoutPulling, "Access denied while validating ECR URI"],
  ])("fails itself with a role that %s", async (_, bend, words) => {
    const reason = new RegExp(`^ValidationException: ${words}`);
    await expectFailure(bend, [
      "aws_bedrockagentcore_agent_runtime.mcp_server",
      reason,
      "resource creation",
      `ValidationException: ${words}`,
    ]);
  });
});

describe("the target", () => {
  const NOT_FOUND = `${CONNECT}Received error (404) from runtime.`;
  const UNREACHABLE = `${CONNECT}Unable to connect to the MCP server. Please check the server`;
  const SYNCHRONIZATION = "target synchronization";

  test.each<[string, Bend, string, string, string | RegExp]>([
    [
      "/mcp instead of /invocations",
      withEndpoint((url) => url.replace(/\/invocations$/, "/mcp")),
      NOT_FOUND,
      "runtime endpoint",
      /^path: .*\/mcp$/,
    ],
    [
      "the ARN un-encoded",
      withEndpoint((url) => url.replace(/urlencode\(([^)]+)\)/, "$1")),
      NOT_FOUND,
      "runtime endpoint",
      "URL-encoded ARN: /runtimes/arn:",
    ],
    [
      "no suffix",
      withEndpoint((url) => url.replace(/\/invocations$/, "")),
      `${CONNECT}Authorization error when sending message`,
      "runtime endpoint",
      /^path: \/runtimes\/[^/]+$/,
    ],
    [
      "a host that does not exist",
      withEndpoint(() => "https://mcp.example.com/mcp"),
      UNREACHABLE,
      SYNCHRONIZATION,
      "target endpoint: getaddrinfo ENOTFOUND mcp.example.com",
    ],
    [
      "an endpoint that is no URL",
      withEndpoint(() => "https://"),
      UNREACHABLE,
      SYNCHRONIZATION,
      "target endpoint: getaddrinfo ENOTFOUND",
    ],
  ])("fails with %s", async (_, bend, reason, hop, cause) => {
    await expectFailure(bend, [TARGET, reason, hop, cause]);
  });

  test("fails at a server of this machine that does not listen", async () => {
    const bend = withEndpoint(() => "https://mcp.example.com/mcp");
    await expectFailure(
      bend,
      [TARGET, UNREACHABLE, SYNCHRONIZATION, "target endpoint: http://127.0.0.1:9/mcp refused"],
      {
        hosts: { "mcp.example.com": "http://127.0.0.1:9" },
      },
    );
  });

  test("fails with IAM without a service, as the review would mend it", async () => {
    const reason =
      "ValidationException: IamCredentialProvider is required for mcpServer targets using IAM authentication";
    const bend: Bend = (r) =>
      Object.assign(target(r), { credential_provider_configuration: [{ gateway_iam_role: [{}] }] });
    await expectFailure(bend, [
      TARGET,
      reason,
      "resource creation",
      "IamCredentialProvider: IamCredentialProvider is required",
    ]);
  });

  test("fails with a plain http endpoint", async () => {
    const reason = /^ValidationException: .*'mcpServer\.endpoint' failed to satisfy constraint: .*https:\/\/\.\*/;
    await expectFailure(
      withEndpoint(() => "http://127.0.0.1:9"),
      [TARGET, reason, "resource creation", "ValidationException: "],
    );
  });
});

describe("the M2M side", () => {
  const noDomain: Bend = (resources) => {
    delete resources["aws_cognito_user_pool_domain"];
    delete argumentsOf(resources, "bedrockagentcore_oauth2_credential_provider", "m2m")["depends_on"];
  };
  const badScope: Bend = (resources) => {
    const {
      credential_provider_configuration: [credential],
    } = target(resources) as { credential_provider_configuration: { oauth: { scopes: string[] }[] }[] };
    Object.assign(credential?.oauth[0] ?? {}, { scopes: ["mcp-server/tools.delete"] });
  };
  const m2mClient =
    (changes: object): Bend =>
    (r) =>
      Object.assign(argumentsOf(r, "cognito_user_pool_client", "m2m"), changes);

  test.each<[string, Bend, string, string | RegExp]>([
    ["no domain on the outbound pool", noDomain, "token vault", /^token endpoint: .*has the user pool a domain/],
    ["a scope that the client may not have", badScope, "token endpoint", "scope: mcp-server/tools.delete"],
    [
      "a wrong client secret",
      (r) => Object.assign(provider(r), { client_secret: "w".repeat(51) }),
      "token endpoint",
      "client secret: another secret",
    ],
    [
      "the client of the other pool",
      (r) => Object.assign(provider(r), { client_id: "${aws_cognito_user_pool_client.inbound.id}" }),
      "token endpoint",
      /^client: \w+$/,
    ],
    [
      "OAuth switched off",
      m2mClient({ allowed_oauth_flows_user_pool_client: false }),
      "token endpoint",
      "OAuth flows: disabled",
    ],
  ])("fails the target with %s", async (_, bend, hop, cause) => {
    await expectFailure(bend, [TARGET, CREDENTIALS, hop, cause]);
  });

  test("fails the target at a token endpoint outside of AWS that never answers", async () => {
    const server = await startScriptedServer();
    const bend: Bend = (r) =>
      Object.assign(provider(r), {
        oauth_discovery: [{ discovery_url: "https://idp.example.com/.well-known/openid-configuration" }],
      });
    const options = { hosts: { "idp.example.com": server.url }, limits: { ...LIMITS, authorizationServer: 300 } };
    await expectFailure(bend, [TARGET, CREDENTIALS, "token vault", "discovery document"], options);
  });
});

describe("the runtime's server", () => {
  const start = (...parameters: string[]) => ({ program: process.execPath, arguments: parameters });

  test.each([
    [
      "that never listens",
      start("-e", "setInterval(() => {}, 1000)"),
      "Runtime initialization time exceeded.",
      /^initialization: .*did not listen on port \d+ within 0.7 s/,
    ],
    [
      "that ends at once",
      start("-e", "process.exit(1)"),
      "Received error (424) from runtime.",
      /^start: .*ended with exit code 1/,
    ],
    [
      "that cannot be started",
      { program: "/no/such/program", arguments: [] },
      "Received error (424) from runtime.",
      /^start: .*could not be started/,
    ],
  ])("fails the target with a server %s", async (_, serverCommand, reason, cause) => {
    const options = { serverCommand, limits: { ...LIMITS, runtimeInitialization: 700 } };
    await expectFailure(() => undefined, [TARGET, `${CONNECT}${reason}`, "MCP server", cause], options);
  });
});
