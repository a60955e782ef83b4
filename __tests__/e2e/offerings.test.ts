import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

import type { Emulator } from "../../emulator";
import { anyVersionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn } from "../support/callers";
import { expectCause } from "../support/cause";
import { behave, scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";
import { addSecondServer, SECOND_TARGET } from "../support/second-server";

const FIRST = "m2m-auth-demo-mcp-target";
const SECOND = SECOND_TARGET;
const VERSION = "2026-07-28";
const SERVER = join(__dirname, "../support/servers/conformance-server.mjs");

let emulator: Emulator;
let url: string;
let token: string;
let client: Client;

/** A server with prompts and resources, and another whose answers a test chooses. */
beforeAll(async () => {
  const folder = await anyVersionStack(addSecondServer);
  const serverCommand = { program: process.execPath, arguments: [SERVER] };
  emulator = await emulate(folder, { serverCommand, serverCommands: { second_server: scriptedServer() } });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
  client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } }));
}, 120_000);
afterAll(() => client.close());

test("a gateway advertises what one of its targets has", () => {
  expect(client.getServerCapabilities()).toStrictEqual({
    tools: { listChanged: false },
    prompts: { listChanged: false },
    resources: { subscribe: false, listChanged: false },
  });
});

test("prompts have the target's name in front, and come from the server each time", async () => {
  const { prompts } = await client.listPrompts();
  expect(prompts).toHaveLength(4);
  expect(prompts[1]).toStrictEqual({
    name: `${FIRST}___test_prompt_with_arguments`,
    description: "Speaks for the scenario of test_prompt_with_arguments",
    arguments: ["arg1", "arg2"].map((name) => ({ name, required: true })),
  });
  const got = await client.getPrompt({ name: prompts[1]?.name ?? "", arguments: { arg1: "a", arg2: "b" } });
  expect(got.messages).toMatchObject([{ content: { text: "Prompt with arguments: arg1='a', arg2='b'" } }]);
});

test("resources and templates have their own URIs, and a URI of either is read at its server", async () => {
  const { resources } = await client.listResources();
  expect(resources.map(({ uri }) => uri)).toStrictEqual(["test://static-text", "test://static-binary"]);
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates).toMatchObject([{ uriTemplate: "test://template/{id}/data" }]);
  for (const uri of ["test://static-text", "test://template/123/data"]) {
    expect((await client.readResource({ uri })).contents).toMatchObject([{ uri }]);
  }
});

test.each<[string, string, object, object]>([
  [
    "a prompt that is none",
    "prompts/get",
    { name: `${FIRST}___nothing` },
    { code: -32602, message: `Unknown prompt: ${FIRST}___nothing` },
  ],
  [
    "a prompt without its target",
    "prompts/get",
    { name: "test_simple_prompt" },
    { code: -32602, message: "Unknown prompt: test_simple_prompt" },
  ],
  ["a prompt without a name", "prompts/get", {}, { code: -32602, message: "Invalid params: 'name' must be a string" }],
  [
    "a resource that nobody has",
    "resources/read",
    { uri: "test://other" },
    { code: -32002, message: "Resource not found: test://other", data: { uri: "test://other" } },
  ],
  [
    "a URI that ends otherwise than its template",
    "resources/read",
    { uri: "test://template/1/date" },
    { code: -32002 },
  ],
  [
    "a resource that its server refuses",
    "resources/read",
    { uri: "test://template/a/b/data" },
    { code: -32002, message: /No resource test/ },
  ],
  [
    "a page that is none",
    "resources/list",
    { cursor: "x" },
    { code: -32602, message: "Invalid params: unknown cursor" },
  ],
])("%s is a protocol error", async (_, method, params, error) => {
  const { status, body } = await postMcp(url, { jsonrpc: "2.0", id: 7, method, params }, bearer(token));
  const { message } = error as { message?: RegExp | string };
  const isOfServer = message instanceof RegExp;
  const expected = isOfServer ? { ...error, message: expect.stringMatching(message) as string } : error;
  expect([status, body]).toMatchObject([200, { id: 7, error: expected }]);
  const hop = emulator
    .calls()
    .at(-1)
    ?.hops.find(({ name }) => name === "MCP method");
  const failed = hop?.checks.filter(({ passed }) => !passed).map((check) => check.name);
  expect(failed).toEqual(isOfServer ? [] : ["parameters"]);
});

