import { type Behaviours, seenRequests } from "../../support/scripted-server";
import { expectCause } from "../../support/cause";
import { eventually } from "../../support/eventually";
import { FaultySystem } from "../../support/faulty-system";

let system: FaultySystem;

beforeAll(async () => {
  system = await FaultySystem.start();
});

const isError = (text: string): RegExp =>
  new RegExp(`"text":"${text}"}\\],"isError":true,"_meta":{"debug":{"type":"text","text":"${text}"}}}}$`);
const CLIENT_ERROR = isError("Received error \\(424\\) from runtime\\.");
const NO_RESPONSE = isError("The MCP server did not answer with a JSON-RPC response");
const SERVER = "MCP server";

describe("in a call's MCP server", () => {
  const TARGET = "target call";
  // oxfmt-ignore
  const rows: [fault: string, behaviour: string, body: RegExp, hop: string, cause: string | RegExp][] = [
    ["never answers", "hang", CLIENT_ERROR, SERVER, /^answer: .*did not answer within 1 s/],
    ["begins a stream and stops", "stream-that-hangs", isError("Apache transport request failed"), TARGET, /^answer: .*did not answer within 1 s/],
    ["answers 500", "status:500", isError("Received error \\(500\\) from runtime\\."), SERVER, "HTTP status: 500"],
    ["answers 400", "status:400", isError("Received error \\(400\\) from runtime\\."), SERVER, "HTTP status: 400"],
    ["answers 401", "status:401", isError("Authorization error when sending message"), SERVER, "HTTP status: 401"],
    ["answers 403", "status:403", isError("Authorization error when sending message"), SERVER, "HTTP status: 403"],
    ["answers with HTML", "html", NO_RESPONSE, TARGET, "JSON-RPC response: text/html: <h1>Hello</h1>"],
    ["answers with nothing", "empty", NO_RESPONSE, TARGET, "JSON-RPC response: application/json: nothing"],
    ["answers with half of its JSON", "truncated", NO_RESPONSE, TARGET, 'JSON-RPC response: application/json: {"jsonrpc"'],
    ["answers with JSON without end of depth", "deep:5000", NO_RESPONSE, TARGET, 'JSON-RPC response: application/json: {"jsonrpc"'],
    ["answers another request", "wrong-id", NO_RESPONSE, TARGET, '"id":999999'],
    ["answers without result and error", "no-result", NO_RESPONSE, TARGET, "JSON-RPC response"],
    ["ends a stream without an answer", "stream-without-answer", NO_RESPONSE, TARGET, "JSON-RPC response: text/event-stream: : nothing"],
    ["answers with an error", "error:out of order", isError("out of order"), TARGET, "JSON-RPC result: error -32601: out of order"],
    ["answers with a wrong result", 'result:{"content":5}', isError("The MCP server answered tools/call with an invalid result"), TARGET, "JSON-RPC result: content: "],
    ["answers with more than a gateway takes", "oversize:30000", isError("The MCP server answered with more than 20000 bytes"), TARGET, "answer: The MCP server answered with more"],
    ["answers with more than a runtime gives", "oversize:50000", CLIENT_ERROR, SERVER, /^answer: .*more than 40000 bytes/],
    ["breaks the connection", "reset", CLIENT_ERROR, SERVER, /^answer: .*broke off/],
    ["breaks the connection in its answer", "reset-midway", CLIENT_ERROR, SERVER, /^answer: .*broke off/],
    ["crashes", "crash", CLIENT_ERROR, SERVER, /^answer: .*broke off/],
  ];

  test.each(rows)("fails where it %s, and the next call is answered", async (_, behaviour, body, hop, cause) => {
    await system.behave({ "tools/call": behaviour });
    const answer = await system.add();
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([200, expect.stringMatching(body)]);
    expectCause(system.emulator.calls().at(-1), hop, cause);
    await system.behave({});
    expect((await system.add()).body).toMatchObject({ result: { structuredContent: { result: 8 } } });
  });

  test.each(["slow:300", "stream", "stream-without-end"])(
    "is answered where the server takes its time or streams: %s",
    async (behaviour) => {
      await system.behave({ "tools/call": behaviour });
      expect((await system.add()).body).toMatchObject({ result: { structuredContent: { result: 8 } } });
    },
  );

  test("fails calls in flight when the process dies, and answers each exactly once", async () => {
    await system.behave({ "tools/call": "hang" });
    const inFlight = Array.from({ length: 8 }, () => system.add());
    const server = await system.emulator.account.runtimes.all()[0]?.container.url();
    await eventually(async () => (await seenRequests(server ?? "")).length >= inFlight.length);
    await system.emulator.account.runtimes.all()[0]?.container.stop();
    const texts = (await Promise.all(inFlight)).map(({ body }) => JSON.stringify(body));
    expect(texts).toEqual(Array.from({ length: 8 }, () => expect.stringContaining("Received error (424)") as string));
    for (const call of system.emulator.calls().slice(-8)) expectCause(call, SERVER, "answer: ");
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  });

  test("begins a new session where the server has lost the old one", async () => {
    const { gateways, gatewayTargets } = system.emulator.account;
    const [gateway] = gateways.all();
    await system.behave({ initialize: "session" });
    await gatewayTargets.synchronize(String(gateway?.attributes.gatewayId), String(gateway?.targets[0]?.targetId))
      .settled;
    await system.behave({ initialize: "session", "tools/call": "status:404" });
    const { body } = await system.add();
    expect(JSON.stringify(body)).toMatch(isError("Received error \\(404\\) from runtime\\."));
    const call = system.emulator.calls().at(-1);
    expectCause(call, SERVER, "HTTP status: 404");
    expect(call?.hops.filter(({ name }) => name === SERVER)).toHaveLength(4);
    await system.behave({});
  });
});

