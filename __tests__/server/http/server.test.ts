import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";
import { VERSIONS } from "../../../server/versions";
import { callTool, MCP_HEADERS, post, startTestServer, type TestServer } from "../support/test-server";

let server: TestServer;
beforeAll(async () => (server = await startTestServer(undefined, { bodyBytes: 2000, batchMessages: 3 })));

const INITIALIZE = { protocolVersion: "2025-03-26", capabilities: {}, clientInfo: { name: "c", version: "1" } };
const PING = { jsonrpc: "2.0", id: 1, method: "ping" };

async function refusal(response: Response): Promise<unknown> {
  const body = JSON.parse(await response.text()) as { id: unknown; error: { code: number; message: string } };
  expect(body).toMatchObject({ jsonrpc: "2.0", id: null });
  return { status: response.status, code: body.error.code };
}

test("knows the versions of the SDK without loading it", () => {
  expect(VERSIONS).toStrictEqual(SUPPORTED_PROTOCOL_VERSIONS);
  const page = readFileSync(join(__dirname, "../../../docs/server.md"), "utf8");
  expect(page).toContain(`the versions from ${VERSIONS.at(-1)} to ${VERSIONS[0]}.`);
});

test("answers requests as JSON with their own id", async () => {
  const response = await post(server.url, { ...PING, id: "seven" });
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.text()).toBe('{"jsonrpc":"2.0","id":"seven","result":{}}');
});

test("accepts AgentCore's ping, whose params are null", async () => {
  const response = await post(server.url, { ...PING, params: null });
  expect(await response.text()).toBe('{"jsonrpc":"2.0","id":1,"result":{}}');
});

test("accepts the session id that AgentCore adds and returns none", async () => {
  const response = await post(server.url, PING, { headers: { "Mcp-Session-Id": "s".repeat(36) } });
  expect(response.status).toBe(200);
  expect(response.headers.has("mcp-session-id")).toBe(false);
});

test.each([
  ["a notification", { jsonrpc: "2.0", method: "notifications/initialized" }],
  ["a response", { jsonrpc: "2.0", id: 4, result: {} }],
  ["a batch of notifications", [{ jsonrpc: "2.0", method: "notifications/initialized" }]],
])("answers %s with 202 and no body", async (_name, body) => {
  const response = await post(server.url, body);
  expect(response.status).toBe(202);
  expect(await response.text()).toBe("");
});

test("answers a batch with an array", async () => {
  const response = await post(server.url, [PING, { jsonrpc: "2.0", method: "notifications/x" }, { ...PING, id: 1 }]);
  const answer = { jsonrpc: "2.0", id: 1, result: {} };
  expect(JSON.parse(await response.text())).toStrictEqual([answer, answer]);
});

test.each(["GET", "HEAD"])("answers %s /ping for health checks", async (method) => {
  const response = await fetch(server.url.replace("/mcp", "/ping"), { method });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(method === "HEAD" ? "" : '{"status":"Healthy"}');
});

test.each([
  ["1999-01-01", "2025-11-25"],
  ["2025-03-26", "2025-03-26"],
])("answers an initialize for version %s with %s", async (protocolVersion, version) => {
  const response = await post(server.url, {
    ...PING,
    method: "initialize",
    params: { ...INITIALIZE, protocolVersion },
  });
  const { result } = JSON.parse(await response.text()) as {
    result: { protocolVersion: string; capabilities: unknown };
  };
  expect(result.protocolVersion).toBe(version);
  expect(result.capabilities).toStrictEqual({ tools: { listChanged: false } });
});

test.each([
  ["GET", "/mcp", "POST"],
  ["DELETE", "/mcp", "POST"],
  ["PUT", "/mcp", "POST"],
  ["POST", "/ping", "GET, HEAD"],
])("fails for %s %s with 405", async (method, path, allow) => {
  const response = await fetch(server.url.replace("/mcp", path), { method, headers: MCP_HEADERS });
  expect(response.headers.get("allow")).toBe(allow);
  expect(await refusal(response)).toStrictEqual({ status: 405, code: -32000 });
});

test.each(["/", "/mcp/", "/mcpx", "/../mcp/x", "//"])("fails for the path %s with 404", async (path) => {
  expect(await refusal(await post(server.url.replace("/mcp", path), PING))).toStrictEqual({
    status: 404,
    code: -32000,
  });
});

test.each(["text/plain", "application/json5", "text/plain; a=application/json", ""])(
  "fails for the content type %j with 415",
  async (type) => {
    const response = await post(server.url, PING, { headers: { "Content-Type": type } });
    expect(await refusal(response)).toStrictEqual({ status: 415, code: -32000 });
  },
);

test("fails for a compressed body with 415", async () => {
  const response = await post(server.url, PING, { headers: { "Content-Encoding": "gzip" } });
  expect(await refusal(response)).toStrictEqual({ status: 415, code: -32000 });
});

test("takes a content type with a charset", async () => {
  const response = await post(server.url, PING, { headers: { "Content-Type": "Application/JSON; charset=utf-8" } });
  expect(response.status).toBe(200);
});

test.each(["application/json", "text/event-stream", "*/*", "text/html, application/xhtml+xml"])(
  "fails for Accept: %s with 406",
  async (accept) => {
    const response = await post(server.url, PING, { headers: { Accept: accept } });
    expect(await refusal(response)).toStrictEqual({ status: 406, code: -32000 });
  },
);

