import { type Change, argumentsAt } from "../../review/changes";
import { cleanStack, INBOUND_CLIENT, PROVIDER, RUNTIME, RUNTIME_ROLE, TARGET } from "../../review/clean-stack";
import { mistakes } from "../../review/mistakes";
import { emulate } from "../../support/article-stack";
import { expectCause } from "../../support/cause";
import { LIMITS } from "../../support/faulty-system";
import { scriptedServer, startScriptedServer } from "../../support/scripted-server";
import { temporaryFolder } from "../../support/temporary-folder";
import type { EmulatorOptions } from "../../../emulator";

const CONNECT = "Failed to connect and fetch tools from the provided MCP target server. Error - ";
const AUTHORIZATION = `${CONNECT}Authorization error when sending message`;
const NOT_FOUND = `${CONNECT}Received error (404) from runtime.`;
const UNREACHABLE = `${CONNECT}Unable to connect to the MCP server. Please check the server`;
const ELSEWHERE =
  `${UNREACHABLE}; nothing leaves this machine: ` +
  "a server of it has to stand for that host (--host mcp.example.com=http://127.0.0.1:PORT)";
const CREDENTIALS = "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)";
const TARGET_ROLE_DENIED = "User: arn:aws:sts::.* is not authorized to perform: bedrock-agentcore";

type Words = string | RegExp;
/** What AWS says, the hop of the trace that refuses, and what its check got. */
type Told = readonly [reason: Words, hop: string, cause: Words];

/** Expects the deployment of the changed stack to fail at a resource in AWS's words, and the trace to name the cause. */
async function expectFailure(
  change: Change,
  address: string,
  [reason, hop, cause]: Told,
  options: Partial<EmulatorOptions> = {},
): Promise<void> {
  const stack = cleanStack();
  change(stack);
  const folder = temporaryFolder({ "main.tf.json": stack });
  const own = { serverCommand: scriptedServer(), limits: LIMITS, keepFailed: true };
  const emulator = await emulate(folder, { ...own, ...options });
  const words = typeof reason === "string" ? reason : (expect.stringMatching(reason) as string);
  expect(emulator.deploymentState()).toEqual({ status: "failed", address, reason: words });
  expectCause(emulator.calls().at(-1), hop, cause);
}

function mistake(title: string): Change {
  const found = mistakes.find((each) => each.title === title);
  if (found === undefined) throw new Error(`There is no mistake ${title}.`);
  return found.bend;
}

