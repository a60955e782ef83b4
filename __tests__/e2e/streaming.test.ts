import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js";

import type { Emulator } from "../../emulator";
import { streamingStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../support/callers";

const SERVER = join(__dirname, "../support/servers/conformance-server.mjs");
const tool = (name: string) => `m2m-auth-demo-mcp-target___test_tool_with_${name}`;

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  const serverCommand = { program: process.execPath, arguments: [SERVER] };
  emulator = await emulate(await streamingStack(), { serverCommand });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

test("a client hears of progress and logs before the result", async () => {
  const client = new Client({ name: "test", version: "1.0.0" });
  const requestInit = { headers: bearer(token) };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  const logs: unknown[] = [];
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logs.push(params.data));
  const steps: number[] = [];
  const options = { onprogress: ({ progress }: { progress: number }) => void steps.push(progress) };
  expect(await client.callTool({ name: tool("progress") }, undefined, options)).toMatchObject({
    content: [{ text: "done" }],
  });
  expect(steps).toStrictEqual([0, 50, 100]);
  await client.callTool({ name: tool("logging") });
  expect(logs).toStrictEqual(["Tool execution started", "Tool processing data", "Tool execution completed"]);
  await client.close();
});

/** The messages of an answer, by the order of its events. */
async function events(method: string, params: object, headers: Record<string, string> = {}): Promise<unknown[]> {
  const { headers: answered, body } = await postMcp(
    url,
    { jsonrpc: "2.0", id: 1, method, params },
    { ...bearer(token), accept: "application/json, text/event-stream", ...headers },
  );
  expect(answered.get("content-type")).toBe("text/event-stream");
  return String(body)
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => JSON.parse(event.replace("event: message\ndata: ", "")) as unknown);
}

/** A call of a tool in 2026-07-28. */
function stateless(name: string, meta: object): Promise<unknown[]> {
  const prefix = "io.modelcontextprotocol/";
  const stated = { [`${prefix}protocolVersion`]: "2026-07-28", [`${prefix}clientCapabilities`]: {} };
  const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name };
  return events("tools/call", { name, _meta: { ...stated, ...meta } }, headers);
}

test("in 2026-07-28 a caller hears what it asked for: progress by its token, logs by their level", async () => {
  const result = { id: 1, result: { resultType: "complete" } };
  const progress = [0, 50, 100].map((step) => ({ params: { progressToken: "mine", progress: step } }));
  expect(await stateless(tool("progress"), { progressToken: "mine" })).toMatchObject([...progress, result]);
  expect(await stateless(tool("logging"), {})).toMatchObject([result]);
  expect(await stateless(tool("logging"), { "io.modelcontextprotocol/logLevel": "info" })).toHaveLength(4);
});

test("what else is answered is one event, and what is refused before is none", async () => {
  expect(await events("tools/list", {})).toMatchObject([{ id: 1, result: { tools: expect.any(Array) as unknown } }]);
  const unknown = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "nothing" } };
  expect(await postMcp(url, unknown, bearer(token))).toMatchObject({ status: 200, body: { error: { code: -32602 } } });
  const headers = { ...bearer(token), "mcp-protocol-version": "2024-11-05", accept: "text/event-stream" };
  expect(await postMcp(url, toolsList, headers)).toMatchObject({ status: 400, body: { error: { code: -32042 } } });
});

test("a caller who takes no event streams gets JSON", async () => {
  const headers = { ...bearer(token), accept: "application/json" };
  expect(await postMcp(url, toolsList, headers)).toMatchObject({ status: 200, body: { id: 1 } });
});