test.each([
  ["2026-07-28", 400],
  ["nonsense", 400],
  ["2025-06-18", 200],
  ["2025-11-25", 200],
])("answers MCP-Protocol-Version %s with %d", async (version, status) => {
  const response = await post(server.url, PING, { headers: { "MCP-Protocol-Version": version } });
  expect(response.status).toBe(status);
});

test.each([
  ["http://evil.example", 403],
  ["http://localhost.evil.example", 403],
  ["null", 403],
  ["http://localhost:6274", 200],
])("answers a page of %s with %d", async (origin, status) => {
  expect((await post(server.url, PING, { headers: { Origin: origin } })).status).toBe(status);
});

test.each(["", "{", "{'a':1}", '{"jsonrpc":"2.0"', "\ufeff{}"])(
  "fails for the body %j with a parse error",
  async (body) => {
    expect(await refusal(await post(server.url, body))).toStrictEqual({ status: 400, code: -32700 });
  },
);

test("fails for bytes that are not UTF-8 with a parse error", async () => {
  const body = Buffer.concat([
    Buffer.from('{"jsonrpc":"2.0","id":"'),
    Buffer.from([0xff]),
    Buffer.from('","method":"ping"}'),
  ]);
  const response = await fetch(server.url, { method: "POST", body, headers: MCP_HEADERS });
  expect(await refusal(response)).toStrictEqual({ status: 400, code: -32700 });
});

test.each([
  ["a number", 5],
  ["null", null],
  ["an empty object", {}],
  ["an id of null", { ...PING, id: null }],
  ["a fractional id", { ...PING, id: 1.5 }],
  ["an object as id", { ...PING, id: {} }],
  ["params that are no object", { ...PING, params: 5 }],
  ["JSON-RPC 1.0", { ...PING, jsonrpc: "1.0" }],
  ["an unknown member", { ...PING, extra: 1 }],
  ["a malformed initialize", { ...PING, method: "initialize", params: { protocolVersion: 5 } }],
  ["an empty batch", []],
  ["a batch with a bad message", [PING, 5]],
  ["a batch over the limit", [PING, PING, PING, PING]],
  ["initialize in a batch", [PING, { ...PING, method: "initialize", params: INITIALIZE }]],
])("fails for %s with an invalid request", async (_name, body) => {
  expect(await refusal(await post(server.url, body))).toStrictEqual({ status: 400, code: -32600 });
});

test.each([
  ["an unknown method", { ...PING, method: "resources/list" }, -32601],
  ["an unknown tool", { ...PING, method: "tools/call", params: { name: "__proto__" } }, -32602],
  ["a call without a name", { ...PING, method: "tools/call", params: {} }, -32602],
  [
    "arguments that are no object",
    { ...PING, method: "tools/call", params: { name: "add_numbers", arguments: [] } },
    -32602,
  ],
  ["a cursor", { ...PING, method: "tools/list", params: { cursor: "x" } }, -32602],
])("fails for %s with a JSON-RPC error", async (_name, body, code) => {
  const response = await post(server.url, body);
  expect(response.status).toBe(200);
  expect(JSON.parse(await response.text())).toMatchObject({ jsonrpc: "2.0", id: 1, error: { code } });
});

test("fails for a body over the limit with 413, whether or not its length is declared", async () => {
  const text = JSON.stringify({ ...PING, params: { padding: "x".repeat(5000) } });
  expect(await refusal(await post(server.url, text))).toStrictEqual({ status: 413, code: -32000 });
  const chunks = new Blob([text]).stream();
  const response = await post(server.url, "", { body: chunks, duplex: "half" });
  expect(await refusal(response)).toStrictEqual({ status: 413, code: -32000 });
});

test("fails for a sender that never finishes with 408", async () => {
  const impatient = await startTestServer(undefined, { requestTimeout: 100, headersTimeout: 100 });
  const socket = connect(impatient.port, "127.0.0.1");
  socket.write(
    `POST /mcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: ${MCP_HEADERS.Accept}\r\nContent-Length: 9\r\n\r\n{`,
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
  socket.destroy();
});

test("escapes what it repeats", async () => {
  const id = '"</script>\u2028\u0000';
  const response = await post(server.url, { ...PING, id });
  expect(JSON.parse(await response.text())).toStrictEqual({ jsonrpc: "2.0", id, result: {} });
});

test("logs one line for each request, with its ids and traces and without arguments or tokens", async () => {
  const headers = {
    Authorization: "Bearer secret-token",
    WorkloadAccessToken: "secret-token",
    "Mcp-Session-Id": "mcp-session",
    "X-Amzn-Bedrock-AgentCore-Runtime-Session-Id": "runtime-session",
    "X-Amzn-Bedrock-AgentCore-Runtime-Request-Id": "runtime-request",
    traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793",
  };
  const call = { ...PING, method: "tools/call", params: { name: "greet_user", arguments: { name: "secret-name" } } };
  await (await post(server.url, call, { headers })).text();
  const lines = server.logged().filter((line) => line["requestId"] === "runtime-request");
  expect(lines).toStrictEqual([
    {
      time: expect.stringMatching(/^\d{4}-/) as string,
      level: "info",
      message: "Request answered",
      requestId: "runtime-request",
      sessionId: "runtime-session",
      mcpSessionId: "mcp-session",
      traceparent: headers.traceparent,
      xrayTraceId: headers["X-Amzn-Trace-Id"],
      method: "tools/call",
      tool: "greet_user",
      outcome: "ok",
      milliseconds: expect.any(Number) as number,
    },
  ]);
  await callTool(server.url, "secret-tool", {});
  expect(JSON.stringify(server.logged())).not.toContain("secret");
});
