import type { TerraformJson } from "../support/article-stack";
import { bearer, postMcp, toolsCall, toolsList, type HttpAnswer } from "../support/callers";
import { ADD, FaultySystem, PROVIDER } from "../support/faulty-system";
import { ofUnknownKey, signedWithPublicKey, tampered, unsigned } from "../support/forged-tokens";
import { behave, scriptedServer, startScriptedServer, type Behaviours } from "../support/scripted-server";

let system: FaultySystem;

beforeAll(async () => {
  system = await FaultySystem.start();
});

afterAll(() => system.stop());

/** What a caller sees of a fault, and the hop and the check or failure that the trace names as its cause. */
type Seen = readonly [status: number, body: string | RegExp, hop: string, cause: string | RegExp];

function expectSeen({ status, body }: HttpAnswer, [expected, text, hop, cause]: Seen): void {
  const refusal = system.refusal();
  expect({ status, body: typeof body === "string" ? body : JSON.stringify(body) }).toEqual({
    status: expected,
    body: typeof text === "string" ? (expect.stringContaining(text) as string) : (expect.stringMatching(text) as string),
  });
  expect(refusal?.name).toBe(hop);
  const failed = refusal?.checks.filter(({ passed }) => !passed) ?? [];
  const named = [...failed.map(({ name, actual }) => `${name}: ${actual}`), refusal?.failure].join("\n");
  expect(named).toMatch(typeof cause === "string" ? new RegExp(cause.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) : cause);
}

const GATEWAY = "gateway authorizer";
const RUNTIME = "runtime authorizer";
const NO_TOKEN = '{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Missing Bearer token"}}';
const otherClient = (poolId: string, generateSecret: boolean) =>
  system.emulator.account.cognito.createUserPoolClient({
    userPoolId: poolId,
    clientName: `other-${generateSecret}`,
    generateSecret,
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    allowedOAuthFlowsUserPoolClient: generateSecret,
    allowedOAuthFlows: generateSecret ? ["client_credentials"] : [],
    allowedOAuthScopes: generateSecret ? ["mcp-server/tools.read"] : [],
    accessTokenValidity: 3600,
    idTokenValidity: 3600,
    refreshTokenValidity: 86400,
  });

describe("at the gateway's authorizer", () => {
  const rows: [fault: string, headers: () => Record<string, string> | Promise<Record<string, string>>, seen: Seen, challenge?: string][] = [
    ["no token", () => ({}), [401, NO_TOKEN, GATEWAY, "bearer token"], 'Bearer error="invalid_token"'],
    ["Basic credentials", () => ({ authorization: "Basic dTpw" }), [401, NO_TOKEN, GATEWAY, "bearer token"]],
    ["an empty bearer token", () => ({ authorization: "Bearer " }), [401, NO_TOKEN, GATEWAY, "bearer token"]],
    ["a malformed token", () => bearer("no.jwt.at-all"), [401, "Invalid Bearer token", GATEWAY, "token is a JWT"]],
    ["a tampered token", () => bearer(tampered(system.token)), [401, "Invalid Bearer token", GATEWAY, "signature"]],
    ["an unsigned token", () => bearer(unsigned(system.token)), [401, "Invalid Bearer token", GATEWAY, "signature"]],
    ["a token of an unknown key", () => bearer(ofUnknownKey(system.token)), [401, "Invalid Bearer token", GATEWAY, "signature"]],
    [
      "a token signed with the public key",
      async () => {
        const { keys } = await system.inboundPool.keys.jwks();
        return bearer(signedWithPublicKey(system.token, keys[1] ?? {}));
      },
      [401, "Invalid Bearer token", GATEWAY, "signature"],
    ],
    [
      "a token of the other pool",
      async () => bearer(await system.m2mToken()),
      [403, "Insufficient scope", GATEWAY, /^iss: https:\/\/cognito-idp/],
      'Bearer error="insufficient_scope"',
    ],
    ["an ID token", async () => bearer((await system.signIn()).IdToken), [403, "Insufficient scope", GATEWAY, "client_id: no such claim"]],
    [
      "a token of another client",
      async () => bearer((await system.signIn(otherClient(system.inboundPool.id, false).clientId, "other")).AccessToken),
      [403, "Insufficient scope", GATEWAY, "client_id"],
    ],
    [
      "a request signed with SigV4",
      () => ({ authorization: "AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/bedrock-agentcore/aws4_request" }),
      [401, NO_TOKEN, GATEWAY, "bearer token"],
    ],
  ];

  test.each(rows)("fails with %s", async (_, headers, seen, challenge = "Bearer error=") => {
    const answer = await postMcp(system.gatewayUrl, toolsList, await headers());
    expectSeen(answer, seen);
    expect(answer.headers.get("www-authenticate")).toContain(challenge);
  });
});

