import { Client as SessionClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";
import { defineTool, type Tool } from "../../server/tool";
import { CLIENT_2, installSdk2 } from "../support/mcp-sdk-2";
import { testUnless } from "../support/skip";
import { run } from "./support/run";
import { MCP_HEADERS, post, startTestServer, type TestServer } from "./support/test-server";

const client2Test = testUnless(installSdk2());

const TOOLS: Tool[] = [
  defineTool({
    name: "add",
    description: "Adds",
    input: z.object({ a: z.int(), b: z.int() }),
    output: z.int(),
    handler: ({ a, b }) => a + b,
  }),
  defineTool({
    name: "count",
    description: "Reports progress",
    input: z.object({ to: z.int() }),
    output: z.int(),
    async handler({ to }, { reportProgress }) {
      for (let step = 1; step <= to; step++) await reportProgress({ progress: step, total: to });
      return to;
    },
  }),
  defineTool({
    name: "book",
    description: "Asks two questions, the second after the first",
    input: z.object({ city: z.string() }),
    output: z.string(),
    async handler({ city }, { elicit }) {
      const answer = z.object({ yes: z.boolean() });
      const sure = await elicit({ name: "sure", message: `Book ${city}?`, answer });
      if (sure.action !== "accept" || !sure.content.yes) return "not booked";
      const seat = await elicit({ name: "seat", message: "Which seat?", answer: z.object({ seat: z.string() }) });
      return seat.action === "accept" ? `booked ${city} ${seat.content.seat}` : seat.action;
    },
  }),
];

let stateless: TestServer;
let stateful: TestServer;
beforeAll(async () => {
  stateless = await startTestServer(TOOLS);
  stateful = await startTestServer(TOOLS, { sessions: 2 }, { sessions: true });
});

/** What the client of SDK 2 sees, in a process of its own because it is written as ES modules. */
async function client2(url: string, mode: object): Promise<unknown> {
  const script = `
    import { Client, StreamableHTTPClientTransport } from ${JSON.stringify(CLIENT_2)};
    const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: { form: {} } }, versionNegotiation: ${JSON.stringify(mode)} });
    client.setRequestHandler("elicitation/create", async ({ params }) => ({
      action: "accept",
      content: params.message.startsWith("Book") ? { yes: true } : { seat: "12A" },
    }));
    await client.connect(new StreamableHTTPClientTransport(new URL(${JSON.stringify(url)})));
    const { tools } = await client.listTools();
    const sum = await client.callTool({ name: "add", arguments: { a: 5, b: 3 } });
    const steps = [];
    await client.callTool({ name: "count", arguments: { to: 3 } }, { onprogress: ({ progress }) => steps.push(progress) });
    const booked = await client.callTool({ name: "book", arguments: { city: "Rome" } });
    console.log(JSON.stringify([client.getNegotiatedProtocolVersion(), tools.length, sum.structuredContent, steps, booked.content[0].text]));
    await client.close();
  `;
  const { code, stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  expect(`${stderr}${code}`).toBe("0");
  return JSON.parse(stdout);
}

client2Test(
  "@modelcontextprotocol/client pinned to 2026-07-28 lists, calls, sees progress and answers questions",
  async () => {
    expect(await client2(stateless.url, { mode: { pin: "2026-07-28" } })).toStrictEqual([
      "2026-07-28",
      3,
      { result: 8 },
      [1, 2, 3],
      "booked Rome 12A",
    ]);
  },
);

client2Test(
  "@modelcontextprotocol/client in auto mode finds 2026-07-28 by itself, at a server with sessions too",
  async () => {
    expect(await client2(stateful.url, { mode: "auto" })).toStrictEqual([
      "2026-07-28",
      3,
      { result: 8 },
      [1, 2, 3],
      "booked Rome 12A",
    ]);
  },
);

client2Test("@modelcontextprotocol/client in legacy mode speaks 2025-11-25, and is asked in its session", async () => {
  expect(await client2(stateful.url, { mode: "legacy" })).toStrictEqual([
    "2025-11-25",
    3,
    { result: 8 },
    [1, 2, 3],
    "booked Rome 12A",
  ]);
});

async function connectSession(
  url: string,
  capabilities = { elicitation: {} },
): Promise<[SessionClient, StreamableHTTPClientTransport]> {
  const client = new SessionClient({ name: "test", version: "1.0.0" }, { capabilities });
  if ("elicitation" in capabilities) {
    client.setRequestHandler(ElicitRequestSchema, async ({ params }) => ({
      action: "accept",
      content: params.message.startsWith("Book") ? { yes: true } : { seat: "1F" },
    }));
  }
  const transport = new StreamableHTTPClientTransport(new URL(url));
  await client.connect(transport);
  return [client, transport];
}

const textOf = (result: unknown): string => (result as { content: { text: string }[] }).content[0]?.text ?? "";

test("@modelcontextprotocol/sdk gets no session from a server without them, and cannot be asked", async () => {
  const [client, transport] = await connectSession(stateless.url);
  expect(transport.sessionId).toBeUndefined();
  expect(client.getServerVersion()).toMatchObject({ name: "agentcore-mcp-server" });
  expect((await client.callTool({ name: "add", arguments: { a: 5, b: 3 } })).structuredContent).toStrictEqual({
    result: 8,
  });
  expect(textOf(await client.callTool({ name: "book", arguments: { city: "Rome" } }))).toContain("needs a session");
  await client.close();
});

test("@modelcontextprotocol/sdk is asked in its session, cancels in it and ends it", async () => {
  const [client, transport] = await connectSession(stateful.url);
  expect(transport.sessionId).toMatch(/^[0-9a-f-]{36}$/);
  const steps: number[] = [];
  await client.callTool({ name: "count", arguments: { to: 2 } }, undefined, {
    onprogress: ({ progress }) => steps.push(progress),
  });
  expect(steps).toStrictEqual([1, 2]);
  expect(textOf(await client.callTool({ name: "book", arguments: { city: "Oslo" } }))).toBe("booked Oslo 1F");
  const id = transport.sessionId ?? "";
  await transport.terminateSession();
  await client.close();
  const gone = await post(
    stateful.url,
    { jsonrpc: "2.0", id: 1, method: "ping" },
    { headers: { "Mcp-Session-Id": id } },
  );
  expect(gone.status).toBe(404);
  expect(
    (await fetch(stateful.url, { method: "DELETE", headers: { ...MCP_HEADERS, "Mcp-Session-Id": id } })).status,
  ).toBe(404);
});

test("a client that did not declare elicitation is told that the tool needs it", async () => {
  const [client] = await connectSession(stateful.url, {} as never);
  expect(textOf(await client.callTool({ name: "book", arguments: { city: "Rome" } }))).toContain("did not declare");
  await client.close();
});

test("the session unused for longest makes room for a new one", async () => {
  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "c", version: "1" } },
  };
  const ids: string[] = [];
  for (let session = 0; session < 3; session++) {
    ids.push((await post(stateful.url, initialize)).headers.get("mcp-session-id") ?? "");
  }
  const statuses = ids.map(async (id) => {
    const headers = { "Mcp-Session-Id": id };
    return (await post(stateful.url, { jsonrpc: "2.0", id: 1, method: "tools/list" }, { headers })).status;
  });
  expect(await Promise.all(statuses)).toStrictEqual([404, 200, 200]);
});