test("a live target is asked for nothing at its creation, and for each list anew", async () => {
  const { gatewayTargets, gateways } = emulator.account;
  const [gateway] = gateways.all();
  const twin = gateway?.targets.find(({ declaration }) => declaration.name === SECOND);
  if (!gateway || !twin) throw new Error("There is no target.");
  const base = await serverOfRuntime(emulator, "second_server");
  let known = 0;
  const seen = async () => {
    const all = (await seenRequests(base)).map(({ method }) => method);
    const fresh = all.slice(known);
    known = all.length;
    return fresh;
  };
  await seen();
  const settings = { ...twin.declaration.settings, listingMode: "DYNAMIC", resourcePriority: 1 };
  const { target, settled } = gatewayTargets.create({ ...twin.declaration, name: "live", settings });
  await settled;
  expect([target.status, target.tools, await seen()]).toStrictEqual(["READY", [], []]);

  const name = "live___add_numbers";
  expect(await client.callTool({ name, arguments: { a: 5, b: 3 } })).toMatchObject({ isError: false });
  const handshake = ["initialize", "notifications/initialized"];
  expect(await seen()).toStrictEqual([...handshake, "tools/list", "tools/call"]);
  const tools: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools({ cursor });
    tools.push(...page.tools.map((tool) => tool.name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(tools.slice(-2)).toStrictEqual([name, "live___multiply_numbers"]);
  expect(await seen()).toStrictEqual(["tools/list", "tools/list", "tools/list"]);

  const capabilities = { tools: {}, resources: {} };
  const uri = "test://static-text";
  await behave(base, {
    initialize: `result:${JSON.stringify({ protocolVersion: "2025-11-25", capabilities, serverInfo: {} })}`,
    "resources/list": `result:${JSON.stringify({ resources: [{ uri, name: "twin" }] })}`,
    "resources/templates/list": "status:500",
    "resources/read": `result:${JSON.stringify({ contents: [{ uri, text: "of the lowest priority" }] })}`,
  });
  target.session = undefined;
  await client.listResources();
  expect(await client.readResource({ uri })).toMatchObject({ contents: [{ text: "of the lowest priority" }] });
  expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(1);
  const ended = gatewayTargets.delete(gateway.attributes.gatewayId, target.targetId);
  expect(ended.target.status).toBe("DELETING");
});

test("a target that gets prompts and resources shows them after its next synchronization, on a page of its own", async () => {
  const { gatewayTargets, gateways } = emulator.account;
  const [gateway] = gateways.all();
  const target = gateway?.targets.find(({ declaration }) => declaration.name === SECOND);
  if (!gateway || !target) throw new Error("There is no target.");
  const base = await serverOfRuntime(emulator, "second_server");
  const capabilities = { tools: {}, prompts: {}, resources: {} };
  await behave(base, {
    initialize: `result:${JSON.stringify({ protocolVersion: "2025-11-25", capabilities, serverInfo: {} })}`,
    "prompts/list": `result:${JSON.stringify({ prompts: [{ name: "hello", title: "Hello" }] })}`,
    "resources/list": `result:${JSON.stringify({ resources: [{ uri: "test://static-text", name: "twin" }] })}`,
    "resources/templates/list": `result:${JSON.stringify({ resourceTemplates: [] })}`,
    "prompts/get": "status:500",
  });
  await gatewayTargets.synchronize(gateway.attributes.gatewayId, target.targetId).settled;
  const { nextCursor } = await client.listPrompts();
  expect((await client.listPrompts({ cursor: nextCursor })).prompts).toStrictEqual([
    { name: `${SECOND}___hello`, title: "Hello" },
  ]);
  await expect(client.getPrompt({ name: `${SECOND}___hello` })).rejects.toThrow(
    "-32603: An internal error occurred. Please retry later.",
  );
  expectCause(emulator.calls().at(-1), "MCP server", "HTTP status: 500");

  await behave(base, { "prompts/get": "error:no such prompt" });
  const name = `${SECOND}___hello`;
  const stateless = {
    "io.modelcontextprotocol/protocolVersion": VERSION,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const headers = { "mcp-protocol-version": VERSION, "mcp-method": "prompts/get", "mcp-name": name };
  for (const [params, stated] of [
    [{ name }, {}],
    [{ name, _meta: stateless }, headers],
  ] as const) {
    const message = { jsonrpc: "2.0", id: 7, method: "prompts/get", params };
    const { status, body } = await postMcp(url, message, { ...bearer(token), ...stated });
    expect([status, body]).toMatchObject([200, { id: 7, error: { code: -32601, message: "no such prompt" } }]);
    const traced = emulator.calls().at(-1);
    expectCause(traced, "target call", "JSON-RPC result: error -32601: no such prompt");
    expect(traced?.hops.find((hop) => hop.name === "MCP method")).toMatchObject({
      checks: [],
      failure: "no such prompt",
    });
  }
  const { contents } = await client.readResource({ uri: "test://static-text" });
  expect(contents).toMatchObject([{ text: "This is the content of the static text resource." }]);
});

test("a target that is given its tools in writing has no more prompts and resources", async () => {
  const { gatewayTargets, gateways } = emulator.account;
  const [gateway] = gateways.all();
  const target = gateway?.targets.find(({ declaration }) => declaration.name === FIRST);
  if (!gateway || !target) throw new Error("There is no target.");
  const ofTarget = async () => JSON.stringify([await client.listPrompts(), await client.listResources()]);
  expect(await ofTarget()).toContain(`${FIRST}___`);
  const mcpToolSchema = { inlinePayload: JSON.stringify({ tools: [{ name: "x", inputSchema: { type: "object" } }] }) };
  const { settings, ...declared } = target.declaration;
  await gatewayTargets.update(target.targetId, { ...declared, settings: { ...settings, mcpToolSchema } }).settled;
  expect([target.status, await ofTarget()]).toEqual(["READY", expect.not.stringContaining("test_simple_prompt")]);
  expect(await ofTarget()).not.toContain("static-binary");
});
