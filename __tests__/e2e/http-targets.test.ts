import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { ArticleWalk } from "../../cli/commands/up/article-walk";
import { printLinesToCopy } from "../../cli/commands/up/lines-to-copy";
import {
  AgentRuntimeArtifact,
  Gateway,
  GatewayAuthorizer,
  GatewayCredentialProvider,
  GatewayProtocol,
  InboundUserPool,
  ProtocolType,
  Runtime,
  RuntimeAuthorizerConfiguration,
} from "../../constructs";
import { type Emulator, gatewayNamed, lambdaHandler, ManualClock, userToken } from "../../emulator";
import { Synthesized } from "../constructs/support/synthesized";
import { emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { aws } from "../support/aws-clients";
import { bearer, outboundToken, signIn } from "../support/callers";
import {
  addCaller,
  agentUrl,
  ask,
  askSigned,
  credentialsOf,
  emulateAgent,
  type FrontedAgent,
  httpAgent,
} from "../support/fronted-agent";
import { cdktfAgentcore } from "../support/command-here";
import { eventually } from "../support/eventually";
import { intercept } from "../support/guarded-gateway";
import { allowing, OPEN_GATEWAY } from "../support/recording-api";
import { allow, policyOf, trusting } from "../support/policies";
import { temporaryFolder } from "../support/temporary-folder";

const run = promisify(execFile);
const SESSION = "session-0123456789-0123456789-0123456789";
const SESSION_HEADER = "x-amzn-bedrock-agentcore-runtime-session-id";
const MISMATCH = "Authorization method mismatch";

function hopsOf(emulator: Emulator) {
  return emulator.calls().at(-1)?.hops ?? [];
}

describe("an agent behind a gateway that passes the caller's token on", () => {
  let emulator: Emulator;
  let token: string;
  let url: string;

  beforeAll(async () => {
    emulator = await emulateAgent();
    token = await signIn(emulator);
    url = agentUrl(emulator);
  });

  test("is called by curl at the name of its target", async () => {
    expect(outputOf(emulator, "gateway_url")).toMatch(/\.gateway\.bedrock-agentcore\.us-east-1\.amazonaws\.com$/);
    const { stdout } = await run("curl", [
      ...["-s", "-X", "POST", url, "-H", "Content-Type: application/json"],
      ...["-H", `Authorization: Bearer ${token}`, "-d", '{"input": {"prompt": "Hello"}}'],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      said: { input: { prompt: "Hello" } },
      headers: { authorization: `Bearer ${token}` },
    });
  });

  test("gets request and answer as they are, and the session of its caller", async () => {
    const headers = { ...bearer(token), [SESSION_HEADER]: SESSION, "x-unlisted": "1" };
    const answer = await ask(url, { status: 418 }, headers);
    expect(answer).toMatchObject({ status: 418, body: { headers: { [SESSION_HEADER]: SESSION } } });
    expect(answer.headers.get("x-agent")).toBe("echo");
    expect(answer.headers.get(SESSION_HEADER)).toBe(SESSION);
    expect(answer.body.headers).not.toHaveProperty("x-unlisted");
    const other = await ask(url, {}, bearer(token));
    expect(other.headers.get(SESSION_HEADER)).toMatch(/^[0-9a-f-]{36}$/);
    expect(other.headers.has("mcp-session-id")).toBe(false);
  });

  test("is sent bytes that are no text", async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", ...bearer(token) },
      body: bytes,
    });
    expect(await response.json()).toMatchObject({ body: bytes.toString("base64") });
  });

  test("streams events to its caller while it makes them", async () => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...bearer(token) },
      body: JSON.stringify({ steps: ["one", "two"] }),
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: 'data: "one"\n\n' });
    await ask(url, { go: true }, bearer(token));
    expect(await reader?.read()).toEqual({ done: false, value: 'data: "two"\n\n' });
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
  });

  // aws-samples/sample-multi-agent-orchestration-chat-on-agentcore#71: seen in the logs of a runtime.
  test("goes on when its caller leaves, and notices nothing of it", async () => {
    const ended = async () => (await ask(url, {}, bearer(token))).body.ended ?? [];
    const before = await ended();
    const gone = new AbortController();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...bearer(token) },
      body: JSON.stringify({ steps: ["one", "two"] }),
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
    await sleep(200);
    expect(await ended()).toEqual(before);
    await ask(url, { go: true }, bearer(token));
    await eventually(async () => (await ended()).length > before.length);
    expect((await ended()).at(-1)).toBe("finished");
  });

  test("shows each hop of a call", async () => {
    await ask(url, {}, bearer(token));
    expect(hopsOf(emulator).map(({ name }) => name)).toEqual([
      "gateway authorizer",
      "HTTP target",
      "runtime authorizer",
      "agent",
    ]);
    const system = (await (await fetch(`${emulator.url}/_emulator/system`)).json()) as {
      stations: { title: string; name: string; facts: { label: string; value: string }[] }[];
      links: { label: string }[];
    };
    expect(system.stations).toContainEqual(
      expect.objectContaining({ title: "Agent", name: "port 8080, /invocations" }),
    );
    const gateway = system.stations.find(({ title }) => title === "Gateway");
    expect(gateway?.facts).toContainEqual({ label: "called at", value: url });
    expect(system.links.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["caller's token", "POST /invocations"]),
    );
    expect(emulator.gateways()[0]?.targets[0]).toMatchObject({ url, outbound: "the token of its caller" });
  });

  test.each([
    ["no token", "/agent/invocations", 401, "Missing Bearer token", "gateway authorizer"],
    ["another target", "/other/invocations", 404, "Target other not found", "HTTP target"],
    ["another path", "/mcp", 404, "UnknownOperationException", "gateway endpoint"],
    [
      "a card of the agent",
      "/agent/invocations/.well-known/agent-card.json",
      404,
      "UnknownOperation",
      "gateway endpoint",
    ],
  ])("refuses a call with %s", async (what, path, status, words, hop) => {
    const headers = what === "no token" ? {} : bearer(token);
    const answer = await ask(agentUrl(emulator, path), {}, headers);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
    expect(hopsOf(emulator).at(-1)).toMatchObject({ name: hop, fix: expect.any(String) as string });
  });

  test("refuses other methods than POST", async () => {
    const response = await fetch(url, { headers: bearer(token) });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("is called with the token that the command prints, and is none that lists tools", async () => {
    const { port } = new URL(emulator.url);
    const { stdout } = await cdktfAgentcore("token", "--port", port);
    expect(await ask(url, {}, bearer(stdout.trim()))).toMatchObject({ status: 200 });
    expect(await cdktfAgentcore("tools", "--port", port)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("The gateway speaks no MCP: its targets are called by HTTP") as string,
    });
    await expect(ArticleWalk.of(emulator, "us-east-1")).rejects.toThrow("The walk needs a gateway that speaks MCP");
  });
});