/** By mistakes of the review's list. */
const TARGETS: Readonly<Record<string, Told>> = {
  "a gateway role without GetWorkloadAccessToken on the directory": [
    new RegExp(`^${TARGET_ROLE_DENIED}:GetWorkloadAccessToken on resource: arn:.*workload-identity-directory/default`),
    "workload access token",
    "GetWorkloadAccessToken: denied",
  ],
  "a gateway role without GetResourceOauth2Token on the token vault": [
    new RegExp(`^${TARGET_ROLE_DENIED}:GetResourceOauth2Token on resource: arn:.*token-vault/default`),
    "token vault",
    "GetResourceOauth2Token: denied",
  ],
  "a gateway role that may read another secret only": [
    "The requested operation could not be completed. You are not authorized to perform: secretsmanager:GetSecretValue",
    "token vault",
    "GetSecretValue: denied",
  ],
  "a trust policy of another gateway": [
    "Gateway service is not authorized to assume the execution role",
    "gateway service role",
    "sts:AssumeRole: denied",
  ],
  "an audience check of the runtime on Cognito's M2M tokens": [
    AUTHORIZATION,
    "runtime authorizer",
    "aud: no such claim",
  ],
  "a scope that the runtime demands and nobody asks for": [AUTHORIZATION, "runtime authorizer", /^scope: tools\/exe/],
  "a credential provider of another user pool than the runtime's": [
    AUTHORIZATION,
    "runtime authorizer",
    /^iss: https:\/\/cognito-idp/,
  ],
  "a runtime that allows another client": [AUTHORIZATION, "runtime authorizer", /^client_id: \w+$/],
  "a runtime without a JWT authorizer behind an OAuth target": [
    AUTHORIZATION,
    "runtime authorizer",
    "authorization method: bearer",
  ],
  "no outbound authorization towards a JWT runtime": [
    AUTHORIZATION,
    "runtime authorizer",
    "bearer token: no Authorization",
  ],
  "an endpoint that ends in /mcp": [NOT_FOUND, "runtime endpoint", /^path: .*\/mcp$/],
  "the ARN un-encoded in the endpoint": [NOT_FOUND, "runtime endpoint", "URL-encoded ARN: /runtimes/arn:"],
  "an endpoint without /invocations": [AUTHORIZATION, "runtime endpoint", /^path: \/runtimes\/[^/]+$/],
  "an IAM credential without a service on an MCP server target": [
    "ValidationException: IamCredentialProvider is required for mcpServer targets using IAM authentication",
    "resource creation",
    "IamCredentialProvider: IamCredentialProvider is required",
  ],
  "an http:// endpoint": [
    /^ValidationException: .*'mcpServer\.endpoint' failed to satisfy constraint: .*https:\/\/\.\*/,
    "resource creation",
    "ValidationException: ",
  ],
  "an outbound user pool without a domain": [
    CREDENTIALS,
    "token vault",
    /^token endpoint: .*has the user pool a domain/,
  ],
  "a scope that the resource server does not define": [CREDENTIALS, "token endpoint", "scope: tools/delete"],
  "a client secret written into the configuration": [CREDENTIALS, "token endpoint", "client secret: another secret"],
  "a machine client whose OAuth flows are off": [CREDENTIALS, "token endpoint", "OAuth flows: disabled"],
};

test.each(Object.entries(TARGETS))("fails the target with %s", async (title, told) => {
  await expectFailure(mistake(title), TARGET, told);
});

const server = argumentsAt(TARGET, "target_configuration.mcp.mcp_server");
const runtimeJwt = argumentsAt(RUNTIME, "authorizer_configuration.custom_jwt_authorizer");
const custom = argumentsAt(PROVIDER, "oauth2_provider_config.custom_oauth2_provider_config");
const OUTSIDE = "https://idp.example.com/.well-known/openid-configuration";

/** What a review does not see, or takes for right. */
test.each<[fault: string, change: Change, told: Told]>([
  [
    "a runtime whose issuer does not exist",
    runtimeJwt.set("discovery_url", OUTSIDE),
    [AUTHORIZATION, "runtime authorizer", "discovery document: getaddrinfo ENOTFOUND"],
  ],
  [
    "a signature where the runtime wants a token",
    argumentsAt(TARGET).set("credential_provider_configuration", {
      gateway_iam_role: { service: "bedrock-agentcore" },
    }),
    [AUTHORIZATION, "runtime authorizer", "authorization method: aws4-hmac-sha256"],
  ],
  [
    "a host that does not exist",
    server.set("endpoint", "https://mcp.example.com/mcp"),
    [ELSEWHERE, "target synchronization", "target endpoint: getaddrinfo ENOTFOUND mcp.example.com"],
  ],
  [
    "an endpoint that is no URL",
    server.set("endpoint", "https://"),
    [UNREACHABLE, "target synchronization", "target endpoint: getaddrinfo ENOTFOUND"],
  ],
  [
    "the client of the other pool",
    custom.set("client_id", `\${${INBOUND_CLIENT}.id}`),
    [CREDENTIALS, "token endpoint", /^client: \w+$/],
  ],
])("fails the target with %s", async (_, change, told) => {
  await expectFailure(change, TARGET, told);
});

test("fails the target at a server of this machine that does not listen", async () => {
  const change = server.set("endpoint", "https://mcp.example.com/mcp");
  const told: Told = [ELSEWHERE, "target synchronization", "target endpoint: http://127.0.0.1:9/mcp refused"];
  await expectFailure(change, TARGET, told, { hosts: { "mcp.example.com": "http://127.0.0.1:9" } });
});

