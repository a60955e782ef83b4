import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CreateMessageRequestSchema, ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import * as z from "zod";

import { type Emulator, ManualClock } from "../../emulator";
import { defineTool } from "../../server/tool";
import { sessionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, type HttpAnswer, postMcp, signIn } from "../support/callers";
import { expectCause } from "../support/cause";
import { openCall } from "../support/event-streams";
import { eventually } from "../support/eventually";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";
import { addSecondServer, SECOND_TARGET } from "../support/second-server";
import { toolServer } from "../support/tool-server";

const TARGET = "m2m-auth-demo-mcp-target";
const SESSION = "mcp-session-id";

const cancelled: string[] = [];
const WAITING = defineTool({
  name: "wait",
  description: "Waits until nobody wants to know",
  input: z.object({ name: z.string() }),
  handler: ({ name }, { reportProgress, signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        cancelled.push(name);
        reject(new Error("cancelled"));
      });
      void reportProgress({ progress: 1 });
    }),
});
let release: () => void = () => undefined;
const held: string[] = [];
const HOLDING = defineTool({
  name: "hold",
  description: "Waits until it is let go",
  input: z.object({}),
  output: z.string(),
  async handler(_, { signal }) {
    held.push("begun");
    await new Promise<void>((resolve) => (release = resolve));
    held.push(signal.aborted ? "cancelled" : "finished");
    return "held";
  },
});
const BOOKING = defineTool({
  name: "book",
  description: "Asks a person, and then a model",
  input: z.object({ city: z.string() }),
  output: z.string(),
  async handler({ city }, { elicit, ask }) {
    const sure = await elicit({ name: "sure", message: `Book ${city}?`, answer: z.object({ yes: z.boolean() }) });
    if (sure.action !== "accept") return sure.action;
    const request = { messages: [], maxTokens: 10 };
    const { model } = await ask({ name: "model", method: "sampling/createMessage", params: request });
    return `booked ${city} by ${String(model)}`;
  },
});

/** A server that never answers for a prompt or a resource. */
const {
  program,
  arguments: [script = ""],
} = scriptedServer();
const result = (value: object): string => `result:${JSON.stringify(value)}`;
const SILENT = {
  initialize: result({
    protocolVersion: "2025-11-25",
    capabilities: { tools: {}, prompts: {}, resources: {} },
    serverInfo: { name: "silent", version: "1" },
  }),
  "prompts/list": result({ prompts: [{ name: "ask" }] }),
  "resources/list": result({ resources: [{ uri: "x://a", name: "a" }] }),
  "prompts/get": "hang",
  "resources/read": "hang",
};
const silentServer = { program, arguments: [script, "null", JSON.stringify(SILENT)] };

const clock = new ManualClock(Date.now());
let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  const serverCommand = toolServer([WAITING, HOLDING, BOOKING], { sessions: true });
  const options = { serverCommand, serverCommands: { second_server: silentServer }, clock };
  emulator = await emulate(await sessionStack(addSecondServer), options);
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

const initialize = (capabilities: object = {}, protocolVersion = "2025-11-25") => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion, capabilities, clientInfo: { name: "x", version: "1" } },
});

async function begin(...args: Parameters<typeof initialize>): Promise<Record<string, string>> {
  const { status, headers } = await postMcp(url, initialize(...args), { ...bearer(token), accept: "application/json" });
  expect(status).toBe(200);
  return { ...bearer(token), [SESSION]: headers.get(SESSION) ?? "" };
}

const call = (name: string, toolArguments: object, id: string | number = 2) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: `${TARGET}___${name}`, arguments: toolArguments, _meta: { progressToken: "mine" } },
});
const ping = { jsonrpc: "2.0", id: 7, method: "ping" };

describe("the SDK's client", () => {
  test("is asked for the target, and ends its session", async () => {
    const capabilities = { elicitation: {}, sampling: {} };
    const client = new Client({ name: "test", version: "1.0.0" }, { capabilities });
    const questions: string[] = [];
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      questions.push(params.message);
      return { action: "accept", content: { yes: true } };
    });
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      model: "m1",
      role: "assistant",
      content: { type: "text", text: "Paris" },
    }));
    const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } });
    await client.connect(transport);
    expect(transport.sessionId).toMatch(/^[0-9a-f-]{36}$/);
    const booked = await client.callTool({ name: `${TARGET}___book`, arguments: { city: "Rome" } });
    expect(booked).toMatchObject({ structuredContent: { result: "booked Rome by m1" } });
    expect(questions).toEqual(["Book Rome?"]);
    const headers = { ...bearer(token), [SESSION]: transport.sessionId ?? "" };
    await transport.terminateSession();
    expect((await postMcp(url, ping, headers)).status).toBe(404);
    await client.close();
  });

  test("that can be asked nothing is not asked", async () => {
    const client = new Client({ name: "test", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } }));
    expect(await client.callTool({ name: `${TARGET}___book`, arguments: { city: "Rome" } })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("did not declare the capability elicitation") as string }],
    });
    await client.close();
  });
});