const ROLE = { gateway_iam_role: [{}] };
const CALLER = { caller_iam_credentials: [{ service: "bedrock-agentcore" }] };
const M2M = {
  oauth: [
    {
      provider_arn: "${aws_bedrockagentcore_oauth2_credential_provider.m2m.credential_provider_arn}",
      scopes: ["${aws_cognito_resource_server.mcp.identifier}/tools.read"],
    },
  ],
};

type Presented = "token" | "outbound token" | "signature" | "nothing";
type Outcome = readonly [status: number, words: string];
const SERVED: Outcome = [200, '"said":{"prompt":"Hello"}'];

/** Who is let in by the gateway, and what the runtime says to what it is shown then. */
const CALLS: readonly [FrontedAgent, Presented, Outcome][] = [
  [{ authorizerType: "CUSTOM_JWT", runtime: "inbound" }, "token", SERVED],
  [{ authorizerType: "CUSTOM_JWT", runtime: "outbound" }, "token", [401, "Claim 'iss' value mismatch"]],
  [{ authorizerType: "CUSTOM_JWT", runtime: "IAM" }, "token", [403, MISMATCH]],
  [{ authorizerType: "NONE", runtime: "outbound" }, "outbound token", SERVED],
  [{ authorizerType: "NONE", runtime: "outbound" }, "nothing", [401, "Missing Authentication Token"]],
  [{ authorizerType: "CUSTOM_JWT", runtime: "IAM", credential: ROLE }, "token", SERVED],
  [{ authorizerType: "CUSTOM_JWT", runtime: "inbound", credential: ROLE }, "token", [403, MISMATCH]],
  [
    {
      authorizerType: "CUSTOM_JWT",
      runtime: "IAM",
      credential: { gateway_iam_role: [{ service: "bedrock-agentcore" }] },
    },
    "token",
    SERVED,
  ],
  [
    { authorizerType: "NONE", runtime: "IAM", credential: ROLE, allowed: ["logs:PutLogEvents"] },
    "nothing",
    [403, "is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime"],
  ],
  [{ authorizerType: "CUSTOM_JWT", runtime: "outbound", credential: M2M }, "token", SERVED],
  [{ authorizerType: "CUSTOM_JWT", runtime: "IAM", credential: M2M }, "token", [403, MISMATCH]],
  [{ authorizerType: "AWS_IAM", runtime: "IAM", credential: CALLER }, "signature", SERVED],
  [{ authorizerType: "AUTHENTICATE_ONLY", runtime: "IAM", credential: CALLER }, "signature", SERVED],
  [{ authorizerType: "AWS_IAM", runtime: "inbound", credential: CALLER }, "signature", [403, MISMATCH]],
  [{ authorizerType: "AWS_IAM", runtime: "IAM", credential: ROLE }, "signature", SERVED],
  [{ authorizerType: "AWS_IAM", runtime: "IAM", credential: CALLER }, "nothing", [401, "Invalid credentials"]],
  [{ authorizerType: "NONE", runtime: "IAM", credential: ROLE, qualifier: "elsewhere" }, "nothing", [404, "elsewhere"]],
];

