import { once } from "node:events";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import * as z from "zod";
import { defineTool, type Tool } from "../../server/tool";
import { callTool, post, rpc, startTestServer, type TestServer } from "./support/test-server";
import { endAfterTests } from "../support/end-after-tests";

/** Calls of the tool `wait`, which end only when they are aborted or let go. */
const waiting: { name: string; aborted: Promise<unknown>; letGo: () => void }[] = [];

/** Steps of the latest call of the tool `count`. */
let steps = 0;

const TOOLS: Tool[] = [
  defineTool({
    name: "count",
    description: "Reports each step",
    input: z.object({ to: z.int() }),
    output: z.int(),
    async handler({ to }, { reportProgress }) {
      for (let step = 1; step <= to; step++) {
        await reportProgress({ progress: step, total: to, message: `step ${step}` });
        steps = step;
      }
      return to;
    },
  }),
  defineTool({
    name: "wait",
    description: "Waits",
    input: z.object({ name: z.string() }),
    output: z.string(),
    async handler({ name }, { signal }) {
      const aborted = once(signal, "abort");
      await Promise.race([aborted, new Promise<void>((letGo) => waiting.push({ name, aborted, letGo }))]);
      return name;
    },
  }),
];

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer(TOOLS, { concurrency: 3 });
  endAfterTests(() => waiting.splice(0).forEach(({ letGo }) => letGo()));
});

async function waitFor(name: string): Promise<(typeof waiting)[number]> {
  for (let turn = 0; turn < 1000; turn++) {
    const found = waiting.find((call) => call.name === name);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${name} never started`);
}

const counting = (params: object): object => ({ jsonrpc: "2.0", id: 7, method: "tools/call", params });

test("progress turns the answer into an event stream that ends with the result", async () => {
  const response = await post(
    server.url,
    counting({ name: "count", arguments: { to: 2 }, _meta: { progressToken: "t" } }),
  );
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const events = (await response.text()).split("\n\n").filter((event) => event !== "");
  const messages = events.map((event) => JSON.parse(event.replace("event: message\ndata: ", "")) as object);
  const progress = { jsonrpc: "2.0", method: "notifications/progress" };
  expect(messages).toStrictEqual([
    { ...progress, params: { progressToken: "t", progress: 1, total: 2, message: "step 1" } },
    { ...progress, params: { progressToken: "t", progress: 2, total: 2, message: "step 2" } },
    {
      jsonrpc: "2.0",
      id: 7,
      result: { content: [{ type: "text", text: "2" }], structuredContent: { result: 2 }, isError: false },
    },
  ]);
});

test("without a progress token the answer is JSON", async () => {
  const response = await post(server.url, counting({ name: "count", arguments: { to: 2 } }));
  expect(response.headers.get("content-type")).toBe("application/json");
});

test("in a batch, answers given before the first progress are in the stream as well", async () => {
  const first = { jsonrpc: "2.0", id: 1, method: "ping" };
  const second = counting({ name: "count", arguments: { to: 1 }, _meta: { progressToken: 0 } });
  const text = await (await post(server.url, [first, second])).text();
  expect(text.match(/"id":\d+|notifications\/progress/g)?.sort()).toStrictEqual([
    '"id":1',
    '"id":7',
    "notifications/progress",
  ]);
});

test("the SDK's client receives progress and validates the structured result", async () => {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  await client.listTools();
  const seen: number[] = [];
  const onprogress = ({ progress }: { progress: number }): void => void seen.push(progress);
  const result = await client.callTool({ name: "count", arguments: { to: 3 } }, undefined, { onprogress });
  await client.close();
  expect(result.structuredContent).toStrictEqual({ result: 3 });
  expect(seen).toStrictEqual([1, 2, 3]);
});

test("a client that hangs up in the middle of a stream hurts nobody", async () => {
  const endless = counting({ name: "count", arguments: { to: 100_000 }, _meta: { progressToken: 1 } });
  const response = await post(server.url, endless);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await rpc(server.url, "ping")).toMatchObject({ result: {} });
  expect(steps).toBeLessThan(100_000);
  expect(await callTool(server.url, "count", { to: 1 })).toMatchObject({
    result: { structuredContent: { result: 1 } },
  });
  expect(server.logged().filter((line) => line["level"] === "error")).toStrictEqual([]);
});

test("clients that use the same request id at once get their own answers", async () => {
  const [first, second] = [
    callTool(server.url, "wait", { name: "first" }, 1),
    callTool(server.url, "wait", { name: "second" }, 1),
  ];
  (await waitFor("second")).letGo();
  expect(await second).toMatchObject({ id: 1, result: { structuredContent: { result: "second" } } });
  (await waitFor("first")).letGo();
  expect(await first).toMatchObject({ id: 1, result: { structuredContent: { result: "first" } } });
});

test("a client that hangs up aborts its own call and no other", async () => {
  const controller = new AbortController();
  const dropped = post(server.url, counting({ name: "wait", arguments: { name: "dropped" } }), {
    signal: controller.signal,
  });
  const kept = callTool(server.url, "wait", { name: "kept" });
  const [droppedCall, keptCall] = [await waitFor("dropped"), await waitFor("kept")];
  controller.abort();
  await expect(dropped).rejects.toThrow();
  await droppedCall.aborted;
  keptCall.letGo();
  expect(await kept).toMatchObject({ result: { structuredContent: { result: "kept" } } });
});

test("a cancellation that guesses another client's request id changes nothing", async () => {
  const call = callTool(server.url, "wait", { name: "guessed" }, 1);
  const waitingCall = await waitFor("guessed");
  for (const requestId of [1, "1", 2, 3]) {
    await post(server.url, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } });
  }
  waitingCall.letGo();
  expect(await call).toMatchObject({ result: { structuredContent: { result: "guessed" } } });
});

test("fails with 503 and a time to retry while too many requests are in flight", async () => {
  const calls = ["a", "b", "c"].map((name) => callTool(server.url, "wait", { name }));
  const started = await Promise.all(["a", "b", "c"].map(waitFor));
  const refused = await post(server.url, { jsonrpc: "2.0", id: 1, method: "ping" });
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(JSON.parse(await refused.text())).toMatchObject({
    error: { code: -32000, message: expect.stringMatching(/^Busy/) as string },
  });
  started.forEach(({ letGo }) => letGo());
  await Promise.all(calls);
  expect(await rpc(server.url, "ping")).toMatchObject({ result: {} });
});

test("stopping answers what is in flight and takes nothing new", async () => {
  const call = callTool(server.url, "wait", { name: "last" });
  const waitingCall = await waitFor("last");
  const stopped = server.stop(10_000);
  // What has connected by now is still answered.
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(rpc(server.url, "ping")).rejects.toThrow();
  waitingCall.letGo();
  expect(await call).toMatchObject({ result: { structuredContent: { result: "last" } } });
  await stopped;
});

test("stopping ends with an answer what is not done by the end of the grace period", async () => {
  const call = callTool(server.url, "wait", { name: "endless" });
  const { aborted } = await waitFor("endless");
  await Promise.all([server.stop(20), aborted]);
  expect(await call).toMatchObject({
    id: 1,
    error: { code: -32000, message: "The server is stopping; the call was not finished" },
  });
});