describe("in a target's synchronization", () => {
  const HOP = "target synchronization";
  const CONNECT = "Failed to connect and fetch tools from the provided MCP target server. Error - ";
  const VERSION = '{"protocolVersion":"2024-11-05","capabilities":{},"serverInfo":{"name":"x","version":"1"}}';
  const NO_SCHEMA = '{"tools":[{"name":"x","inputSchema":{"type":"no such type"}}]}';
  // oxfmt-ignore
  const rows: [fault: string, behaviours: Behaviours, reason: string, hop: string, cause: string | RegExp][] = [
    ["speaks only an old version", { initialize: `result:${VERSION}` }, `${CONNECT}Unsupported protocol version`, HOP, "protocolVersion: 2024-11-05"],
    ["refuses initialize", { initialize: "status:400" }, `${CONNECT}Received error (400) from runtime.`, SERVER, "HTTP status: 400"],
    ["wants a credential", { initialize: "status:401" }, `${CONNECT}Authorization error when sending message`, SERVER, "HTTP status: 401"],
    ["hangs in initialize", { initialize: "hang" }, `${CONNECT}Received error (424) from runtime.`, SERVER, /^answer: .*did not answer within 1 s/],
    ["stalls in its answer", { initialize: "stream-that-hangs" }, `${CONNECT}Apache transport request failed`, HOP, /^answer: .*did not answer within 1 s/],
    ["answers initialize with HTML", { initialize: "html" }, `${CONNECT}The MCP server did not answer with a JSON-RPC response`, HOP, "JSON-RPC response: text/html"],
    ["answers initialize without a version", { initialize: "result:{}" }, `${CONNECT}The MCP server answered initialize with an invalid result`, HOP, "JSON-RPC result: protocolVersion: "],
    ["refuses the notification", { "notifications/initialized": "status:500" }, `${CONNECT}Received error (500) from runtime.`, SERVER, "HTTP status: 500"],
    ["has no tools/list", { "tools/list": "error:Method not found: tools/list" }, `${CONNECT}Method not found: tools/list`, HOP, "JSON-RPC result: error -32601: Method not found"],
    ["lists no tools", { "tools/list": 'result:{"tools":5}' }, `${CONNECT}The MCP server answered tools/list with an invalid result`, HOP, "JSON-RPC result: tools: "],
    ["lists for ever", { "tools/list": "endless-pages" }, `${CONNECT}The MCP server has more than 1000 tools`, HOP, "list: 1002 tools and more"],
    ["lists empty pages for ever", { "tools/list": "empty-pages" }, `${CONNECT}The MCP server answered with an empty page`, HOP, "list: no tools, and a nextCursor"],
    ["has a tool with a schema that is none", { "tools/list": `result:${NO_SCHEMA}` }, "The input schema of the tool x is invalid", HOP, "input schema: The input schema of the tool x"],
    ["crashes", { "tools/list": "crash" }, `${CONNECT}Received error (424) from runtime.`, SERVER, /^answer: .*broke off/],
  ];

  test.each(rows)(
    "fails where the server %s, and the old catalogue stays",
    async (_, behaviours, reason, hop, cause) => {
      await system.behave(behaviours);
      const { status, statusReasons, tools } = await system.synchronize();
      expect([status, statusReasons]).toEqual(["SYNCHRONIZE_UNSUCCESSFUL", [expect.stringContaining(reason)]]);
      expect(tools).toHaveLength(2);
      expectCause(system.emulator.calls().at(-1), hop, cause);
      await system.behave({});
      expect((await system.synchronize()).status).toBe("READY");
    },
  );

  test("reads all pages of a server that has several", async () => {
    await system.behave({ "tools/list": "page-of-one" });
    const { tools } = await system.synchronize();
    expect(tools.map(({ serverName }) => serverName)).toEqual(["add_numbers", "multiply_numbers"]);
  });
});

test("fails with an opaque error where the gateway's exception level is not DEBUG, and the trace names the cause all the same", async () => {
  const plain = await FaultySystem.start(() => undefined);
  await plain.behave({ "tools/call": "status:500" });
  expect((await plain.add()).body).toEqual({
    jsonrpc: "2.0",
    id: 2,
    result: { content: [{ type: "text", text: "An internal error occurred. Please retry later." }], isError: true },
  });
  expectCause(plain.emulator.calls().at(-1), SERVER, "HTTP status: 500");
});