test.each(CALLS)("%j, shown a %s, answers %j", async (options, presented, [status, words]) => {
  const emulator = await emulateAgent(options);
  const url = agentUrl(emulator);
  const tokens = { token: signIn, "outbound token": outboundToken };
  const answer =
    presented === "signature"
      ? await askSigned(url)
      : await ask(url, undefined, presented === "nothing" ? {} : bearer(await tokens[presented](emulator)));
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
});

describe("a caller whose signature is passed on", () => {
  const cases = [
    [
      "may call the runtime, but not the gateway",
      "AWS_IAM",
      ["bedrock-agentcore:InvokeAgentRuntime"],
      403,
      "InvokeGateway",
    ],
    [
      "may call both",
      "AWS_IAM",
      ["bedrock-agentcore:InvokeGateway", "bedrock-agentcore:InvokeAgentRuntime"],
      200,
      "said",
    ],
    ["may call the gateway alone", "AWS_IAM", ["bedrock-agentcore:InvokeGateway"], 403, "InvokeAgentRuntime"],
    ["is asked for nothing by the gateway", "AUTHENTICATE_ONLY", ["bedrock-agentcore:InvokeAgentRuntime"], 200, "said"],
    ["may do neither", "AUTHENTICATE_ONLY", ["logs:PutLogEvents"], 403, "InvokeAgentRuntime"],
  ] as const;

  test.each(cases)("who %s", async (_, authorizerType, actions, status, words) => {
    const options = { authorizerType, runtime: "IAM", credential: CALLER, allowed: ["logs:PutLogEvents"] } as const;
    const emulator = await emulateAgent(options, {}, (resources) => addCaller(resources, ...actions));
    const answer = await askSigned(agentUrl(emulator), credentialsOf(emulator, "caller"));
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
    if (status === 200) return;
    expect(answer.text).toContain("assumed-role/caller/test");
  });
});

test.each([
  ["another member before the credential", (header: string) => header.replace(" ", " X-Credential=test/x, ")],
  ["another credential behind", (header: string) => `${header}, Credential=test/20261130/us-east-1/x/aws4_request`],
])("a caller passes on no other's signature than that which was verified: %s", async (_, bend) => {
  const emulator = await emulateAgent(
    { authorizerType: "AWS_IAM", runtime: "IAM", credential: CALLER },
    {},
    (resources) => addCaller(resources, "bedrock-agentcore:InvokeGateway"),
  );
  const answer = await askSigned(agentUrl(emulator), credentialsOf(emulator, "caller"), bend);
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("assumed-role/caller/test")]);
});

