// Calls a tool over so many connections for so long, in a process of its own:
// node client.mjs '{"url","transport":"post"|"sse","tool","token","connections","milliseconds"}'
// "post" is Node's HTTP client; "sse" the SDK's client, for a peer that offers nothing lighter.
import { Agent, request } from "node:http";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";

const { url, transport, tool, token, connections, milliseconds } = JSON.parse(process.argv[2]);
const WARM_UP_CALLS = 300;

/** Posts JSON-RPC messages over one connection, with the session that the server opened, if it did. */
async function post() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const send = (message) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      const outgoing = request(
        url,
        { method: "POST", agent, headers: { ...headers, "content-length": body.length } },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
          answer.on("end", () => resolve({ text, session: answer.headers["mcp-session-id"] }));
        },
      );
      outgoing.on("error", reject).end(body);
    });
  const clientInfo = { name: "bench", version: "1.0.0" };
  const { session } = await send({
    id: 0,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo },
  });
  if (session) {
    headers["mcp-session-id"] = session;
    await send({ method: "notifications/initialized" });
  }
  return async (a, b) =>
    (await send({ id: a, method: "tools/call", params: { name: tool, arguments: { a, b } } })).text;
}

async function sse() {
  const client = new Client({ name: "bench", version: "1.0.0" });
  await client.connect(new SSEClientTransport(new URL(url)));
  return async (a, b) => JSON.stringify(await client.callTool({ name: tool, arguments: { a, b } }));
}

const callers = await Promise.all(Array.from({ length: connections }, transport === "sse" ? sse : post));
let number = 0;
async function call(caller) {
  const a = ++number;
  const text = await caller(a, 3);
  if (!text.includes(`"text":"${a + 3}"`)) throw new Error(`Wrong answer to ${a} + 3: ${text}`);
}
for (let i = 0; i < WARM_UP_CALLS; i++) await call(callers[i % connections]);

const latencies = [];
const begunAt = performance.now();
await Promise.all(
  callers.map(async (caller) => {
    while (performance.now() - begunAt < milliseconds) {
      const before = performance.now();
      await call(caller);
      latencies.push(performance.now() - before);
    }
  }),
);
const seconds = (performance.now() - begunAt) / 1000;
latencies.sort((one, other) => one - other);
console.log(JSON.stringify({ callsPerSecond: latencies.length / seconds, p50: latencies[latencies.length >> 1] }));
process.exit(0);