describe("a request", () => {
  let headers: Record<string, string>;
  beforeAll(async () => (headers = await begin()));

  test.each<[string, () => Promise<HttpAnswer>, number, string]>([
    ["without a session", () => postMcp(url, ping, bearer(token)), 400, "Missing Mcp-Session-Id header"],
    ["of an unknown one", () => postMcp(url, ping, { ...headers, [SESSION]: "other" }), 404, "Session not found"],
    [
      "of another user's",
      async () => postMcp(url, ping, { ...headers, ...bearer(await signIn(emulator, "somebody-else")) }),
      404,
      "Session not found",
    ],
    [
      "that is a notification without one",
      () => postMcp(url, { jsonrpc: "2.0", method: "notifications/initialized" }, bearer(token)),
      400,
      "Missing Mcp-Session-Id header",
    ],
  ])("%s is refused", async (_, ask, status, message) => {
    expect(await ask()).toMatchObject({ status, body: { error: { code: -32600, message } } });
    expectCause(emulator.calls().at(-1), "MCP method", `Mcp-Session-Id: ${message}`);
  });

  test("of 2026-07-28 needs none", async () => {
    const prefix = "io.modelcontextprotocol/";
    const _meta = { [`${prefix}protocolVersion`]: "2026-07-28", [`${prefix}clientCapabilities`]: {} };
    const stated = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/list" };
    const message = { jsonrpc: "2.0", id: 1, method: "tools/list", params: { _meta } };
    expect((await postMcp(url, message, { ...bearer(token), ...stated })).status).toBe(200);
  });

  test("to end a session ends that alone, and GET is none", async () => {
    const other = await begin();
    expect((await fetch(url, { method: "DELETE", headers: other })).status).toBe(204);
    expect((await fetch(url, { method: "DELETE", headers: other })).status).toBe(404);
    expect((await postMcp(url, ping, headers)).status).toBe(200);
    const got = await fetch(url, { headers });
    expect([got.status, got.headers.get("allow")]).toEqual([405, "POST, DELETE"]);
  });

  test("comes too late when the session's time is over, however much it was used", async () => {
    const used = await begin();
    clock.advance(899_000);
    expect((await postMcp(url, ping, used)).status).toBe(200);
    clock.advance(1_000);
    expect((await postMcp(url, ping, used)).status).toBe(404);
    headers = await begin();
  });
});

describe("a question of a target", () => {
  test("has an id of the gateway's, which its answer names", async () => {
    const headers = await begin({ elicitation: {} });
    const answers = await openCall(url, call("book", { city: "Rome" }, "mine"), headers);
    const question = await answers.next();
    expect(question).toMatchObject({ method: "elicitation/create", params: { message: "Book Rome?" } });
    const answer = (id: unknown) => postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    for (const id of ["other", 1]) {
      expect(await answer(id)).toMatchObject({ status: 400, body: { id, error: { code: -32600 } } });
    }
    expect(await answer(question["id"])).toMatchObject({ status: 202 });
    expect(await answers.next()).toMatchObject({ id: "mine", result: { content: [{ text: "decline" }] } });
    expect(await answer(question["id"])).toMatchObject({ status: 400, body: { error: { code: -32600 } } });
  });

  test("is the caller's alone among parallel calls", async () => {
    const headers = await begin({ elicitation: {} });
    const cities = ["Oslo", "Rome", "Bern"];
    const calls = await Promise.all(cities.map((city) => openCall(url, call("book", { city }, city), headers)));
    const questions = await Promise.all(calls.map((one) => one.next()));
    const action = (index: number) => (index === 1 ? "cancel" : "decline");
    for (const [index, { id }] of [...questions.entries()].reverse()) {
      await postMcp(url, { jsonrpc: "2.0", id, result: { action: action(index) } }, headers);
    }
    const results = await Promise.all(calls.map((one) => one.next()));
    expect(results).toMatchObject(
      cities.map((id, index) => ({ id, result: { structuredContent: { result: action(index) } } })),
    );
  });

  test("ends with the connection that it came on", async () => {
    const headers = await begin({ elicitation: {} });
    const answers = await openCall(url, call("book", { city: "Rome" }), headers);
    const { id } = await answers.next();
    answers.close();
    const answer = () => postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    await eventually(async () => (await answer()).status === 400);
  });

  test("is not asked of a caller who takes no event streams", async () => {
    const headers = { ...(await begin({ elicitation: {} })), accept: "application/json" };
    const { body } = await postMcp(url, call("book", { city: "Rome" }), headers);
    expect(body).toMatchObject({ id: 2, result: { isError: true } });
  });
});