test("a caller with the credentials of a role, which STS has lent, is that role and no administrator", async () => {
  const clock = new ManualClock(Date.now());
  const root = { AWS: "arn:aws:iam::123456789012:root" };
  const emulator = await emulateAgent(
    { authorizerType: "AWS_IAM", runtime: "IAM", credential: CALLER },
    { clock },
    (resources) => {
      addCaller(resources, "bedrock-agentcore:InvokeGateway");
      Object.assign(resources["aws_iam_role"]?.["caller"] ?? {}, {
        path: "/teams/a/",
        max_session_duration: 7200,
        assume_role_policy: trusting(root),
      });
    },
  );
  const roleArn = "arn:aws:iam::123456789012:role/teams/a/caller";
  const assume = [
    "sts",
    "assume-role",
    "--role-session-name",
    "ann",
    "--role-arn",
    roleArn,
    "--duration-seconds",
    "7200",
  ];
  const { Credentials: lent } = JSON.parse(await aws(emulator.url, ...assume)) as {
    Credentials: Record<string, string>;
  };
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken: sessionToken } = lent;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const ask = () => askSigned(agentUrl(emulator), credentials);
  const denied = await ask();
  expect([denied.status, denied.text]).toEqual([403, expect.stringContaining("assumed-role/caller/ann")]);
  expect(await askSigned(agentUrl(emulator), { ...credentials, sessionToken: undefined })).toMatchObject({
    status: 401,
  });
  emulator.account.iam.putRolePolicy({
    roleName: "caller",
    policyName: "more",
    policy: policyOf(allow("bedrock-agentcore:InvokeAgentRuntime")),
  });
  expect(await ask()).toMatchObject({ status: 200 });
  const key = "$.context.iam.principal";
  emulator.account.rateLimits.create({
    gatewayIdentifier: emulator.account.gateways.all()[0]?.attributes.gatewayId ?? "",
    dimensionKeys: [key],
    entries: [{ dimensions: { [key]: roleArn }, requests: [{ rate: 0, period: "second" }] }],
  });
  await setImmediate();
  expect(await ask()).toMatchObject({ status: 429 });
  clock.advance(7_199_000);
  expect(await ask()).toMatchObject({ status: 429 });
  clock.advance(1_000);
  expect(await ask()).toMatchObject({ status: 401 });
  // A call that began before is its caller's to the end.
  const { sessionCredentials } = emulator.account;
  expect(sessionCredentials.valid(accessKeyId)).toBeUndefined();
  expect(sessionCredentials.find(accessKeyId)?.session.roleArn).toBe(roleArn);
});

test("is invoked by the AWS CLI whose endpoint URL is that of the target, for its own runtime alone", async () => {
  const emulator = await emulateAgent({ authorizerType: "AWS_IAM", runtime: "IAM", credential: CALLER });
  const endpoint = agentUrl(emulator, "/agent");
  const arn = emulator.account.runtimes.all()[0]?.attributes.agentRuntimeArn ?? "";
  const file = join(mkdtempSync(join(tmpdir(), "answer-")), "answer.json");
  const invoke = (agentRuntimeArn: string, ...more: string[]) =>
    aws(
      emulator.url,
      ...["bedrock-agentcore", "invoke-agent-runtime", "--endpoint-url", endpoint],
      ...[
        "--agent-runtime-arn",
        agentRuntimeArn,
        "--runtime-session-id",
        SESSION,
        "--content-type",
        "application/json",
      ],
      ...["--payload", '{"prompt": "Hello"}', ...more, file],
    );
  expect(JSON.parse(await invoke(arn))).toMatchObject({ runtimeSessionId: SESSION, statusCode: 200 });
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ said: { prompt: "Hello" } });
  await expect(invoke(arn.replace(/.$/, "0"))).rejects.toThrow("400");
  await expect(invoke(arn, "--qualifier", "other")).rejects.toThrow("400");
});

test("is what constructs make of a runtime and a gateway without a protocol", async () => {
  const { folder } = Synthesized.from((stack) => {
    const userPool = new InboundUserPool(stack, "people");
    const runtime = new Runtime(stack, "agent", {
      agentRuntimeArtifact: AgentRuntimeArtifact.fromImageUri({ containerUri: "public.ecr.aws/team/agent:1" }),
      authorizerConfiguration: RuntimeAuthorizerConfiguration.usingCognito({ userPool }),
      protocolConfiguration: ProtocolType.HTTP,
    });
    new Gateway(stack, "front", {
      authorizerConfiguration: GatewayAuthorizer.usingCognito({ userPool }),
      protocolConfiguration: GatewayProtocol.http(),
    }).addHttpRuntimeTarget("agent", {
      runtime,
      credentialProviderConfigurations: [GatewayCredentialProvider.fromJwtPassthrough()],
    });
  });
  const emulator = await emulate(folder, { serverCommand: httpAgent() });
  const token = await userToken(emulator.account, gatewayNamed(emulator.account), {});
  const url = emulator.gateways()[0]?.targets[0]?.url ?? "";
  expect(await ask(url, { prompt: "Hello" }, bearer(token))).toMatchObject({ body: { said: { prompt: "Hello" } } });
});

