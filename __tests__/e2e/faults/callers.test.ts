import { postMcp, bearer, toolsList, type HttpAnswer } from "../../support/callers";
import { expectCause } from "../../support/cause";
import { ADD, FaultySystem } from "../../support/faulty-system";
import { ofUnknownKey, signedWithPublicKey, tampered, unsigned } from "../../support/forged-tokens";

type Headers = Readonly<Record<string, string>>;
/** What a caller sees of a fault, then the hop and the check that the trace names as its cause. */
type Seen = readonly [status: number, body: string | RegExp, hop: string, cause: string | RegExp];

let system: FaultySystem;

beforeAll(async () => {
  system = await FaultySystem.start();
});

function expectSeen({ status, body }: HttpAnswer, [expected, text, hop, cause]: Seen): void {
  expect({ status, body: typeof body === "string" ? body : JSON.stringify(body) }).toEqual({
    status: expected,
    body:
      typeof text === "string" ? (expect.stringContaining(text) as string) : (expect.stringMatching(text) as string),
  });
  expectCause(system.emulator.calls().at(-1), hop, cause);
}

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

const SIGV4 = { authorization: "AWS4-HMAC-SHA256 Credential=test/20261123/us-east-1/bedrock-agentcore/aws4_request" };

describe("at the gateway's authorizer", () => {
  const HOP = "gateway authorizer";
  const NO_TOKEN = '{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Missing Bearer token"}}';
  const INVALID = '{"jsonrpc":"2.0","id":0,"error":{"code":-32001,"message":"Invalid Bearer token"}}';

  // oxfmt-ignore
  const rows: [fault: string, headers: () => Headers | Promise<Headers>, seen: Seen, error: string][] = [
    ["no token", () => ({}), [401, NO_TOKEN, HOP, "bearer token: no Authorization"], "invalid_token"],
    ["Basic credentials", () => ({ authorization: "Basic dTpw" }), [401, NO_TOKEN, HOP, "bearer token: another kind"], "invalid_token"],
    ["an empty bearer token", () => ({ authorization: "Bearer " }), [401, NO_TOKEN, HOP, "bearer token: another kind"], "invalid_token"],
    ["a malformed token", () => bearer("no.jwt.at-all"), [401, INVALID, HOP, "token is a JWT: 3 parts"], "invalid_token"],
    ["a tampered token", () => bearer(tampered(system.token)), [401, INVALID, HOP, "signature: signature verification failed"], "invalid_token"],
    ["an unsigned token", () => bearer(unsigned(system.token)), [401, INVALID, HOP, 'signature: "alg"'], "invalid_token"],
    ["a token of an unknown key", () => bearer(ofUnknownKey(system.token)), [401, INVALID, HOP, "signature: no applicable key"], "invalid_token"],
    [
      "a token signed with the public key",
      async () => {
        const { keys } = system.inboundPool.keys.jwks;
        return bearer(signedWithPublicKey(system.token, keys[1] ?? {}));
      },
      [401, INVALID, HOP, 'signature: "alg"'],
      "invalid_token",
    ],
    ["a token of the other pool", async () => bearer(await system.m2mToken()), [403, "Insufficient scope", HOP, /^iss: https:\/\/cognito-idp/], "insufficient_scope"],
    ["an ID token", async () => bearer((await system.signIn()).IdToken), [403, "Insufficient scope", HOP, "client_id: no such claim"], "insufficient_scope"],
    [
      "a token of another client",
      async () => bearer((await system.signIn(otherClient(system.inboundPool.id, false).clientId, "other")).AccessToken),
      [403, "Insufficient scope", HOP, /^client_id: \w+$/],
      "insufficient_scope",
    ],
    ["a request signed with SigV4", () => SIGV4, [401, NO_TOKEN, HOP, "bearer token: another kind"], "invalid_token"],
  ];

  test.each(rows)("fails with %s", async (_, headers, seen, error) => {
    const answer = await postMcp(system.gatewayUrl, toolsList, await headers());
    expectSeen(answer, seen);
    const metadata = system.gatewayUrl.replace("/mcp", "/.well-known/oauth-protected-resource");
    expect(answer.headers.get("www-authenticate")).toBe(`Bearer error="${error}", resource_metadata="${metadata}"`);
  });
});

