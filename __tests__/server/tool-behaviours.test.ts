import { Readable } from "node:stream";
import * as z from "zod";
import { defineTool, ToolError, type Tool, type ToolContext } from "../../server/tool";
import { callTool, post, startTestServer, type RpcAnswer, type TestServer } from "./support/test-server";

/** Milliseconds that each tool has. */
const TOOL_TIMEOUT = 250;

type Handler = (context: ToolContext) => unknown;

/** What a caller gets: the text of a result, or one of the two ways in which a tool can fail. */
const FAILED = { failed: "with a request id" } as const;
const TIMED_OUT = { failed: "did not end within 0.25 s" } as const;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

function nested(depth: number): unknown {
  let value: unknown = "core";
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

const throwingToJson = {
  toJSON(): never {
    throw new Error("no JSON of me");
  },
};

const throwingGetter = {
  get value(): never {
    throw new Error("no value of me");
  },
};

async function* generate(): AsyncGenerator<string> {
  yield "one";
}

/* oxlint-disable typescript/only-throw-error -- what careless tools do is the subject */

/** By name: the output schema, if any, the handler, and what its caller gets. */
const BEHAVIOURS: Record<string, [z.ZodType | undefined, Handler, string | object]> = {
  "a value": [z.int(), () => 5, "5"],
  "a promise of a value": [z.int(), async () => 5, "5"],
  "a value after a while": [z.int(), () => pause(5).then(() => 5), "5"],
  "a thenable": [z.int(), () => ({ then: (resolve: (value: number) => void) => resolve(5) }), "5"],
  "an object": [z.object({ n: z.int() }), () => ({ n: 1 }), '{"n":1}'],
  "a key too many": [z.object({ n: z.int() }), () => ({ n: 1, secret: 2 }), '{"n":1}'],
  "null that the schema allows": [z.null(), () => null, "null"],
  "a text with what HTML, JSON and SSE escape": [
    z.string(),
    () => '</p>"\\\n\n\u2028\u{1f600}',
    '</p>"\\\n\n\u2028\u{1f600}',
  ],
  "half a surrogate pair": [z.string(), () => "\ud800", "\ud800"],
  "a date under an open schema": [z.unknown(), () => new Date(0), '"1970-01-01T00:00:00.000Z"'],
  "a result of two megabytes": [z.string(), () => "x".repeat(2_000_000), "x".repeat(2_000_000)],
  content: [undefined, () => [{ type: "text", text: "hi" }], "hi"],
  "no content": [undefined, () => [], {}],
  "blocking for a while": [
    z.int(),
    () => {
      const end = Date.now() + 50;
      while (Date.now() < end);
      return 5;
    },
    "5",
  ],
  "its log gone cyclic": [
    z.int(),
    ({ log }) => {
      log.info("Odd", { cyclic, big: 1n, throwingToJson });
      return 5;
    },
    "5",
  ],
  "progress that nobody asked for": [
    z.int(),
    async ({ reportProgress }) => {
      await reportProgress({ progress: 1 });
      return 5;
    },
    "5",
  ],

  "a BigInt": [z.unknown(), () => 5n, FAILED],
  "a BigInt deep inside": [z.unknown(), () => ({ list: [{ n: 5n }] }), FAILED],
  "a cycle": [z.unknown(), () => cyclic, FAILED],
  "a throwing toJSON": [z.unknown(), () => throwingToJson, FAILED],
  "a toJSON that gives nothing": [z.unknown(), () => ({ toJSON: () => undefined }), FAILED],
  "a toJSON that makes a number of an object": [z.looseObject({}), () => ({ toJSON: () => 5 }), FAILED],
  "a throwing getter": [z.unknown(), () => throwingGetter, FAILED],
  undefined: [z.unknown(), () => undefined, FAILED],
  "a promise of undefined": [z.string(), async () => undefined, FAILED],
  null: [z.object({}), () => null, FAILED],
  "a function": [z.unknown(), () => () => 5, FAILED],
  "a symbol": [z.unknown(), () => Symbol("s"), FAILED],
  "a Map": [z.unknown(), () => new Map([["a", 1]]), FAILED],
  "a stream": [z.unknown(), () => Readable.from(["a"]), FAILED],
  "a web stream": [z.unknown(), () => new ReadableStream(), FAILED],
  "an async generator": [z.unknown(), () => generate(), FAILED],
  "a stream as content": [undefined, () => Readable.from(["a"]), FAILED],
  "a number that is none": [z.number(), () => NaN, FAILED],
  "what does not fit the output": [z.object({ n: z.int() }), () => ({ n: "1" }), FAILED],
  "nesting without end": [z.unknown(), () => nested(100_000), FAILED],
  "a result above the limit": [z.string(), () => "x".repeat(3_000_001), FAILED],
  "content undefined": [undefined, () => undefined, FAILED],
  "content null": [undefined, () => null, FAILED],
  "content that is a text": [undefined, () => "hi", FAILED],
  "an object without content": [undefined, () => ({ isError: false }), FAILED],
  "content of an unknown type": [undefined, () => [{ type: "video", data: "aGk=" }], FAILED],
  "a block without its text": [undefined, () => [{ type: "text" }], FAILED],
  "an image that is no base64": [undefined, () => [{ type: "image", data: "%%%", mimeType: "image/png" }], FAILED],
  "an Error": [
    z.int(),
    () => {
      throw new Error("hunter2");
    },
    FAILED,
  ],
  "a rejection": [z.int(), () => Promise.reject(new Error("hunter2")), FAILED],
  "a rejection after a while": [
    z.int(),
    () =>
      pause(5).then(() => {
        throw new Error("hunter2");
      }),
    FAILED,
  ],
  "a thrown text": [
    z.int(),
    () => {
      throw "hunter2";
    },
    FAILED,
  ],
  "thrown undefined": [
    z.int(),
    () => {
      throw undefined;
    },
    FAILED,
  ],
  "thrown null": [
    z.int(),
    async () => {
      throw null;
    },
    FAILED,
  ],
  "a thrown symbol": [
    z.int(),
    () => {
      throw Symbol("hunter2");
    },
    FAILED,
  ],
  "a thrown cycle": [
    z.int(),
    () => {
      throw cyclic;
    },
    FAILED,
  ],
  "an error that is its own cause": [
    z.int(),
    () => {
      const error = new Error("hunter2");
      error.cause = error;
      throw error;
    },
    FAILED,
  ],
  "an error whose message throws": [
    z.int(),
    () => {
      throw Object.defineProperty(new Error(), "message", {
        get: () => {
          throw new Error("hunter2");
        },
      });
    },
    FAILED,
  ],
  "endless recursion": [
    z.int(),
    function recurse(): unknown {
      return [recurse()];
    },
    FAILED,
  ],
  "a throwing then": [
    z.unknown(),
    () => ({
      get then() {
        throw new Error("hunter2");
      },
    }),
    FAILED,
  ],
  "a ToolError": [
    z.int(),
    () => {
      throw new ToolError("No such city.");
    },
    { failed: "No such city." },
  ],
  "a ToolError of megabytes": [
    z.int(),
    () => {
      throw new ToolError("x".repeat(5_000_000));
    },
    { failed: "x".repeat(10_000) },
  ],
  "a question to a client that cannot be asked": [
    z.unknown(),
    ({ elicit }) => elicit({ name: "q", message: "?", answer: z.object({}) }),
    { failed: "needs a session" },
  ],
  "a promise that never ends": [z.int(), () => new Promise(() => undefined), TIMED_OUT],
  "a thenable that never ends": [z.int(), () => ({ then: () => undefined }), TIMED_OUT],
  "a value too late": [z.int(), () => pause(TOOL_TIMEOUT + 100).then(() => 5), TIMED_OUT],
  "an error too late": [
    z.int(),
    () =>
      pause(TOOL_TIMEOUT + 100).then(() => {
        throw new Error("late");
      }),
    TIMED_OUT,
  ],
  "a wait for the signal": [
    z.int(),
    ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(5))),
    TIMED_OUT,
  ],
};