const BY_VALUE = `${OPEN_GATEWAY.replace(/protocol_type.*/, "")}${allowing("bedrock-agentcore:InvokeAgentRuntime")}
resource "aws_bedrockagentcore_gateway_target" "agent" {
  name               = "agent"
  gateway_identifier = aws_bedrockagentcore_gateway.demo.gateway_id
  credential_provider_configuration {
    gateway_iam_role {}
  }
  target_configuration {
    http {
      agentcore_runtime { arn = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/agent-a1b2c3d4e5" }
    }
  }
}
output "gateway_url" { value = aws_bedrockagentcore_gateway.demo.gateway_url }
`;

test("is run by the command from HCL, with a runtime that the stack names by value", async () => {
  const folder = temporaryFolder({ "main.tf": BY_VALUE });
  const { status, stdout } = await cdktfAgentcore("up", folder, "--once", "--port", "0");
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/target agent, called by HTTP\s+url\s+\S+\/agent\/invocations/),
  ]);
  const emulator = await emulate(folder, { serverCommand: httpAgent() });
  expect(await ask(agentUrl(emulator))).toMatchObject({ status: 200, body: { said: { prompt: "Hello" } } });
});

test("is told in lines to copy, for the caller whom the gateway takes", async () => {
  const emulator = await emulateAgent();
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    printLinesToCopy(emulator, "us-east-1");
    const told = write.mock.calls.join("");
    write.mockRestore();
    expect(told).toContain('curl -X POST "$GATEWAY_URL/agent/invocations" -H "Authorization: Bearer $TOKEN"');
    expect(told).not.toContain("cdktf-agentcore tools");
    const { status, stderr } = await cdktfAgentcore("tools", "--port", new URL(emulator.url).port);
    expect([status, stderr]).toEqual([1, expect.stringContaining("/TARGET_NAME/invocations.")]);
  } finally {
    write.mockRestore();
    await emulator.stop();
  }
});

describe("an HTTP target with interceptors", () => {
  let emulator: Emulator;
  let token: string;
  const guard = { guard: lambdaHandler(`${join(__dirname, "../support/servers/http-interceptor.js")}#handler`) };

  async function start(passRequestHeaders = false, points = ["REQUEST", "RESPONSE"]): Promise<Emulator> {
    return emulateAgent({}, { lambdaHandlers: guard }, (resources) =>
      intercept(resources, { passRequestHeaders, points }),
    );
  }

  beforeAll(async () => {
    emulator = await start();
    token = await signIn(emulator);
  });

  test.each([
    ["lets a call pass", {}, 200, '"said":{}'],
    ["changes a call", { before: "change" }, 200, '"said":{"changed":true}'],
    ["answers in the target's place", { before: "deny", after: "change" }, 403, "Not you"],
    ["changes an answer", { after: "change" }, 202, '"changed"'],
    ["throws", { before: "fail" }, 500, "An internal error occurred. Please retry later."],
    ["gives no base64", { before: "malformed" }, 500, "An internal error occurred. Please retry later."],
    ["throws at the answer", { after: "fail" }, 500, "An internal error occurred. Please retry later."],
  ])("which %s", async (_, body, status, words) => {
    const answer = await ask(agentUrl(emulator), body, bearer(token));
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
    expect(answer.headers.get("x-seen")).toBe(status === 202 ? "yes" : null);
  });

  test("is told path, method and body in base64, and who asks", async () => {
    const { body } = await ask(agentUrl(emulator), { before: "tell" }, bearer(token));
    expect(body).toEqual({
      http: {
        gatewayRequest: {
          path: "/agent/invocations",
          httpMethod: "POST",
          body: btoa('{"before":"tell"}'),
        },
      },
      custom: {
        GATEWAY_ARN: expect.stringContaining(":gateway/m2m-auth-demo-gateway-") as string,
        GATEWAY_ACCOUNT_ID: "123456789012",
        REQUEST_ID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      },
    });
    const after = await ask(agentUrl(emulator), { after: "tell" }, bearer(token));
    expect(after.body).toMatchObject({
      http: {
        gatewayRequest: null,
        gatewayResponse: { statusCode: 200, headers: null, contentType: "application/json" },
      },
    });
  });

  test("waits for the whole of a stream where answers are shown, and for none where requests are", async () => {
    const stream = { method: "POST", body: JSON.stringify({ steps: ["one"] }) };
    const headers = { "content-type": "application/json", ...bearer(token) };
    expect(await (await fetch(agentUrl(emulator), { ...stream, headers })).text()).toBe('data: "one"\n\n');
    const other = await start(true, ["REQUEST"]);
    try {
      const own = await signIn(other);
      const { body } = await ask(agentUrl(other), { before: "tell" }, bearer(own));
      expect(body).toHaveProperty("http.gatewayRequest.headers.authorization", `Bearer ${own}`);
      const changed = await ask(agentUrl(other), { before: "change" }, bearer(own));
      expect(changed.body.headers).toMatchObject({ accept: "text/x-tenant", authorization: `Bearer ${own}` });
    } finally {
      await other.stop();
    }
  });
});