test("fails the target at a token endpoint outside of AWS that never answers", async () => {
  const { url } = await startScriptedServer();
  const change = custom.set("oauth_discovery", { discovery_url: OUTSIDE });
  const options = { hosts: { "idp.example.com": url }, limits: { ...LIMITS, authorizationServer: 300 } };
  await expectFailure(change, TARGET, [CREDENTIALS, "token vault", "discovery document"], options);
});

const runtimeTrust = argumentsAt(RUNTIME_ROLE);

test.each<[string, Change, string]>([
  [
    "does not trust the service",
    runtimeTrust.replace("assume_role_policy", "bedrock-agentcore.amazonaws.com", "lambda.amazonaws.com"),
    "Role validation failed for 'arn:aws:iam::123456789012:role/",
  ],
  [
    "trusts the service for the finished runtime alone",
    mistake("a trust policy that fits the runtime only when it is created"),
    "Access denied while validating ECR URI",
  ],
  [
    "may not pull the image",
    mistake("a runtime role that may not pull the image"),
    "Access denied while validating ECR URI",
  ],
])("fails a runtime with a role that %s", async (_, change, words) => {
  const reason = new RegExp(`^ValidationException: ${words}`);
  await expectFailure(change, RUNTIME, [reason, "resource creation", `ValidationException: ${words}`]);
});

describe("a runtime that nothing makes wait for its role's policies", () => {
  const stack = (action: string): string => `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock-agentcore.amazonaws.com"]
    }
  }
}
resource "aws_ecr_repository" "tools" {
  name = "tools"
}
resource "aws_iam_role" "tools" {
  name               = "tools"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_bedrockagentcore_agent_runtime" "tools" {
  agent_runtime_name = "tools"
  role_arn           = aws_iam_role.tools.arn
  agent_runtime_artifact {
    container_configuration {
      container_uri = "\${aws_ecr_repository.tools.repository_url}:1"
    }
  }
  network_configuration {
    network_mode = "PUBLIC"
  }
}
resource "aws_bedrockagentcore_agent_runtime_endpoint" "stable" {
  name             = "stable"
  agent_runtime_id = aws_bedrockagentcore_agent_runtime.tools.agent_runtime_id
}
resource "aws_iam_policy" "pull" {
  name   = "pull"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "${action}"], Resource = "*" }]
  })
}
resource "aws_iam_role_policy_attachment" "pull" {
  role       = aws_iam_role.tools.name
  policy_arn = aws_iam_policy.pull.arn
}`;

  async function deployed(action: string) {
    const told: string[] = [];
    const created: string[] = [];
    const emulator = await emulate(temporaryFolder({ "main.tf": stack(action) }), {
      serverCommand: scriptedServer(),
      keepFailed: true,
      onAssumed: (sentence) => told.push(sentence),
      onCreated: ({ address }) => created.push(address),
    });
    return { state: emulator.deploymentState(), told, created };
  }

  test("is made after them, as the AWS provider asks again, and what needs it after it", async () => {
    const { state, told, created } = await deployed("ecr:GetDownloadUrlForLayer");
    expect(state).toEqual({ status: "deployed" });
    expect(told).toEqual([
      expect.stringMatching(/^aws_bedrockagentcore_agent_runtime\.tools comes after the policies/),
    ]);
    expect(created.slice(-3)).toEqual([
      "aws_iam_role_policy_attachment.pull",
      "aws_bedrockagentcore_agent_runtime.tools",
      "aws_bedrockagentcore_agent_runtime_endpoint.stable",
    ]);
  });

  test("is refused where they do not let it pull the image either", async () => {
    expect((await deployed("ecr:DescribeImages")).state).toMatchObject({
      status: "failed",
      address: "aws_bedrockagentcore_agent_runtime.tools",
      reason: expect.stringMatching(/^ValidationException: Access denied while validating ECR URI/) as string,
    });
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
    await expectFailure(() => undefined, TARGET, [`${CONNECT}${reason}`, "MCP server", cause], options);
  });
});