describe("at the runtime's authorizer and endpoint", () => {
  const arn = () => system.emulator.account.runtimes.all()[0]?.attributes.agentRuntimeArn ?? "";
  const host = () => system.runtimeUrl.replace(/\/runtimes\/.*/, "");
  const own = () => system.runtimeUrl;
  const m2m = async () => bearer(await system.m2mToken());
  const HOP = "runtime authorizer";
  const ENDPOINT = "runtime endpoint";
  const SESSION_ID = "x-amzn-bedrock-agentcore-runtime-session-id";
  const NO_TOKEN = '{"jsonrpc":"2.0","error":{"code":-32001,"message":"Missing Authentication Token"}}';
  const MISMATCH =
    "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. " +
    "Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)";
  const claim = (name: string) => `OAuth authorization failed: Claim '${name}' value mismatch with configuration`;

  // oxfmt-ignore
  const rows: [fault: string, url: () => string, headers: () => Headers | Promise<Headers>, seen: Seen][] = [
    ["no token", own, () => ({}), [401, NO_TOKEN, HOP, "bearer token: no Authorization"]],
    ["an empty Authorization", own, () => ({ authorization: "" }), [401, NO_TOKEN, HOP, "bearer token: no Authorization"]],
    ["Basic credentials", own, () => ({ authorization: "Basic dTpw" }), [403, MISMATCH, HOP, "authorization method: basic"]],
    ["a request signed with SigV4", own, () => SIGV4, [403, MISMATCH, HOP, "authorization method: aws4-hmac-sha256"]],
    ["a token without its scheme", own, () => ({ authorization: "0123456789ABCDEF" }), [403, MISMATCH, HOP, "authorization method: an unknown kind"]],
    ["a malformed token", own, () => bearer("x"), [401, "Failed to parse token", HOP, "token is a JWT: 1 parts"]],
    ["a tampered token", own, async () => bearer(tampered(await system.m2mToken())), [401, "Invalid token signature", HOP, "signature"]],
    ["a user's token", own, () => bearer(system.token), [401, claim("iss"), HOP, /^iss: https:\/\/cognito-idp/]],
    ["a token of another M2M client", own, async () => bearer(await system.m2mToken(otherClient(system.outboundPool.id, true))), [401, claim("client_id"), HOP, /^client_id: \w+$/]],
    ["the ARN un-encoded", () => `${host()}/runtimes/${arn()}/invocations`, m2m, [404, "UnknownOperation", ENDPOINT, "URL-encoded ARN: /runtimes/arn:"]],
    ["a secret at a wrong path", () => `${own().replace(/invocations$/, "mcp")}?api_key=s3cret`, m2m, [404, "UnknownOperation", ENDPOINT, /^path: .*\/mcp\?api_key=\[masked\]$/]],
    ["/mcp for a suffix", () => own().replace(/invocations$/, "mcp"), m2m, [404, "UnknownOperation", ENDPOINT, /^path: .*\/mcp$/]],
    ["no suffix", () => own().replace(/\/invocations$/, ""), m2m, [401, NO_TOKEN, ENDPOINT, "path: /runtimes/arn"]],
    ["an id without the account", () => `${host()}/runtimes/an-id/invocations`, m2m, [400, "accountID is required", ENDPOINT, "runtime: /runtimes/an-id"]],
    ["an unknown runtime", () => own().replace(/-[^-]*\/invocations$/, "-0000000000/invocations"), m2m, [404, "No endpoint or agent found", ENDPOINT, "runtime: "]],
    ["a short session id", own, async () => ({ ...(await m2m()), [SESSION_ID]: "s1" }), [400, "Value 's1' at 'runtimeSessionId' failed to satisfy constraint: Member must have length greater than or equal to 33", ENDPOINT, "session id: s1"]],
    ["a long session id", own, async () => ({ ...(await m2m()), [SESSION_ID]: "s".repeat(257) }), [400, "Member must have length less than or equal to 256", ENDPOINT, "session id: sss"]],
    ["an unknown qualifier", () => `${own()}?qualifier=canary`, m2m, [404, "No endpoint or agent found with qualifier 'canary'", ENDPOINT, /^qualifier: .*canary$/]],
  ];

  test.each(rows)("fails with %s", async (_, url, headers, seen) => {
    const answer = await postMcp(url(), toolsList, await headers());
    expectSeen(answer, seen);
    const challenge =
      answer.status === 401 && seen[2] === HOP
        ? `Bearer resource_metadata="${own()}/.well-known/oauth-protected-resource?qualifier=DEFAULT"`
        : null;
    expect(answer.headers.get("www-authenticate")).toBe(challenge);
  });

  test("fails with a body over the limit, before anything else", async () => {
    const answer = await postMcp(own(), "x".repeat(40_001), await m2m());
    expectSeen(answer, [400, "less than or equal to 40000", "request payload", "size: 40001 bytes"]);
  });
});