describe("a request for", () => {
  const ASKED = {
    prompt: { method: "prompts/get", params: { name: `${SECOND_TARGET}___ask` } },
    resource: { method: "resources/read", params: { uri: "x://a" } },
  };
  const cancel = (requestId: string) => ({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } });
  let server: string;
  beforeAll(async () => (server = await serverOfRuntime(emulator, "second_server")));

  /** Asks, ends it, and waits until the target has been told as often as before and once more. */
  async function ended(asked: keyof typeof ASKED, id: string, end: (headers: Record<string, string>) => Promise<void>) {
    const headers = await begin();
    const count = async (method: string) => (await seenRequests(server)).filter((one) => one.method === method).length;
    const [before, told] = [await count(ASKED[asked].method), await count("notifications/cancelled")];
    const gone = new AbortController();
    const answer = fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ jsonrpc: "2.0", id, ...ASKED[asked] }),
      signal: gone.signal,
    });
    await eventually(async () => (await count(ASKED[asked].method)) > before);
    await end(headers);
    await eventually(async () => (await count("notifications/cancelled")) > told);
    return answer;
  }

  test.each(["prompt", "resource"] as const)("a %s is cancelled at the target, too", async (asked) => {
    const answer = await ended(asked, "c1", async (headers) => {
      expect((await postMcp(url, cancel("c1"), headers)).status).toBe(202);
    });
    expect(await answer.json()).toMatchObject({ id: "c1", error: { message: "Request cancelled" } });
  });

  test("a prompt ends with its session", async () => {
    await ended("prompt", "c2", async (headers) => {
      expect((await fetch(url, { method: "DELETE", headers })).status).toBe(204);
    });
  });
});

describe("a call", () => {
  test("is cancelled by its id with another that has the same one and is over", async () => {
    const headers = await begin();
    const first = await openCall(url, call("wait", { name: "first of two" }, "same"), headers);
    await first.next();
    const { body } = await postMcp(url, call("book", { city: "Rome" }, "same"), {
      ...headers,
      accept: "application/json",
    });
    expect(body).toMatchObject({ id: "same", result: { isError: true } });
    await postMcp(url, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "same" } }, headers);
    await eventually(async () => cancelled.includes("first of two"));
  });

  test("that is cancelled is cancelled at the target, and its stream ends without a result", async () => {
    const headers = await begin();
    const answers = await openCall(url, call("wait", { name: "by its id" }, "w1"), headers);
    expect(await answers.next()).toMatchObject({ method: "notifications/progress" });
    const cancel = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: "w1" } };
    expect((await postMcp(url, cancel, headers)).status).toBe(202);
    await expect(answers.next()).rejects.toThrow("The stream has ended");
    await eventually(async () => cancelled.includes("by its id"));
  });

  test("whose caller goes away is cancelled, too", async () => {
    const answers = await openCall(url, call("wait", { name: "by leaving" }), await begin());
    await answers.next();
    answers.close();
    await eventually(async () => cancelled.includes("by leaving"));
  });

  test("whose caller leaves before an answer in JSON goes on, and its session with it", async () => {
    const headers = { ...(await begin()), accept: "application/json" };
    const gone = new AbortController();
    const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, signal: gone.signal };
    const left = fetch(url, { ...init, body: JSON.stringify(call("hold", {})) });
    await eventually(async () => held.includes("begun"));
    gone.abort();
    await expect(left).rejects.toThrow("aborted");
    expect((await postMcp(url, ping, headers)).status).toBe(200);
    release();
    await eventually(async () => held.includes("finished"));
    expect(held).not.toContain("cancelled");
  });

  test("goes on when the target has lost its session", async () => {
    const headers = await begin({ elicitation: {} });
    const decline = async () => {
      const answers = await openCall(url, call("book", { city: "Rome" }), headers);
      const { id } = await answers.next();
      await postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
      return answers.next();
    };
    await decline();
    await emulator.account.runtimes.all()[0]?.container.stop();
    expect(await decline()).toMatchObject({ result: { structuredContent: { result: "decline" } } });
  });
});

test("without streams a client's capabilities reach no target", async () => {
  const { gateways } = emulator.account;
  const [gateway] = gateways.all();
  if (!gateway) throw new Error("There is no gateway.");
  gateways.update(gateway.attributes.gatewayId, { ...gateway.declaration, responseStreaming: false });
  const { body } = await postMcp(url, call("book", { city: "Rome" }), await begin({ elicitation: {} }));
  expect(JSON.stringify(body)).toContain("did not declare the capability elicitation");
});
