import { connect } from "node:net";
import { MCP_HEADERS, startTestServer, type TestServer } from "../support/test-server";

/** What every request is sent with, unless its row says otherwise. */
const HEADERS: Readonly<Record<string, string>> = { Host: "127.0.0.1", ...MCP_HEADERS };
const VERSION = "2026-07-28";
const META = {
  "io.modelcontextprotocol/protocolVersion": VERSION,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const MODERN = { "MCP-Protocol-Version": VERSION };

interface Hostile {
  readonly line?: string;
  /** Added to the usual ones; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Bytes in the place of a whole request. */
  readonly raw?: string;
}

type Right = [status: number, code?: number, id?: unknown];

const PING = { jsonrpc: "2.0", id: 1, method: "ping" };
const call = (params: unknown): object => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
const add = (args: unknown): object => call({ name: "add_numbers", arguments: args });
const modern = (method: string, params: object = {}, meta: object = META): object => ({
  jsonrpc: "2.0",
  id: 7,
  method,
  params: { ...params, _meta: meta },
});
const headersFor = (method: string, name?: string): Record<string, string> => ({
  ...MODERN,
  "Mcp-Method": method,
  ...(name !== undefined && { "Mcp-Name": name }),
});
const initialize = (params: unknown): object => ({ jsonrpc: "2.0", id: 1, method: "initialize", params });

/** One line of HTTP after another, each with its one right answer. */
const HTTP: Record<string, [Hostile, Right]> = {
  "no HTTP at all": [{ raw: "hello\r\n\r\n" }, [400]],
  "a TLS greeting": [{ raw: "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n" }, [400]],
  "an HTTP/2 preface": [{ raw: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" }, [400]],
  "no Host": [{ headers: { Host: undefined } }, [400]],
  "a version that is none": [{ line: "POST /mcp HTTP/9.9" }, [400]],
  "a method that is none": [{ line: "BREW /mcp HTTP/1.1" }, [400]],
  "a header without a colon": [{ raw: "POST /mcp HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n" }, [400]],
  "a header with a NUL": [{ headers: { "X-Odd": "a\0b" } }, [400]],
  "a negative length": [{ headers: { "Content-Length": "-1" } }, [400]],
  "a length in words": [{ headers: { "Content-Length": "ten" } }, [400]],
  "two lengths": [{ raw: "POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab" }, [400]],
  "length and chunks, to smuggle": [
    { headers: { "Transfer-Encoding": "chunked" }, body: "0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n" },
    [400],
  ],
  "a chunk size that is none": [
    {
      raw: `POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAccept: ${MCP_HEADERS.Accept}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    },
    [400],
  ],
  "an unknown transfer encoding": [{ raw: "POST /mcp HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n" }, [400]],
  "headers beyond the limit": [{ headers: { "X-Long": "a".repeat(70_000) } }, [431]],
  "the root": [{ line: "POST / HTTP/1.1" }, [404, -32000]],
  "a path above": [{ line: "POST /../mcp HTTP/1.1" }, [404, -32000]],
  "an encoded path above": [{ line: "POST /%2e%2e/mcp HTTP/1.1" }, [404, -32000]],
  "a double slash": [{ line: "POST //mcp HTTP/1.1" }, [404, -32000]],
  "an absolute path elsewhere": [{ line: "POST http://169.254.169.254/latest/meta-data HTTP/1.1" }, [404, -32000]],
  "a file": [{ line: "POST /etc/passwd HTTP/1.1" }, [404, -32000]],
  "a trailing slash": [{ line: "POST /mcp/ HTTP/1.1" }, [404, -32000]],
  "upper case": [{ line: "POST /MCP HTTP/1.1" }, [404, -32000]],
  "a NUL in the path": [{ line: "POST /mcp%00 HTTP/1.1" }, [404, -32000]],
  "an asterisk": [{ line: "OPTIONS * HTTP/1.1" }, [404, -32000]],
  ...Object.fromEntries(
    ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"].map((method) => [
      `${method} /mcp`,
      [{ line: `${method} /mcp HTTP/1.1` }, method === "HEAD" ? [405] : [405, -32000]] as [Hostile, Right],
    ]),
  ),
  "POST /ping": [{ line: "POST /ping HTTP/1.1" }, [405, -32000]],
  "DELETE /ping": [{ line: "DELETE /ping HTTP/1.1" }, [405, -32000]],
  "an upgrade": [{ headers: { Connection: "Upgrade", Upgrade: "websocket" }, body: PING }, [200]],
  "no Accept": [{ headers: { Accept: undefined }, body: PING }, [406, -32000]],
  "any Accept": [{ headers: { Accept: "*/*" }, body: PING }, [406, -32000]],
  "half an Accept": [{ headers: { Accept: "application/json" }, body: PING }, [406, -32000]],
  "an Accept of commas": [{ headers: { Accept: ",,,;q=2" }, body: PING }, [406, -32000]],
  "a near miss of an Accept": [
    { headers: { Accept: "application/jsonp, text/event-streams" }, body: PING },
    [406, -32000],
  ],
  "no Content-Type": [{ headers: { "Content-Type": undefined }, body: PING }, [415, -32000]],
  "a form": [{ headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: PING }, [415, -32000]],
  "a text": [{ headers: { "Content-Type": "text/plain;application/json" }, body: PING }, [415, -32000]],
  "two Content-Types in one": [
    { headers: { "Content-Type": "text/plain, application/json" }, body: PING },
    [415, -32000],
  ],
  gzip: [{ headers: { "Content-Encoding": "gzip" }, body: PING }, [415, -32000]],
  "two encodings": [{ headers: { "Content-Encoding": "identity, gzip" }, body: PING }, [415, -32000]],
  "another origin": [{ headers: { Origin: "http://evil.example" }, body: PING }, [403, -32000]],
  "a null origin": [{ headers: { Origin: "null" }, body: PING }, [403, -32000]],
  "an origin that begins like this host": [
    { headers: { Origin: "http://localhost.evil.example" }, body: PING },
    [403, -32000],
  ],
  "an origin with a user": [{ headers: { Origin: "http://localhost@evil.example" }, body: PING }, [403, -32000]],
  "an origin with a path": [{ headers: { Origin: "http://localhost/x" }, body: PING }, [403, -32000]],
  "an origin of another scheme": [{ headers: { Origin: "file://" }, body: PING }, [403, -32000]],
  "a body declared beyond the limit": [{ headers: { "Content-Length": "99999999999" } }, [413, -32000]],
  "a body beyond the limit": [{ body: "1".repeat(3000) }, [413, -32000]],
  "chunks beyond the limit": [
    {
      raw: `POST /mcp HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAccept: ${MCP_HEADERS.Accept}\r\nTransfer-Encoding: chunked\r\n\r\nbb8\r\n${"1".repeat(3000)}\r\n0\r\n\r\n`,
    },
    [413, -32000],
  ],
  "an unknown protocol version": [{ headers: { "MCP-Protocol-Version": "1999-01-01" }, body: PING }, [400, -32000]],
  "a prototype as protocol version": [{ headers: { "MCP-Protocol-Version": "__proto__" }, body: PING }, [400, -32000]],
  "half a request": [{ raw: "POST /mcp HTTP/1.1\r\nHost: a\r\n" }, [408]],
  "half a body": [{ headers: { "Content-Length": "50" }, body: "{" }, [408]],
};

const JSON_RPC: Record<string, [unknown, Right]> = {
  nothing: ["", [400, -32700]],
  "a brace": ["{", [400, -32700]],
  "two values": ["{}{}", [400, -32700]],
  "single quotes": ["{'jsonrpc':'2.0'}", [400, -32700]],
  "a trailing comma": ['{"jsonrpc":"2.0",}', [400, -32700]],
  "a comment": ['{"jsonrpc":"2.0"/**/}', [400, -32700]],
  NaN: ["NaN", [400, -32700]],
  "a byte order mark": ["\u00ef\u00bb\u00bf{}", [400, -32700]],
  "bytes that are no UTF-8": ['{"a":"\u00ff"}', [400, -32700]],
  "an overlong encoding": ['{"a":"\u00c0\u00af"}', [400, -32700]],
  "open brackets": ["[".repeat(1500), [400, -32700]],
  "a number": ["5", [400, -32600]],
  "a text": ['"ping"', [400, -32600]],
  null: ["null", [400, -32600]],
  true: ["true", [400, -32600]],
  "an empty object": [{}, [400, -32600]],
  "an empty batch": [[], [400, -32600]],
  "a batch in a batch": [[[PING]], [400, -32600]],
  "a batch beyond the limit": [
    [PING, PING, PING, PING],
    [400, -32600],
  ],
  "a batch with null": [
    [PING, null],
    [400, -32600],
  ],
  "deep nesting": [`${"[".repeat(900)}${"]".repeat(900)}`, [400, -32600]],
  "JSON-RPC 1.0": [{ ...PING, jsonrpc: "1.0" }, [400, -32600]],
  "no version": [{ id: 1, method: "ping" }, [400, -32600]],
  "an id of null": [{ ...PING, id: null }, [400, -32600]],
  "an id of true": [{ ...PING, id: true }, [400, -32600]],
  "an object as id": [{ ...PING, id: {} }, [400, -32600]],
  "a fraction as id": [{ ...PING, id: 1.5 }, [400, -32600]],
  "no method": [{ jsonrpc: "2.0", id: 1 }, [400, -32600]],
  "a number as method": [{ ...PING, method: 5 }, [400, -32600]],
  "a text as params": [{ ...PING, params: "x" }, [400, -32600]],
  "an array as params": [{ ...PING, params: [1] }, [400, -32600]],
  "_meta that is a text": [{ ...PING, params: { _meta: "x" } }, [400, -32600]],
  "a member too many": [{ ...PING, extra: 1 }, [400, -32600]],
  "result and error": [{ jsonrpc: "2.0", id: 1, result: {}, error: {} }, [400, -32600]],
  "a prototype as message": ['{"__proto__":{"jsonrpc":"2.0","id":1,"method":"ping"}}', [400, -32600]],
  "initialize without params": [initialize(undefined), [400, -32600]],
  "initialize with a number as version": [
    initialize({ protocolVersion: 5, capabilities: {}, clientInfo: {} }),
    [400, -32600],
  ],
  "initialize twice": [
    [initialize({}), initialize({})],
    [400, -32600],
  ],
  "an unknown method": [{ ...PING, method: "resources/list" }, [200, -32601, 1]],
  "a method of the prototype": [{ ...PING, method: "__proto__" }, [200, -32601, 1]],
  "a constructor as method": [{ ...PING, method: "constructor" }, [200, -32601, 1]],
  "an empty method": [{ ...PING, method: "" }, [200, -32601, 1]],
  "a call without params": [{ ...PING, method: "tools/call" }, [200, -32602, 1]],
  "a call without a name": [call({}), [200, -32602, 1]],
  "a number as name": [call({ name: 5 }), [200, -32602, 1]],
  "an unknown tool": [call({ name: "rm" }), [200, -32602, 1]],
  "a tool of the prototype": [call({ name: "__proto__" }), [200, -32602, 1]],
  "a constructor as tool": [call({ name: "constructor" }), [200, -32602, 1]],
  "a path as tool": [call({ name: "../tools/add-numbers" }), [200, -32602, 1]],
  "a giant name": [call({ name: "x".repeat(1500) }), [200, -32602, 1]],
  "an array as arguments": [add([]), [200, -32602, 1]],
  "a text as arguments": [add("x"), [200, -32602, 1]],
  "a cursor": [{ ...PING, method: "tools/list", params: { cursor: "x" } }, [200, -32602, 1]],
  "a number as cursor": [{ ...PING, method: "tools/list", params: { cursor: 5 } }, [200, -32602, 1]],
  "an id of the prototype": [{ ...PING, id: "__proto__" }, [200, undefined, "__proto__"]],
  "an id of markup": [{ ...PING, id: "</script>\u2028" }, [200, undefined, "</script>\u2028"]],
  "the largest id": [{ ...PING, id: Number.MAX_SAFE_INTEGER }, [200, undefined, Number.MAX_SAFE_INTEGER]],
  "a negative id": [{ ...PING, id: -1 }, [200, undefined, -1]],
  "an empty id": [{ ...PING, id: "" }, [200, undefined, ""]],
  "a forged cancellation": [{ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } }, [202]],
  "a forged response": [{ jsonrpc: "2.0", id: 1, result: {} }, [202]],
};

/** Arguments that are tool errors, whatever else they are. */
const ARGUMENTS: unknown[] = [
  {},
  { a: 1 },
  { a: "1", b: 2 },
  { a: null, b: 2 },
  { a: [1], b: 2 },
  { a: {}, b: 2 },
  { a: true, b: 2 },
  { a: 1.5, b: 2 },
  { a: 1e308, b: 2 },
  { a: Number.MAX_SAFE_INTEGER, b: 1 },
  { constructor: 1, b: 2 },
];

const STATELESS: Record<string, [Hostile, Right]> = {
  "a header without the envelope": [{ headers: MODERN, body: { ...PING, id: 7 } }, [400, -32602, 7]],
  "no envelope": [
    { headers: headersFor("tools/list"), body: { jsonrpc: "2.0", id: 7, method: "tools/list", params: {} } },
    [400, -32602, 7],
  ],
  "no capabilities": [
    {
      headers: headersFor("tools/list"),
      body: modern("tools/list", {}, { "io.modelcontextprotocol/protocolVersion": VERSION }),
    },
    [400, -32602, 7],
  ],
  "capabilities that are a text": [
    {
      headers: headersFor("tools/list"),
      body: modern("tools/list", {}, { ...META, "io.modelcontextprotocol/clientCapabilities": "all" }),
    },
    [400, -32602, 7],
  ],
  "a version that is a number": [
    {
      headers: headersFor("tools/list"),
      body: modern("tools/list", {}, { ...META, "io.modelcontextprotocol/protocolVersion": 5 }),
    },
    [400, -32602, 7],
  ],
  "client info that is a text": [
    {
      headers: headersFor("tools/list"),
      body: modern("tools/list", {}, { ...META, "io.modelcontextprotocol/clientInfo": "me" }),
    },
    [400, -32602, 7],
  ],
  "no headers": [{ body: modern("tools/list") }, [400, -32020, 7]],
  "another version in the header": [
    { headers: { ...headersFor("tools/list"), "MCP-Protocol-Version": "2025-11-25" }, body: modern("tools/list") },
    [400, -32020, 7],
  ],
  "another method in the header": [{ headers: headersFor("tools/call"), body: modern("tools/list") }, [400, -32020, 7]],
  "a method in upper case": [{ headers: headersFor("TOOLS/LIST"), body: modern("tools/list") }, [400, -32020, 7]],
  "no name in the header": [
    { headers: headersFor("tools/call"), body: modern("tools/call", { name: "add_numbers" }) },
    [400, -32020, 7],
  ],
  "another name in the header": [
    { headers: headersFor("tools/call", "greet_user"), body: modern("tools/call", { name: "add_numbers" }) },
    [400, -32020, 7],
  ],
  "a name in broken base64": [
    { headers: headersFor("tools/call", "=?base64?a!?="), body: modern("tools/call", { name: "add_numbers" }) },
    [400, -32020, 7],
  ],
  "a version of the future": [
    {
      headers: { ...headersFor("tools/list"), "MCP-Protocol-Version": "2099-01-01" },
      body: modern("tools/list", {}, { ...META, "io.modelcontextprotocol/protocolVersion": "2099-01-01" }),
    },
    [400, -32022, 7],
  ],
  "an old version in the envelope": [
    {
      headers: { ...headersFor("tools/list"), "MCP-Protocol-Version": "2025-11-25" },
      body: modern("tools/list", {}, { ...META, "io.modelcontextprotocol/protocolVersion": "2025-11-25" }),
    },
    [400, -32022, 7],
  ],
  "a batch": [{ headers: headersFor("tools/list"), body: [modern("tools/list")] }, [400, -32600, null]],
  "a response": [{ headers: MODERN, body: { jsonrpc: "2.0", id: 1, result: {} } }, [400, -32600, null]],
  initialize: [{ headers: headersFor("initialize"), body: modern("initialize") }, [404, -32601, 7]],
  ping: [{ headers: headersFor("ping"), body: modern("ping") }, [404, -32601, 7]],
  "a subscription": [
    { headers: headersFor("subscriptions/listen"), body: modern("subscriptions/listen") },
    [404, -32601, 7],
  ],
  "an unknown tool": [
    { headers: headersFor("tools/call", "rm"), body: modern("tools/call", { name: "rm" }) },
    [200, -32602, 7],
  ],
  "responses that are null": [
    {
      headers: headersFor("tools/call", "add_numbers"),
      body: modern("tools/call", { name: "add_numbers", inputResponses: null }),
    },
    [200, -32602, 7],
  ],
  "responses that are numbers": [
    {
      headers: headersFor("tools/call", "add_numbers"),
      body: modern("tools/call", { name: "add_numbers", inputResponses: { a: 5 } }),
    },
    [200, -32602, 7],
  ],
  "a forged state": [
    {
      headers: headersFor("tools/call", "add_numbers"),
      body: modern("tools/call", { name: "add_numbers", requestState: "e30.AAAA" }),
    },
    [200, -32602, 7],
  ],
  "a state that is a number": [
    {
      headers: headersFor("tools/call", "add_numbers"),
      body: modern("tools/call", { name: "add_numbers", requestState: 5 }),
    },
    [200, -32602, 7],
  ],
  "a notification": [
    {
      headers: headersFor("notifications/x"),
      body: { jsonrpc: "2.0", method: "notifications/x", params: { _meta: META } },
    },
    [202],
  ],
};

let server: TestServer;
beforeAll(async () => {
  const limits = { bodyBytes: 2000, batchMessages: 3, requestTimeout: 1500, headersTimeout: 1500 };
  server = await startTestServer(undefined, limits);
});

function requestText({ line = "POST /mcp HTTP/1.1", headers = {}, body = "", raw }: Hostile): string {
  if (raw !== undefined) return raw;
  // A text is written byte by byte, so that it can be what no encoder makes.
  const text = typeof body === "string" ? body : Buffer.from(JSON.stringify(body)).toString("latin1");
  const all = { ...HEADERS, "Content-Length": String(text.length), ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${line}\r\n${lines.join("\r\n")}\r\n\r\n${text}`;
}

/** All responses that a connection gives to these bytes until it is quiet. */
function send(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, "127.0.0.1");
    let answer = "";
    let quiet: NodeJS.Timeout | undefined;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(answer));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      clearTimeout(quiet);
      quiet = setTimeout(() => socket.destroy(), 30);
    });
    socket.write(text, "latin1");
  });
}

