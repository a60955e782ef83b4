import * as z from "zod";
import { defineTool, ToolError, type Tool } from "../../server/tool";
import { callTool, post, startTestServer, type TestServer } from "./support/test-server";

const TOOLS: Tool[] = [
  defineTool({
    name: "refuse",
    description: "Fails for a reason the caller may know",
    input: z.object({}),
    output: z.string(),
    handler() {
      throw new ToolError("There is no such city.");
    },
  }),
  defineTool({
    name: "break",
    description: "Fails for a reason the caller must not know",
    input: z.object({}),
    output: z.string(),
    async handler() {
      throw new Error("password=hunter2", { cause: new Error("the database") });
    },
  }),
  defineTool({
    name: "throw_text",
    description: "Throws something that is no Error",
    input: z.object({}),
    handler() {
      // oxlint-disable-next-line typescript/only-throw-error -- a careless tool can do it
      throw "hunter2";
    },
  }),
  defineTool({
    name: "wrong_output",
    description: "Breaks its own output schema",
    input: z.object({}),
    output: z.object({ n: z.int() }),
    handler: () => ({ n: 1.5 }),
  }),
  defineTool({
    name: "weather",
    description: "Answers an object",
    input: z.object({ city: z.string().default("Paris") }),
    output: z.object({ city: z.string(), degrees: z.number() }),
    handler: ({ city }) => ({ city, degrees: 21.5 }),
  }),
  defineTool({
    name: "picture",
    description: "Answers content",
    input: z.object({}),
    handler: () => [{ type: "image", data: "aGk=", mimeType: "image/png" }],
  }),
  defineTool({
    name: "note",
    description: "Writes to the log",
    input: z.object({}),
    output: z.string(),
    handler(_args, { log, requestId }) {
      const cyclic: Record<string, unknown> = {};
      cyclic["self"] = cyclic;
      log.warn("Low on ink", { left: 3 });
      log.info("Cyclic", { cyclic });
      return requestId;
    },
  }),
  defineTool({ name: "strict", description: "Takes no other key", input: z.strictObject({}), handler: () => [] }),
];

let server: TestServer;
beforeAll(async () => (server = await startTestServer(TOOLS)));

test("a ToolError is a tool error with its message", async () => {
  const { result } = await callTool(server.url, "refuse", {});
  expect(result).toStrictEqual({ content: [{ type: "text", text: "There is no such city." }], isError: true });
});

test.each(["break", "throw_text"])("what %s throws is a tool error whose details only the log has", async (name) => {
  const answer = await callTool(server.url, name, {});
  expect(answer.result?.["isError"]).toBe(true);
  expect(JSON.stringify(answer)).not.toContain("hunter2");
  const [{ text } = { text: "" }] = (answer.result?.["content"] ?? []) as { text: string }[];
  const requestId = /request id (.+)\.$/.exec(text)?.[1];
  const line = server
    .logged()
    .find((logged) => logged["message"] === "Tool failed" && logged["requestId"] === requestId);
  expect(line).toMatchObject({ level: "error", tool: name });
  expect(JSON.stringify(line?.["error"])).toContain("hunter2");
});

test("logs the stack and the cause of an error", async () => {
  await callTool(server.url, "break", {});
  const error = server
    .logged()
    .filter((line) => line["tool"] === "break" && line["error"])
    .at(-1)?.["error"];
  expect(error).toMatchObject({ name: "Error", stack: expect.stringContaining("tools.test") as string });
  expect(error).toMatchObject({ cause: { message: "the database" } });
});

test("a value that breaks the tool's own output schema is a tool error", async () => {
  const { result } = await callTool(server.url, "wrong_output", {});
  expect(result).toMatchObject({ isError: true });
  expect(result).not.toHaveProperty("structuredContent");
});

test("an object is structured content as it is, and JSON text; absent arguments count as none", async () => {
  const response = await post(server.url, { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "weather" } });
  const value = { city: "Paris", degrees: 21.5 };
  expect(JSON.parse(await response.text())).toMatchObject({
    result: { structuredContent: value, content: [{ type: "text", text: JSON.stringify(value) }], isError: false },
  });
});

test("content is sent as it is, without structured content", async () => {
  expect((await callTool(server.url, "picture", {})).result).toStrictEqual({
    content: [{ type: "image", data: "aGk=", mimeType: "image/png" }],
    isError: false,
  });
});

test("the context's log carries the request's ids, and survives what JSON cannot hold", async () => {
  const { result } = await callTool(server.url, "note", {});
  const requestId = (result?.["structuredContent"] as { result: string } | undefined)?.result;
  const lines = server.logged().filter((line) => line["requestId"] === requestId);
  expect(lines.map(({ message, level, tool, left }) => ({ message, level, tool, left }))).toStrictEqual([
    { message: "Low on ink", level: "warn", tool: "note", left: 3 },
    { message: "Request answered", level: "info", tool: "note", left: undefined },
  ]);
  expect(server.logged().some((line) => line["message"] === "Cyclic" && "unloggable" in line)).toBe(true);
});

test("fails for keys a strict tool does not know without repeating them", async () => {
  const { result } = await callTool(server.url, "strict", { "<script>": 1 });
  expect(result).toStrictEqual({
    content: [{ type: "text", text: "Invalid arguments for tool strict: Unknown keys" }],
    isError: true,
  });
});