describe("is refused at deployment", () => {
  const mcp = { protocol_type: "MCP" };
  const server = {
    target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://tools.example.com/mcp" }] }] }],
    credential_provider_configuration: undefined,
  };
  const key = {
    api_key: [
      {
        provider_arn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/apikeycredentialprovider/k",
      },
    ],
  };
  const granting = (grant: string) => ({ oauth: [{ ...M2M.oauth[0], grant_type: grant }] });

  test.each<[string, FrontedAgent, RegExp]>([
    ["on a gateway of MCP", { gateway: mcp }, /HTTP targets cannot be added to gateways of the protocol type MCP/],
    [
      "without a credential",
      { target: { credential_provider_configuration: undefined } },
      /support only: gateway role/,
    ],
    ["with an API key", { credential: key }, /support only: gateway role/],
    ["with the consent of users", { credential: granting("AUTHORIZATION_CODE") }, /support only: gateway role/],
    ["with exchanged tokens", { credential: granting("TOKEN_EXCHANGE") }, /support only: gateway role/],
    [
      "with tokens of callers who sign",
      { authorizerType: "AWS_IAM" },
      /JWT_PASSTHROUGH is not supported when .* AWS_IAM/,
    ],
    [
      "with tokens of callers who only sign",
      { authorizerType: "AUTHENTICATE_ONLY" },
      /JWT_PASSTHROUGH is not supported/,
    ],
    ["with signatures of callers with tokens", { credential: CALLER }, /CALLER_IAM_CREDENTIALS is not .* CUSTOM_JWT/],
    [
      "with signatures of nobody",
      { authorizerType: "NONE", credential: CALLER },
      /CALLER_IAM_CREDENTIALS is not .* NONE/,
    ],
    ["as an MCP server without a protocol", { target: server }, /kind mcpServer on a gateway without a protocol type/],
    [
      "with an engine",
      {
        gateway: {
          policy_engine_configuration: [
            { arn: "arn:aws:bedrock-agentcore:us-east-1:123456789012:policy-engine/rules-abcdefghij", mode: "ENFORCE" },
          ],
        },
      },
      /Policy engines of gateways without a protocol type/,
    ],
  ])("%s", async (_, options, words) => {
    await expect(emulateAgent(options).then((emulator) => emulator.stop())).rejects.toThrow(words);
  });

  test.each([
    ["an MCP server", { jwt_passthrough: [{}] }, /kind MCP server support only/],
    ["an MCP server", CALLER, /CALLER_IAM_CREDENTIALS is not supported when gateway authorizer type is CUSTOM_JWT/],
  ])("a caller's credential towards %s", async (_, credential, words) => {
    const bend = (resources: TerraformJson["resource"]) => {
      Object.assign(resources["aws_bedrockagentcore_gateway"]?.["main"] ?? {}, mcp);
      Object.assign(resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {}, {
        ...server,
        credential_provider_configuration: [credential],
      });
    };
    await expect(emulateAgent({}, {}, bend).then((emulator) => emulator.stop())).rejects.toThrow(words);
  });
});