describe("at the runtime's authorizer and endpoint", () => {
  const arn = () => system.emulator.account.runtimes.all()[0]?.attributes.agentRuntimeArn ?? "";
  const host = () => system.runtimeUrl.replace(/\/runtimes\/.*/, "");
  const own = () => system.runtimeUrl;
  const none = () => ({});
  const m2m = async () => bearer(await system.m2mToken());
  const ENDPOINT = "runtime endpoint";

  const rows: [fault: string, url: () => string, headers: () => Record<string, string> | Promise<Record<string, string>>, seen: Seen][] = [
    ["no token", own, none, [401, '{"code":-32001,"message":"Missing Authentication Token"}', RUNTIME, "bearer token"]],
    ["Basic credentials", own, () => ({ authorization: "Basic dTpw" }), [403, "Authorization method mismatch", RUNTIME, "authorization method: basic"]],
    [
      "a request signed with SigV4",
      own,
      () => ({ authorization: "AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/bedrock-agentcore/aws4_request" }),
      [403, "Authorization method mismatch. The agent is configured", RUNTIME, "authorization method: aws4-hmac-sha256"],
    ],
    ["a malformed token", own, () => bearer("x"), [401, "Failed to parse token", RUNTIME, "token is a JWT"]],
    ["a tampered token", own, async () => bearer(tampered(await system.m2mToken())), [401, "Invalid token signature", RUNTIME, "signature"]],
    ["a user's token", own, () => bearer(system.token), [401, "Claim 'iss' value mismatch with configuration", RUNTIME, "iss"]],
    [
      "a token of another M2M client",
      own,
      async () => bearer(await system.m2mToken(otherClient(system.outboundPool.id, true))),
      [401, "OAuth authorization failed: Claim 'client_id' value mismatch with configuration", RUNTIME, "client_id"],
    ],
    ["the ARN un-encoded", () => `${host()}/runtimes/${arn()}/invocations`, m2m, [404, "UnknownOperation", ENDPOINT, "URL-encoded ARN"]],
    ["/mcp for a suffix", () => own().replace(/invocations$/, "mcp"), m2m, [404, "UnknownOperation", ENDPOINT, "path"]],
    ["no suffix", () => own().replace(/\/invocations$/, ""), m2m, [401, "Missing Authentication Token", ENDPOINT, "path"]],
    ["an id without the account", () => `${host()}/runtimes/an-id/invocations`, m2m, [400, "accountID is required", ENDPOINT, "runtime"]],
    ["an unknown runtime", () => own().replace(/-[^-]*\/invocations$/, "-0000000000/invocations"), m2m, [404, "No endpoint or agent found", ENDPOINT, "runtime"]],
    ["an unknown qualifier", () => `${own()}?qualifier=canary`, m2m, [404, "No endpoint or agent found with qualifier 'canary'", ENDPOINT, "runtime"]],
  ];

  test.each(rows)("fails with %s", async (_, url, headers, seen) => {
    expectSeen(await postMcp(url(), toolsList, await headers()), seen);
  });

  it("fails with a body over the limit, before anything else", async () => {
    expect(await postMcp(own(), "x".repeat(40_001), await m2m())).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("less than or equal to 40000") as string },
    });
  });
});

