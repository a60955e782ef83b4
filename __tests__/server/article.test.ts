import { startTestServer, callTool, rpc, type TestServer } from "./support/test-server";

let server: TestServer;
beforeAll(async () => (server = await startTestServer()));

const NUMBERS = {
  type: "object",
  properties: { a: { type: "integer" }, b: { type: "integer" } },
  required: ["a", "b"],
};

test("lists the article's tools with its descriptions and input schemas, without initialize", async () => {
  const { result } = await rpc(server.url, "tools/list");
  const tools = result?.["tools"] as { name: string; description: string; inputSchema: unknown }[];
  expect(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))).toStrictEqual([
    { name: "add_numbers", description: "Add two numbers together", inputSchema: NUMBERS },
    {
      name: "greet_user",
      description: "Greet a user by name",
      inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
    },
    { name: "multiply_numbers", description: "Multiply two numbers together", inputSchema: NUMBERS },
  ]);
});

test.each([
  ["add_numbers", { a: 5, b: 3 }, 8],
  ["multiply_numbers", { a: 4, b: 7 }, 28],
  ["multiply_numbers", { a: -4, b: 0 }, 0],
  ["greet_user", { name: "Alice" }, "Hello, Alice! Nice to meet you."],
])("%s answers %j as the article shows", async (name, args, result) => {
  expect(await callTool(server.url, name, args, 2)).toStrictEqual({
    jsonrpc: "2.0",
    id: 2,
    result: { content: [{ type: "text", text: String(result) }], structuredContent: { result }, isError: false },
  });
});

test.each([
  ["add_numbers", { a: Number.MAX_SAFE_INTEGER, b: 1 }],
  ["multiply_numbers", { a: Number.MAX_SAFE_INTEGER, b: 2 }],
])("%s fails rather than give an inexact number", async (name, args) => {
  const { result } = await callTool(server.url, name, args);
  expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("exactly") as string }] });
});

test.each([
  [{ a: "5", b: 3 }, "a: Invalid input: expected number, received string"],
  [{ a: 1.5, b: 3 }, "a: Invalid input: expected int, received number"],
  [{ a: 1 }, "b: Invalid input: expected number, received undefined"],
])("add_numbers fails for %j with a tool error that names the argument", async (args, reason) => {
  const { result } = await callTool(server.url, "add_numbers", args);
  expect(result).toStrictEqual({
    content: [{ type: "text", text: `Invalid arguments for tool add_numbers: ${reason}` }],
    isError: true,
  });
});