describe("in the gateway's protocol", () => {
  const METHOD = "MCP method";
  const VALIDATION = "argument validation";
  const call = (params: unknown) => ({ jsonrpc: "2.0", id: 7, method: "tools/call", params });
  const INVALID = "ValidationException - Parameter validation failed: Invalid request parameters:\\\\n- ";
  const refused = (fault: string) =>
    new RegExp(`"id":7,"result":{"content":\\[{"type":"text","text":"${INVALID}${fault}"}\\],"isError":true}}$`);

  // oxfmt-ignore
  const rows: [fault: string, message: unknown, headers: Headers, seen: Seen][] = [
    ["JSON without end of depth", `{"params":${"[".repeat(9_000)}${"]".repeat(9_000)}}`, {}, [400, "Parse error - The JSON nests more than 1000 levels deep", METHOD, "JSON-RPC message: Parse error"]],
    ["no JSON", "{", {}, [400, '"id":null,"error":{"code":-32700,"message":"Parse error - Invalid JSON format"', METHOD, "JSON-RPC message: Parse error"]],
    ["JSON in another encoding", Buffer.from(JSON.stringify(call({ name: "ä" })), "latin1"), {}, [400, "Parse error - The JSON is not encoded in UTF-8", METHOD, "JSON-RPC message: Parse error"]],
    ["no JSON-RPC", { id: 7, method: "ping" }, {}, [400, '"id":7,"error":{"code":-32600', METHOD, "JSON-RPC message: Invalid"]],
    ["a batch", [toolsList], {}, [400, '"error":{"code":-32600', METHOD, "JSON-RPC message: Invalid"]],
    ["params that are no object", { ...toolsList, params: [1] }, {}, [400, '"id":1,"error":{"code":-32600', METHOD, "JSON-RPC message: Invalid"]],
    ["an unknown method", { ...toolsList, method: "roots/list" }, {}, [200, '"error":{"code":-32601,"message":"Method not found: roots/list"', METHOD, "method: Method not found: roots/list"]],
    ...["constructor", "toString", "__proto__"].map((method): (typeof rows)[number] => [`the method ${method}`, { ...toolsList, method }, {}, [200, `"error":{"code":-32601,"message":"Method not found: ${method}"`, METHOD, "method: Method not found"]]),
    ["an unknown tool", call({ name: "m2m-auth-demo-mcp-target___nothing" }), {}, [200, '"error":{"code":-32602,"message":"Unknown tool', METHOD, "parameters: Unknown tool"]],
    ["a tool without its target", call({ name: "add_numbers" }), {}, [200, '{"code":-32602,"message":"Unknown tool: add_numbers"}', METHOD, "parameters: Unknown tool"]],
    ["no tool's name", call({}), {}, [200, '"code":-32602', METHOD, "parameters: Invalid params: 'name'"]],
    ["an unknown cursor", { ...toolsList, params: { cursor: "NQ" } }, {}, [200, '"code":-32602', METHOD, "parameters: Invalid params: unknown cursor"]],
    ["initialize without a version", { ...toolsList, method: "initialize", params: {} }, {}, [200, '"code":-32602', METHOD, "parameters: Invalid params: 'protocolVersion'"]],
    ["an unsupported version", toolsList, { "mcp-protocol-version": "2024-11-05" }, [400, '"code":-32042', METHOD, "MCP-Protocol-Version: 2024-11-05"]],
    ["an argument left out", call({ name: ADD, arguments: { a: 5 } }), {}, [200, refused("Missing required field\\(s\\): 'b'"), VALIDATION, "inputSchema: Missing"]],
    [
      "an argument of a wrong type",
      call({ name: ADD, arguments: { a: 5, b: "3" } }),
      {},
      [200, refused("Field '/b' has invalid type: string found, integer expected"), VALIDATION, "inputSchema: Field '/b'"],
    ],
    ["arguments that are no object", call({ name: ADD, arguments: [5, 3] }), {}, [200, "array found, object expected", VALIDATION, "inputSchema: Field ''"]],
    ["a search without a query", call({ name: "x_amz_bedrock_agentcore_search" }), {}, [200, refused("Missing required field\\(s\\): 'query'"), VALIDATION, "inputSchema: Missing"]],
  ];

  test.each(rows)("fails with %s", async (_, message, headers, seen) => {
    expectSeen(await postMcp(system.gatewayUrl, message, { ...bearer(system.token), ...headers }), seen);
  });

  test("fails with a body over the limit with 413, whether its length is declared or not", async () => {
    const body = "x".repeat(20_001);
    expectSeen(await postMcp(system.gatewayUrl, body, bearer(system.token)), [
      413,
      "maximum of 20000 bytes",
      "request payload",
      "size: 20001 bytes",
    ]);
    const chunked = { body: new Blob([body]).stream(), duplex: "half" } as RequestInit;
    const undeclared = await fetch(system.gatewayUrl, { method: "POST", headers: bearer(system.token), ...chunked });
    expect(undeclared.status).toBe(413);
    expectCause(system.emulator.calls().at(-1), "request payload", "size: more");
  });

  test.each(["GET", "DELETE"])("fails to %s with 405", async (method) => {
    const response = await fetch(system.gatewayUrl, { method, headers: bearer(system.token) });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expectCause(system.emulator.calls().at(-1), "gateway endpoint", `HTTP method: ${method}`);
  });

  test("fails to tell of an authorization server: there is none here", async () => {
    const response = await fetch(system.gatewayUrl.replace("/mcp", "/.well-known/oauth-authorization-server"));
    expect([response.status, await response.text()]).toEqual([404, "<UnknownOperationException/>\n"]);
    expectCause(system.emulator.calls().at(-1), "gateway endpoint", "path: /.well-known/oauth-authorization-server");
  });
});