/* oxlint-enable typescript/only-throw-error */

const NAMES = Object.keys(BEHAVIOURS);

const TOOLS: Tool[] = Object.values(BEHAVIOURS).map(([output, handler], index) =>
  // As from JavaScript, where nothing keeps a handler from returning what it likes.
  defineTool({
    name: `tool_${index}`,
    description: "Behaves as its row says",
    input: z.object({}),
    ...(output && { output }),
    handler: (_args: unknown, context: ToolContext) => handler(context) as never,
  } as Tool as never),
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(TOOLS, { toolTimeout: TOOL_TIMEOUT, resultBytes: 5_000_000, concurrency: 100 });
});

function expectAnswer(name: string, answer: RpcAnswer): void {
  const expected = BEHAVIOURS[name]?.[2];
  const { isError, content, structuredContent } = answer.result as {
    isError: boolean;
    content: { text: string }[];
    structuredContent?: unknown;
  };
  if (typeof expected === "string") {
    expect([isError, content[0]?.text]).toStrictEqual([false, expected]);
  } else if (expected !== undefined && "failed" in expected) {
    expect(structuredContent).toBeUndefined();
    expect([isError, content[0]?.text]).toStrictEqual([
      true,
      expected === FAILED
        ? expect.stringMatching(/The server's log has the reason under request id/)
        : expect.stringContaining(String(expected.failed)),
    ]);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  } else {
    expect([isError, content]).toStrictEqual([false, []]);
  }
}

test("there are more than 40 behaviours", () => {
  expect(NAMES.length).toBeGreaterThan(40);
});

test.each(NAMES)("%s has one right answer, with the request's id", async (name) => {
  const answer = await callTool(server.url, `tool_${NAMES.indexOf(name)}`, {}, name);
  expect(answer).toMatchObject({ jsonrpc: "2.0", id: name });
  expectAnswer(name, answer);
});

test("all of them in one batch have the same answers, each with its id", async () => {
  const calls = NAMES.map((name, index) => ({
    jsonrpc: "2.0",
    id: name,
    method: "tools/call",
    params: { name: `tool_${index}`, arguments: {} },
  }));
  const answers = JSON.parse(await (await post(server.url, calls)).text()) as RpcAnswer[];
  expect(answers.map(({ id }) => id).sort()).toStrictEqual([...NAMES].sort());
  answers.forEach((answer) => expectAnswer(String(answer.id), answer));
});

test("a call that never ended has freed its slot, and its tool was told", async () => {
  const small = await startTestServer(TOOLS, { toolTimeout: 2_000, concurrency: 4 });
  const ping = async (): Promise<string> => (await fetch(small.url.replace("/mcp", "/ping"))).text();
  const endless = `tool_${NAMES.indexOf("a promise that never ends")}`;
  expect(await ping()).toBe('{"status":"Healthy"}');
  const calls = Array.from({ length: 4 }, () => callTool(small.url, endless, {}));
  await pause(100);
  expect(await ping()).toBe('{"status":"HealthyBusy"}');
  expect((await post(small.url, { jsonrpc: "2.0", id: 1, method: "ping" })).status).toBe(503);
  await Promise.all(calls);
  await pause(20);
  expect(await ping()).toBe('{"status":"Healthy"}');
  expect((await post(small.url, { jsonrpc: "2.0", id: 1, method: "ping" })).status).toBe(200);
  expect(small.logged().filter((line) => line["message"] === "Tool timed out")).toHaveLength(4);
});

test("a slot stays taken while a handler runs whose client has hung up", async () => {
  const small = await startTestServer(TOOLS, { toolTimeout: TOOL_TIMEOUT, concurrency: 1 });
  const controller = new AbortController();
  const params = { name: `tool_${NAMES.indexOf("a promise that never ends")}` };
  const dropped = post(
    small.url,
    { jsonrpc: "2.0", id: 1, method: "tools/call", params },
    { signal: controller.signal },
  );
  await pause(100);
  controller.abort();
  await expect(dropped).rejects.toThrow();
  expect((await post(small.url, { jsonrpc: "2.0", id: 1, method: "ping" })).status).toBe(503);
  await pause(TOOL_TIMEOUT);
  expect((await post(small.url, { jsonrpc: "2.0", id: 1, method: "ping" })).status).toBe(200);
});
