import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";

import { type Emulator, lambdaHandler } from "../../emulator";
import { sessionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn } from "../support/callers";
import { openCall } from "../support/event-streams";
import { intercept } from "../support/guarded-gateway";

const SERVER = join(__dirname, "../support/servers/asking-server.mjs");
const HANDLER = lambdaHandler(`${join(__dirname, "../support/servers/event-interceptor.js")}#handler`);
const TARGET = "m2m-auth-demo-mcp-target";

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  const folder = await sessionStack((resources) => intercept(resources, {}));
  const serverCommand = { program: process.execPath, arguments: [SERVER] };
  emulator = await emulate(folder, { serverCommand, lambdaHandlers: { guard: HANDLER } });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

const initialize = (capabilities: object = { elicitation: {} }) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "x", version: "1" } },
});

async function begin(): Promise<Record<string, string>> {
  const { headers } = await postMcp(url, initialize(), bearer(token));
  return { ...bearer(token), "mcp-session-id": headers.get("mcp-session-id") ?? "" };
}

/** @param behaviour what the interceptor does, event by event */
const call = (name: string, behaviour: object = {}) => ({
  jsonrpc: "2.0",
  id: "mine",
  method: "tools/call",
  params: { name: `${TARGET}___${name}`, arguments: {}, _meta: { progressToken: "p", ...behaviour } },
});

const isOfAnswer = ({ name }: { name: string }) => name === "response interceptor";

test("the SDK's client is asked and answered past an interceptor", async () => {
  const client = new Client({ name: "test", version: "1.0.0" }, { capabilities: { elicitation: {} } });
  const questions: string[] = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    questions.push(params.message);
    return { action: "accept", content: { yes: true } };
  });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } }));
  const result = await client.callTool({ name: `${TARGET}___decide`, arguments: {}, _meta: { reword: true } });
  expect(result).toMatchObject({ content: [{ text: "accept true, seen as event 2" }] });
  expect(questions).toEqual(["Sure? (event 1)"]);
  await client.close();
});

describe("an interceptor of answers of a gateway that streams", () => {
  test("is told status and headers with the first event, and no notification", async () => {
    const headers = await begin();
    const answers = await openCall(url, call("decide", { tell: true }), headers);
    const question = (await answers.next()) as { id: string; params: { message: string } };
    expect(JSON.parse(question.params.message)).toStrictEqual({
      statusCode: 200,
      headers: {},
      isStreamingResponse: true,
      method: "elicitation/create",
    });
    await postMcp(url, { jsonrpc: "2.0", id: question.id, result: { action: "decline" } }, headers);
    const { result } = (await answers.next()) as { result: { content: { text: string }[] } };
    expect(JSON.parse(result.content[0]?.text ?? "")).toStrictEqual({ isStreamingResponse: true });
  });

  test("changes the head of the answer by the first event, and nothing of it later", async () => {
    const headers = await begin();
    const answers = await openCall(url, call("decide", { head: true }), headers);
    expect([answers.headers.get("x-seen"), answers.headers.get("content-type")]).toEqual(["1", "text/event-stream"]);
    const { id } = await answers.next();
    await postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    expect(await answers.next()).toMatchObject({ id: "mine", result: { content: [{ text: "decline undefined" }] } });
  });

  test("sees the result alone of a call that tells how it goes", async () => {
    const answers = await openCall(url, call("work", { reword: true }), await begin());
    const methods = [];
    for (let count = 0; count < 3; count++) methods.push((await answers.next())["method"]);
    expect(methods).toEqual(["notifications/progress", "notifications/progress", "notifications/message"]);
    expect(await answers.next()).toMatchObject({ result: { content: [{ text: "done, seen as event 1" }] } });
  });

  test("sees the result of a call in 2026-07-28, too, past its progress", async () => {
    const prefix = "io.modelcontextprotocol/";
    const stated = { [`${prefix}protocolVersion`]: "2026-07-28", [`${prefix}clientCapabilities`]: {} };
    const { params, ...others } = call("work", { reword: true, ...stated });
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": params.name };
    const answers = await openCall(url, { ...others, params }, { ...bearer(token), ...headers });
    for (const progress of [1, 2]) expect(await answers.next()).toMatchObject({ params: { progress } });
    expect(await answers.next()).toMatchObject({
      result: { resultType: "complete", content: [{ text: "done, seen as event 1" }] },
    });
  });

  test("that fails at the first event answers the call with an error in JSON, and the target is left", async () => {
    const answer = await postMcp(url, call("decide", { fail: 1 }), await begin());
    expect(answer).toMatchObject({ status: 200, body: { id: "mine", error: { code: -32603 } } });
    expect(answer.headers.get("content-type")).toBe("application/json");
    const { hops = [] } = emulator.calls().at(-1) ?? {};
    expect(hops.find(({ name }) => name === "target call")?.failure).toBe("Request cancelled");
  });

  test("that fails later ends the stream with an error", async () => {
    const headers = await begin();
    const answers = await openCall(url, call("decide", { fail: 2 }), headers);
    const { id } = await answers.next();
    await postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    expect(await answers.next()).toMatchObject({ id: "mine", error: { code: -32603 } });
    await expect(answers.next()).rejects.toThrow("The stream has ended");
  });

  test("keeps the id of the session that an answer begins", async () => {
    const { headers } = await postMcp(url, initialize(), bearer(token));
    expect(headers.get("mcp-session-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is told once of an answer in JSON, and of one in the target's place, that it is no stream", async () => {
    const headers = { ...(await begin()), accept: "application/json" };
    const { body } = await postMcp(url, call("add", { tell: true }), headers);
    expect(JSON.stringify(body)).toContain("isStreamingResponse");
    const denied = await postMcp(url, call("add", { deny: true }), await begin());
    expect(denied).toMatchObject({ status: 403, body: { id: "mine", isStreamingResponse: false } });
  });

  test("leaves its decision about each event in the trace", async () => {
    const headers = await begin();
    const answers = await openCall(url, call("decide", { reword: true }), headers);
    const { id } = await answers.next();
    await postMcp(url, { jsonrpc: "2.0", id, result: { action: "decline" } }, headers);
    await answers.next();
    const traced = emulator.calls().find(({ hops }) => hops.filter(isOfAnswer).length === 2);
    const decisions = traced?.hops.filter(isOfAnswer).map(({ checks }) => checks.at(-1)?.actual);
    expect(decisions).toEqual(["changed params.message", "changed result.content"]);
  });
});