describe("in the gateway's protocol", () => {
  const METHOD = "MCP method";
  const call = (params: unknown) => ({ jsonrpc: "2.0", id: 7, method: "tools/call", params });
  const rows: [fault: string, message: unknown, headers: Record<string, string>, seen: Seen][] = [
    ["no JSON", "{", {}, [400, '"id":null,"error":{"code":-32700', METHOD, "JSON-RPC message"]],
    ["no JSON-RPC", { id: 7, method: "ping" }, {}, [400, '"id":7,"error":{"code":-32600', METHOD, "JSON-RPC message"]],
    ["a batch", [toolsList], {}, [400, '"error":{"code":-32600', METHOD, "JSON-RPC message"]],
    ["params that are no object", { ...toolsList, params: [1] }, {}, [400, '"id":1,"error":{"code":-32600', METHOD, "JSON-RPC message"]],
    ["an unknown method", { ...toolsList, method: "prompts/list" }, {}, [200, '"error":{"code":-32601,"message":"Method not found: prompts/list"', METHOD, "method"]],
    ["an unknown tool", call({ name: "m2m-auth-demo-mcp-target___nothing" }), {}, [200, '"error":{"code":-32602,"message":"Unknown tool', METHOD, "parameters"]],
    ["a tool without its target", call({ name: "add_numbers" }), {}, [200, '{"code":-32602,"message":"Unknown tool: add_numbers"}', METHOD, "parameters"]],
    ["no tool's name", call({}), {}, [200, '"code":-32602', METHOD, "parameters"]],
    ["an unknown cursor", { ...toolsList, params: { cursor: "NQ" } }, {}, [200, '"code":-32602', METHOD, "unknown cursor"]],
    ["initialize without a version", { ...toolsList, method: "initialize", params: {} }, {}, [200, '"code":-32602', METHOD, "parameters"]],
    ["an unsupported version", toolsList, { "mcp-protocol-version": "2025-11-25" }, [400, '"code":-32042', METHOD, "MCP-Protocol-Version: 2025-11-25"]],
    [
      "an argument left out",
      call({ name: ADD, arguments: { a: 5 } }),
      {},
      [200, /"text":"ValidationException - Parameter validation failed: Invalid request parameters:\\n- Missing required field\(s\): 'b'"}\],"isError":true/, "argument validation", "inputSchema"],
    ],
    [
      "an argument of a wrong type",
      call({ name: ADD, arguments: { a: 5, b: "3" } }),
      {},
      [200, "Field '/b' has invalid type: string found, integer expected", "argument validation", "string found"],
    ],
    ["arguments that are no object", call({ name: ADD, arguments: [5, 3] }), {}, [200, "array found, object expected", "argument validation", "inputSchema"]],
    ["a search without a query", call({ name: "x_amz_bedrock_agentcore_search" }), {}, [200, "Missing required field(s): 'query'", METHOD, "isError"]],
  ];

  test.each(rows)("fails with %s", async (_, message, headers, seen) => {
    expectSeen(await postMcp(system.gatewayUrl, message, { ...bearer(system.token), ...headers }), seen);
  });

  it("fails with a body over the limit with 413, whether its length is declared or not", async () => {
    const body = "x".repeat(20_001);
    const chunked = { body: new Blob([body]).stream(), duplex: "half" } as RequestInit;
    const undeclared = await fetch(system.gatewayUrl, { method: "POST", headers: bearer(system.token), ...chunked });
    expect([(await postMcp(system.gatewayUrl, body, bearer(system.token))).status, undeclared.status]).toEqual([413, 413]);
  });

  it.each(["GET", "DELETE"])("fails to %s with 405", async (method) => {
    const response = await fetch(system.gatewayUrl, { method, headers: bearer(system.token) });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("fails to tell of an authorization server: there is none here", async () => {
    const response = await fetch(system.gatewayUrl.replace("/mcp", "/.well-known/oauth-authorization-server"));
    expect([response.status, await response.text()]).toEqual([404, "<UnknownOperationException/>\n"]);
  });
});

