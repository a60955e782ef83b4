import { join } from "node:path";

import { type Emulator, lambdaHandler } from "../../emulator";
import { postMcp, toolsCall } from "../support/callers";
import { INTERCEPTOR } from "../support/guarded-gateway";
import { allowing, apiKeyOf, OPEN_GATEWAY, RecordingApi, startFolder, targetOf } from "../support/recording-api";
import { behave, seenRequests, startScriptedServer } from "../support/scripted-server";
import { temporaryFolder } from "../support/temporary-folder";

const KEY = "k3y";

/** A gateway whose interceptor does what the argument `before` says. */
const INTERCEPTED = OPEN_GATEWAY.replace(
  /protocol_type .*/,
  `$&
  interceptor_configuration {
    interception_points = ["REQUEST"]
    interceptor {
      lambda {
        arn = aws_lambda_function.all["guard"].arn
      }
    }
  }`,
);

const SHARED = `
resource "aws_lambda_function" "all" {
  for_each      = toset(["guard", "orders"])
  function_name = each.key
  role          = aws_iam_role.gateway.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}
${apiKeyOf("notes", KEY)}
${allowing("bedrock-agentcore:*", "secretsmanager:GetSecretValue", "lambda:InvokeFunction")}
`;

const passing = (credential: string, headers = '"X-Tenant"') => `depends_on = [aws_iam_role_policy.gateway]
  metadata_configuration {
    allowed_request_headers  = [${headers}]
    allowed_query_parameters = ["version"]
  }
  ${credential}`;
const KEYED = `credential_provider_configuration {
    api_key {
      provider_arn              = aws_bedrockagentcore_api_key_credential_provider.notes.credential_provider_arn
      credential_parameter_name = "Authorization"
      credential_prefix         = "Bearer"
    }
  }`;

const NOTES = JSON.stringify({
  openapi: "3.0.1",
  info: { title: "notes", version: "1" },
  servers: [{ url: "https://notes.example.com" }],
  paths: {
    "/notes": {
      get: {
        operationId: "List",
        parameters: ["q", "before"].map((name) => ({ name, in: "query", schema: { type: "string" } })),
      },
    },
  },
});

const TARGETS = [
  targetOf(
    "notes",
    `open_api_schema {\n inline_payload {\n payload = ${JSON.stringify(NOTES)}\n }\n }`,
    passing(KEYED),
  ),
  targetOf(
    "server",
    'mcp_server {\n endpoint = "https://server.example.com/mcp"\n }',
    passing("", '"X-Tenant", "Mcp-Session-Id"'),
  ),
  targetOf(
    "orders",
    `lambda {
      lambda_arn = aws_lambda_function.all["orders"].arn
      tool_schema {
        inline_payload {
          name        = "context"
          description = "What it is told"
          input_schema {
            type = "object"
          }
        }
      }
    }`,
    passing("credential_provider_configuration {\n gateway_iam_role {}\n }"),
  ),
];

const api = new RecordingApi();
let server: Awaited<ReturnType<typeof startScriptedServer>>;
let emulator: Emulator;
let url: string;

beforeAll(async () => {
  await api.start();
  server = await startScriptedServer();
  const folder = temporaryFolder({ "main.tf": [INTERCEPTED, SHARED, ...TARGETS].join("") });
  emulator = await startFolder(folder, {
    hosts: { "notes.example.com": api.origin, "server.example.com": server.url },
    lambdaHandlers: {
      guard: lambdaHandler(INTERCEPTOR),
      orders: lambdaHandler(`${join(__dirname, "../support/servers/lambda-tools.js")}#handler`),
    },
  });
  url = `${emulator.gateways()[0]?.url ?? ""}?version=2&secret=1`;
}, 60_000);
beforeEach(() => void api.seen.splice(0));

const SENT = { "x-tenant": "blue", "x-other": "stays" };

async function call(tool: string, toolArguments: object, headers: Record<string, string> = SENT): Promise<string> {
  const { body } = await postMcp(url, toolsCall(tool, toolArguments), headers);
  const { result } = body as { result: { content: { text: string }[] } };
  return result.content[0]?.text ?? "";
}

test.each([
  ["the caller's header", "pass", { "x-tenant": "blue", authorization: `Bearer ${KEY}` }],
  ["an interceptor's, and its Authorization", "authorize", { "x-tenant": "green", authorization: "Token of-mine" }],
])("an API is sent %s", async (_, before, headers) => {
  await call("notes___List", { q: "a", before });
  const [seen] = api.seen;
  expect(seen).toMatchObject({ headers });
  expect(seen?.headers).not.toHaveProperty("x-other");
  expect(Object.fromEntries(new URL(seen?.url ?? "", api.origin).searchParams)).toEqual({
    q: "a",
    before,
    version: "2",
  });
});

test.each([
  ["the caller's header", "pass", { "X-Tenant": "blue" }],
  ["an interceptor's, and its Authorization", "authorize", { "X-Tenant": "green", Authorization: "Token of-mine" }],
])("a function is told %s in its context", async (_, before, bedrockAgentCorePropagatedHeaders) => {
  const told = JSON.parse(await call("orders___context", { before })) as object;
  expect(told).toMatchObject({
    bedrockAgentCorePropagatedHeaders,
    bedrockAgentCorePropagatedQueryParameters: { version: "2" },
  });
});

test("an MCP server is sent query parameters, and the session that its caller keeps", async () => {
  await behave(server.url, { initialize: "session" });
  await call("server___add_numbers", { a: 5, b: 3 }, { ...SENT, "mcp-session-id": "callers-own" });
  const seen = await seenRequests(server.url);
  expect(seen.map(({ method }) => method)).toEqual(["tools/call"]);
  expect(seen[0]).toMatchObject({
    url: "/mcp?version=2",
    headers: { "mcp-session-id": "callers-own", "x-tenant": "blue" },
  });
});

test("an MCP server whose caller has no session yet begins one, each time anew", async () => {
  await behave(server.url, { initialize: "session" });
  for (let count = 0; count < 2; count++) await call("server___add_numbers", { a: 5, b: 3 });
  const seen = await seenRequests(server.url);
  const once = ["initialize", "notifications/initialized", "tools/call"];
  expect(seen.map(({ method }) => method)).toEqual([...once, ...once]);
  expect(seen.at(-1)).toMatchObject({ headers: { "mcp-session-id": "the-session" } });
});
