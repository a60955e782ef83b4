// An MCP server that behaves as it is told, by a POST of JSON like {"tools/list":"hang"} to /behave. The keys are JSON-RPC
// methods, the values names of the behaviours below with their parameter. A call of a tool may ask for a behaviour itself,
// by the argument "behaviour". The program's parameter names what each request has to show:
// '{"header":"x-api-key","value":"k"}' or '{"parameter":"api_key","value":"k"}', or null; the next one what it behaves like at first.
import { createServer } from "node:http";

const NUMBERS = {
  type: "object",
  properties: { a: { type: "integer" }, b: { type: "integer" } },
  required: ["a", "b"],
};
const TOOLS = [
  { name: "multiply_numbers", description: "Multiply two numbers together", inputSchema: NUMBERS },
  { name: "add_numbers", description: "Add two numbers together", inputSchema: NUMBERS },
];

let behaviours = JSON.parse(process.argv[3] ?? "{}");
const demanded = JSON.parse(process.argv[2] ?? "null");
let requests = [];

const JSON_TYPE = { "content-type": "application/json" };
const EVENTS = { "content-type": "text/event-stream" };
const event = (message) => `event: message\ndata: ${JSON.stringify(message)}\n\n`;

const BEHAVIOURS = {
  ok: (response, answer) => response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer)),
  session: (response, answer) =>
    response.writeHead(200, { ...JSON_TYPE, "mcp-session-id": "the-session" }).end(JSON.stringify(answer)),
  slow: (response, answer, milliseconds) => setTimeout(() => BEHAVIOURS.ok(response, answer), Number(milliseconds)),
  hang: () => undefined,
  status: (response, _, status) => response.writeHead(Number(status), JSON_TYPE).end('{"message":"as told"}'),
  html: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Hello</h1>"),
  empty: (response) => response.writeHead(200, JSON_TYPE).end(),
  truncated: (response, answer) => response.writeHead(200, JSON_TYPE).end(JSON.stringify(answer).slice(0, -5)),
  "wrong-id": (response, answer) => BEHAVIOURS.ok(response, { ...answer, id: 999_999 }),
  "no-result": (response, { id }) => BEHAVIOURS.ok(response, { jsonrpc: "2.0", id }),
  deep: (response, { id }, levels) =>
    response
      .writeHead(200, JSON_TYPE)
      .end(`{"jsonrpc":"2.0","id":${id},"result":{"content":[],"a":${"[".repeat(levels)}${"]".repeat(levels)}}}`),
  result: (response, { id }, json) => BEHAVIOURS.ok(response, { jsonrpc: "2.0", id, result: JSON.parse(json) }),
  error: (response, { id }, message) =>
    BEHAVIOURS.ok(response, { jsonrpc: "2.0", id, error: { code: -32601, message } }),
  oversize(response, { id }, bytes) {
    const content = [{ type: "text", text: "x".repeat(Number(bytes)) }];
    BEHAVIOURS.ok(response, { jsonrpc: "2.0", id, result: { content } });
  },
  stream(response, answer) {
    response.writeHead(200, EVENTS);
    response.write(": a comment\n\n");
    response.write(
      event({ jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: "under way" } }),
    );
    response.end(event(answer));
  },
  "stream-without-end": (response, answer) => response.writeHead(200, EVENTS).write(event(answer)),
  "stream-without-answer": (response) => response.writeHead(200, EVENTS).end(": nothing\n\n"),
  "stream-that-hangs": (response) => response.writeHead(200, EVENTS).write(": nothing yet\n\n"),
  reset: (response) => response.socket.resetAndDestroy(),
  "reset-midway"(response, answer) {
    response.writeHead(200, { ...JSON_TYPE, "content-length": "100000" }).write(JSON.stringify(answer));
    setTimeout(() => response.socket.resetAndDestroy(), 20);
  },
  crash: () => process.exit(3),
  // The same cursor again and again.
  "endless-pages": (response, answer) =>
    BEHAVIOURS.ok(response, { ...answer, result: { tools: TOOLS, nextCursor: "again" } }),
  "empty-pages": (response, answer) =>
    BEHAVIOURS.ok(response, { ...answer, result: { tools: [], nextCursor: "again" } }),
  "page-of-one"(response, answer) {
    const page = Number(requests.at(-1).params?.cursor ?? 0);
    const nextCursor = page + 1 < TOOLS.length ? { nextCursor: String(page + 1) } : {};
    BEHAVIOURS.ok(response, { ...answer, result: { tools: [TOOLS[page]], ...nextCursor } });
  },
};

function resultOf({ method, params }) {
  switch (method) {
    case "initialize":
      return {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "scripted", version: "1" },
      };
    case "tools/list":
      return { tools: TOOLS };
    case "tools/call": {
      const { a, b } = params.arguments;
      const value = params.name === "add_numbers" ? a + b : a * b;
      return { content: [{ type: "text", text: String(value) }], structuredContent: { result: value } };
    }
    default:
      return {};
  }
}

async function read(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return JSON.parse(text || "{}");
}

function shownBy({ url, headers }) {
  return demanded.header
    ? headers[demanded.header]
    : new URL(url, "http://localhost").searchParams.get(demanded.parameter);
}

async function handle(request, response) {
  const body = await read(request);
  if (request.url === "/behave") {
    behaviours = body;
    requests = [];
    return response.end();
  }
  if (request.url === "/requests") return response.end(JSON.stringify(requests));
  requests.push({ ...body, headers: request.headers, url: request.url });
  if (requests.length > 100) requests.shift();
  if (demanded && shownBy(request) !== demanded.value)
    return response.writeHead(401, JSON_TYPE).end('{"message":"Who are you?"}');
  if (body.params?.name) response.setHeader("x-answered", body.params.name).setHeader("x-hidden", "yes");
  const [name, ...parameter] = (body.params?.arguments?.behaviour ?? behaviours[body.method] ?? "ok").split(":");
  if (body.id === undefined && name === "ok") return response.writeHead(202).end();
  BEHAVIOURS[name](response, { jsonrpc: "2.0", id: body.id, result: resultOf(body) }, parameter.join(":"));
}

const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
process.once("SIGTERM", () => process.exit(0));