const isError = (text: string): RegExp => new RegExp(`"text":"${text}.*"isError":true,"_meta":{"debug":{"type":"text","text":"${text}`);
const CLIENT_ERROR = isError("Received error \\(424\\) from runtime\\.");
const NO_RESPONSE = isError("The MCP server did not answer with a JSON-RPC response");

describe("in a call's MCP server", () => {
  const SERVER = "MCP server";
  const TARGET = "target call";
  const rows: [fault: string, behaviour: string, seen: Seen][] = [
    ["never answers", "hang", [200, CLIENT_ERROR, SERVER, "did not answer within 1 s"]],
    ["begins a stream and stops", "stream-that-hangs", [200, isError("http.*did not answer within 1 s"), TARGET, "did not answer within 1 s"]],
    ["answers 500", "status:500", [200, isError("Received error \\(500\\) from runtime\\."), SERVER, "HTTP status: 500"]],
    ["answers 400", "status:400", [200, isError("Received error \\(400\\) from runtime\\."), SERVER, "HTTP status: 400"]],
    ["answers 401", "status:401", [200, isError("Authorization error when sending message"), SERVER, "HTTP status: 401"]],
    ["answers with HTML", "html", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["answers with nothing", "empty", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["answers with half of its JSON", "truncated", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["answers another request", "wrong-id", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["answers without result and error", "no-result", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["ends a stream without an answer", "stream-without-answer", [200, NO_RESPONSE, TARGET, "JSON-RPC response"]],
    ["answers with an error", "error:out of order", [200, isError("out of order"), TARGET, "out of order"]],
    ["answers with a wrong result", 'result:{"content":5}', [200, isError("The MCP server answered tools/call with an invalid result"), TARGET, "invalid result"]],
    ["answers with more than a gateway takes", "oversize:30000", [200, isError("The MCP server answered with more than 20000 bytes"), TARGET, "more than 20000 bytes"]],
    ["answers with more than a runtime gives", "oversize:50000", [200, CLIENT_ERROR, SERVER, "more than 40000 bytes"]],
    ["breaks the connection", "reset", [200, CLIENT_ERROR, SERVER, "broke off"]],
    ["breaks the connection in its answer", "reset-midway", [200, CLIENT_ERROR, SERVER, "broke off"]],
    ["crashes", "crash", [200, CLIENT_ERROR, SERVER, "broke off"]],
  ];

  test.each(rows)("fails where it %s, and the next call is answered", async (_, behaviour, seen) => {
    await system.behave({ "tools/call": behaviour });
    expectSeen(await system.add(), seen);
    await system.behave({});
    expect((await system.add()).body).toMatchObject({ result: { structuredContent: { result: 8 } } });
  });

  it.each(["slow:300", "stream", "stream-without-end"])("is answered where the server takes its time or streams: %s", async (behaviour) => {
    await system.behave({ "tools/call": behaviour });
    expect((await system.add()).body).toMatchObject({ result: { structuredContent: { result: 8 } } });
  });

  it("fails calls in flight when the process dies, and answers each exactly once", async () => {
    await system.behave({ "tools/call": "hang" });
    const inFlight = Array.from({ length: 8 }, () => system.add());
    await new Promise((resolve) => setTimeout(resolve, 200));
    await system.emulator.account.runtimes.all()[0]?.container.stop();
    const texts = (await Promise.all(inFlight)).map(({ body }) => JSON.stringify(body));
    expect(texts).toEqual(Array.from({ length: 8 }, () => expect.stringContaining("Received error (424)") as string));
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  });

  it("begins a new session where the server has lost the old one", async () => {
    await system.behave({ "tools/call": "status:404" });
    expectSeen(await system.add(), [200, isError("Received error \\(404\\) from runtime\\."), SERVER, "HTTP status: 404"]);
    const hops = system.emulator.calls().at(-1)?.hops.map(({ name }) => name);
    expect(hops?.filter((name) => name === "MCP server")).toHaveLength(4);
  });
});

describe("in a target's synchronization", () => {
  const CONNECT = "Failed to connect and fetch tools from the provided MCP target server. Error - ";
  const VERSION = '{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"x","version":"1"}}';
  const rows: [fault: string, behaviours: Behaviours, reason: string][] = [
    ["speaks only an old version", { initialize: `result:${VERSION}` }, `${CONNECT}Unsupported protocol version`],
    ["refuses initialize", { initialize: "status:400" }, `${CONNECT}Received error (400) from runtime.`],
    ["hangs in initialize", { initialize: "hang" }, `${CONNECT}Received error (424) from runtime.`],
    ["answers initialize with HTML", { initialize: "html" }, `${CONNECT}The MCP server did not answer with a JSON-RPC response`],
    ["answers initialize without a version", { initialize: "result:{}" }, `${CONNECT}The MCP server answered initialize with an invalid result`],
    ["refuses the notification", { "notifications/initialized": "status:500" }, `${CONNECT}Received error (500) from runtime.`],
    ["has no tools/list", { "tools/list": "error:Method not found: tools/list" }, `${CONNECT}Method not found: tools/list`],
    ["lists no tools", { "tools/list": 'result:{"tools":5}' }, `${CONNECT}The MCP server answered tools/list with an invalid result`],
    ["lists for ever", { "tools/list": "endless-pages" }, `${CONNECT}The MCP server has more than 1000 tools`],
    ["lists empty pages for ever", { "tools/list": "empty-pages" }, `${CONNECT}The MCP server answered with an empty page`],
    [
      "has a tool with a schema that is none",
      { "tools/list": 'result:{"tools":[{"name":"x","inputSchema":{"type":"no such type"}}]}' },
      "The input schema of the tool x is invalid",
    ],
    ["crashes", { "tools/list": "crash" }, `${CONNECT}Received error (424) from runtime.`],
  ];

  test.each(rows)("fails where the server %s, and the old catalogue stays", async (_, behaviours, reason) => {
    await system.behave(behaviours);
    const { status, statusReasons, tools } = await system.synchronize();
    expect([status, statusReasons]).toEqual(["SYNCHRONIZE_UNSUCCESSFUL", [expect.stringContaining(reason)]]);
    expect(tools).toHaveLength(2);
    expect(system.refusal()).toBeDefined();
    await system.behave({});
    expect((await system.synchronize()).status).toBe("READY");
  });

  it("reads all pages of a server that has several", async () => {
    await system.behave({ "tools/list": "page-of-one" });
    const { tools } = await system.synchronize();
    expect(tools.map(({ serverName }) => serverName)).toEqual(["add_numbers", "multiply_numbers"]);
    await system.behave({});
  });
});

describe("between calls", () => {
  const identityPolicy = { roleName: "m2m-auth-demo-gateway-role", policyName: "m2m-auth-demo-gateway-identity-policy" };
  const allowAllBut = (action: string) => {
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", NotAction: action, Resource: "*" }] };
    system.emulator.account.iam.putRolePolicy({ ...identityPolicy, policy: JSON.stringify(policy) });
  };
  afterEach(() => allowAllBut("nothing:*"));

  it.each([
    ["bedrock-agentcore:GetWorkloadAccessToken", "workload access token"],
    ["bedrock-agentcore:GetResourceOauth2Token", "token vault"],
    ["secretsmanager:GetSecretValue", "token vault"],
  ])("fails when the role may no longer %s, although the token is still kept", async (action, hop) => {
    allowAllBut(action);
    expectSeen(await system.add(), [200, new RegExp(`not authorized to perform: ${action}.*"isError":true`), hop, `${action}: denied`]);
  });

  it.each([
    ["the client secret", { clientSecret: "w".repeat(51) }, /invalid_client/],
    ["the client", { clientId: "no-such-client" }, /invalid_client/],
    ["the discovery URL", { discoveryUrl: "https://idp.example.com/.well-known/openid-configuration" }, /ENOTFOUND idp\.example\.com/],
  ])("fails when the provider is given a wrong %s, and the trace has the authorization server's words", async (_, wrong, cause) => {
    const { credentialProviders } = system.emulator.account;
    const right = credentialProviders.get(PROVIDER);
    credentialProviders.update({ ...right, ...wrong });
    const answer = await system.add();
    credentialProviders.update(right);
    expect(JSON.stringify(answer.body)).toContain("Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)");
    expect(JSON.stringify(system.emulator.calls().at(-1))).toMatch(cause);
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  });

  it("fails when the runtime now refuses the kept token, and asks for another one with the next call", async () => {
    const before = system.emulator.calls().length;
    await system.behave({ "tools/call": "status:401" });
    expect(JSON.stringify((await system.add()).body)).toContain("Authorization error when sending message");
    await system.behave({});
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
    const hops = system.emulator.calls().slice(before - 2).at(-1)?.hops.map(({ name }) => name);
    expect(hops).toContain("token endpoint");
  });

  it("lets tokens of a new key in as soon as they are shown, and the old ones out", async () => {
    await system.add();
    await system.inboundPool.keys.rotateKeys();
    expect((await system.add()).status).toBe(200);
    const { AccessToken } = await system.signIn();
    expect((await system.add(AccessToken)).body).toMatchObject({ result: { isError: false } });
    expectSeen(await system.add(), [401, "Invalid Bearer token", GATEWAY, "signature"]);
    await system.outboundPool.keys.rotateKeys();
    expect((await system.add(AccessToken)).body).toMatchObject({ result: { isError: false } });
  });

  it("fails on both hops when the clock passes the tokens' expiry, while the vault gets a new one by itself", async () => {
    const { AccessToken } = await system.signIn();
    const m2mToken = await system.m2mToken();
    system.clock.advance(3_601_000);
    expectSeen(await system.add(AccessToken), [401, "Invalid Bearer token", GATEWAY, "exp"]);
    expectSeen(await postMcp(system.runtimeUrl, toolsList, bearer(m2mToken)), [401, "Token has expired", RUNTIME, "exp"]);
    const fresh = await system.signIn();
    expect((await system.add(fresh.AccessToken)).body).toMatchObject({ result: { isError: false } });
  });
});

describe("in a stack", () => {
  const authorizerOf = (resources: TerraformJson["resource"], type: string, name: string) =>
    (resources[type]?.[name] as { authorizer_configuration: { custom_jwt_authorizer: Record<string, unknown>[] }[] }).authorizer_configuration[0]
      ?.custom_jwt_authorizer[0] ?? {};
  const runtimeAuthorizer = (resources: TerraformJson["resource"]) =>
    authorizerOf(resources, "aws_bedrockagentcore_agent_runtime", "mcp_server");
  const target = (resources: TerraformJson["resource"]) => resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {};
  const AUTHORIZATION = /Error - Authorization error when sending message/;

  const rows: [fault: string, bend: (resources: TerraformJson["resource"]) => void, reason: RegExp][] = [
    ["an audience where Cognito gives none", (r) => Object.assign(runtimeAuthorizer(r), { allowed_audience: ["mcp-server"] }), AUTHORIZATION],
    ["a scope that the token lacks", (r) => Object.assign(runtimeAuthorizer(r), { allowed_scopes: ["mcp-server/admin"] }), AUTHORIZATION],
    ["the runtime's issuer swapped", (r) => Object.assign(runtimeAuthorizer(r), { discovery_url: authorizerOf(r, "aws_bedrockagentcore_gateway", "main")["discovery_url"] }), AUTHORIZATION],
    ["a runtime authorized by IAM and a target with a token", (r) => delete r["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"]?.["authorizer_configuration"], AUTHORIZATION],
    ["a target without a credential", (r) => delete target(r)["credential_provider_configuration"], AUTHORIZATION],
    [
      "IAM without a service",
      (r) => Object.assign(target(r), { credential_provider_configuration: [{ gateway_iam_role: [{}] }] }),
      /ValidationException: IamCredentialProvider is required for mcpServer targets using IAM authentication/,
    ],
    [
      "a signature for a runtime that wants a token",
      (r) => Object.assign(target(r), { credential_provider_configuration: [{ gateway_iam_role: [{ service: "bedrock-agentcore" }] }] }),
      AUTHORIZATION,
    ],
    [
      "a host that nothing answers at",
      (r) => Object.assign(target(r), { target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://mcp.example.com/mcp" }] }] }] }),
      /Error - Unable to connect to the MCP server\. Please check the server/,
    ],
    [
      "an endpoint that is no URL",
      (r) => Object.assign(target(r), { target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://" }] }] }] }),
      /Error - Unable to connect to the MCP server/,
    ],
    [
      "a plain http endpoint",
      (r) => Object.assign(target(r), { target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "http://127.0.0.1:9" }] }] }] }),
      /ValidationException.*endpoint/,
    ],
  ];

  test.each(rows)("fails with %s", async (_, bend, reason) => {
    await expect(FaultySystem.start(bend)).rejects.toMatchObject({
      name: "DeploymentError",
      address: "aws_bedrockagentcore_gateway_target.mcp_server",
      reason: expect.stringMatching(reason) as string,
    });
  });

  it.each([
    ["never listens", ["-e", "setInterval(() => {}, 1000)"], /Error - Runtime initialization time exceeded\./],
    ["ends at once", ["-e", "process.exit(1)"], /Error - Received error \(424\) from runtime\./],
  ])("fails with a server that %s", async (_, parameters, reason) => {
    const serverCommand = { program: process.execPath, arguments: parameters };
    const limits = { runtimeInitialization: 700 };
    await expect(FaultySystem.start(() => undefined, { serverCommand, limits })).rejects.toThrow(reason);
  });

  it("fails with a server that cannot be started", async () => {
    const serverCommand = { program: "/no/such/program", arguments: [] };
    await expect(FaultySystem.start(() => undefined, { serverCommand })).rejects.toThrow(/Received error \(424\) from runtime/);
  });
});

describe("an authorization server outside of AWS", () => {
  it("fails a hanging token endpoint within its limit, as the token endpoint's fault", async () => {
    const server = await startScriptedServer();
    await behave(server.url, {});
    const bend = (resources: TerraformJson["resource"]) => {
      const provider = resources["aws_bedrockagentcore_oauth2_credential_provider"]?.["m2m"] as {
        oauth2_provider_config: { custom_oauth2_provider_config: Record<string, unknown>[] }[];
      };
      Object.assign(provider.oauth2_provider_config[0]?.custom_oauth2_provider_config[0] ?? {}, {
        oauth_discovery: [{ discovery_url: "https://idp.example.com/.well-known/openid-configuration" }],
      });
    };
    const limits = { authorizationServer: 300 };
    const options = { hosts: { "idp.example.com": server.url }, limits, serverCommand: scriptedServer() };
    await expect(FaultySystem.start(bend, options)).rejects.toThrow(/Error parsing ClientCredentials response/);
    server.stop();
  });
});

it("fails with an opaque error where the gateway's exception level is not DEBUG", async () => {
  const plain = await FaultySystem.start(({ aws_iam_role: roles = {} }) => void Object.assign(roles["gateway"] ?? {}, { description: "x" }));
  await plain.behave({ "tools/call": "status:500" });
  expect((await postMcp(plain.gatewayUrl, toolsCall(ADD, { a: 1, b: 2 }), bearer(plain.token))).body).toEqual({
    jsonrpc: "2.0",
    id: 2,
    result: { content: [{ type: "text", text: "An internal error occurred. Please retry later." }], isError: true },
  });
  await plain.stop();
});