async function expectRight(hostile: Hostile, [status, code, id]: Right): Promise<void> {
  const answer = await send(requestText(hostile));
  expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toStrictEqual([`HTTP/1.1 ${status}`]);
  const body = Buffer.from(answer.slice(answer.indexOf("\r\n\r\n") + 4), "latin1").toString("utf8");
  if (code !== undefined || id !== undefined) {
    expect(JSON.parse(body)).toMatchObject({
      jsonrpc: "2.0",
      id: id ?? null,
      ...(code !== undefined && { error: { code } }),
    });
  }
}

test("there are more than 120 hostile requests", () => {
  const tables = [HTTP, JSON_RPC, ARGUMENTS, STATELESS];
  expect(tables.reduce((sum, table) => sum + Object.keys(table).length, 0)).toBeGreaterThan(120);
});

test.concurrent.each(Object.entries(HTTP))("%s has one right answer", async (_name, [hostile, right]) => {
  await expectRight(hostile, right);
});

test.concurrent.each(Object.entries(JSON_RPC))("a body of %s has one right answer", async (_name, [body, right]) => {
  await expectRight({ body }, right);
});

test.concurrent.each(Object.entries(STATELESS))(
  "under 2026-07-28, %s has one right answer",
  async (_name, [hostile, right]) => {
    await expectRight(hostile, right);
  },
);

test.concurrent.each(ARGUMENTS.map((args) => [JSON.stringify(args), args]))(
  "arguments of %s are a tool error",
  async (_name, args) => {
    const answer = await send(requestText({ body: add(args) }));
    expect(answer).toMatch(/^HTTP\/1\.1 200/);
    expect(answer).toContain('"isError":true');
  },
);

test("after all of it the server answers, and nothing broke in it", async () => {
  expect(await send(requestText({ body: add({ a: 5, b: 3 }) }))).toContain('"structuredContent":{"result":8}');
  expect(server.logged().filter(({ level }) => level === "error")).toStrictEqual([]);
});
