import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";

import type { Emulator } from "../../emulator";
import { sessionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, signIn } from "../support/callers";
import {
  atServer,
  CARRIED,
  change,
  type Difference,
  ERRORS_TOLD,
  GUIDE,
  has,
  INSTRUCTIONS,
  made,
  type Message,
  SORTED_TOOLS,
} from "../support/differences";

const SERVER = join(__dirname, "../support/servers/asking-server.mjs");
const TARGET = "m2m-auth-demo-mcp-target";

/** One walk of one client; what it says and hears, with the ids of questions by their order. */
async function walk(url: string, headers: Record<string, string>, prefix: string): Promise<Message[]> {
  const capabilities = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
  const client = new Client({ name: "walker", version: "1.0.0" }, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: { yes: true } }));
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: "m1",
    role: "assistant",
    content: { type: "text", text: "x" },
  }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [] }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, () => undefined);
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  const log: Message[] = [];
  const send = transport.send.bind(transport);
  transport.send = (message, options) => {
    log.push({ ...message });
    return send(message, options);
  };
  const connected = client.connect(transport);
  const heard = transport.onmessage;
  transport.onmessage = (message) => {
    log.push({ ...message });
    heard?.(message);
  };
  await connected;
  const call = (name: string, args = {}, options = {}) =>
    client.callTool({ name: `${prefix}${name}`, arguments: args, ...options }).catch(() => undefined);
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    cursor = (await client.listTools({ cursor })).nextCursor;
  }
  await call("add", { a: 5, b: 3 }, { _meta: { trace: "t1" } });
  await client.callTool({ name: `${prefix}work`, arguments: {} }, undefined, { onprogress: () => undefined });
  for (const name of ["decide", "visit", "think", "look"]) await call(name);
  await client.listPrompts();
  await client.getPrompt({ name: `${prefix}greet`, arguments: { name: "Ann" } });
  await client.listResources();
  await client.listResourceTemplates();
  for (const uri of ["note://one", "note://two/text"]) await client.readResource({ uri });
  await client.ping();
  await transport.terminateSession();
  await client.close();
  return comparable(log, prefix);
}

/** Without what differs from run to run: the target's name before others, and the ids of questions. */
function comparable(log: readonly Message[], prefix: string): Message[] {
  const questions: unknown[] = [];
  return (JSON.parse(JSON.stringify(log).replaceAll(prefix || "\u0000", "")) as Message[]).map((message) => {
    const { id, method } = message;
    if (method === "elicitation/create" || method === "sampling/createMessage" || method === "roots/list") {
      questions.push(id);
      return { ...message, id: `question ${questions.length}` };
    }
    const index = "result" in message ? questions.lastIndexOf(id) : -1;
    const isAnswer =
      index >= 0 && !log.some((one) => one["id"] === id && "method" in one && one["method"] === "tools/call");
    return isAnswer ? { ...message, id: `question ${index + 1}` } : message;
  });
}

/** In the order in which they are made of what the server says by itself. */
const DIFFERENCES: readonly Difference[] = [
  {
    what: "the gateway is the server, with what it carries as capabilities and its own instructions",
    source: `${GUIDE}/gateway-sessions.html`,
    make: change(has("serverInfo"), ({ protocolVersion }) => ({
      protocolVersion,
      capabilities: CARRIED,
      serverInfo: { name: "m2m-auth-demo-gateway", version: "1.0.0" },
      instructions: INSTRUCTIONS,
    })),
  },
  SORTED_TOOLS,
  ERRORS_TOLD,
  {
    what: "roots are no operation of a gateway: the target is told that there is no such method",
    source: `${GUIDE}/gateway-using.html`,
    make: (messages) => {
      const at = messages.findIndex(({ method }) => method === "roots/list");
      const answer = messages[at + 2];
      if (!answer) return [...messages];
      const text = "MCP error -32601: Method not found: roots/list";
      const failed = { ...answer, result: { content: [{ type: "text", text }], isError: true } };
      return [...messages.slice(0, at), failed, ...messages.slice(at + 3)];
    },
  },
];

let emulator: Emulator;
let direct: Message[];
let through: Message[];

beforeAll(async () => {
  direct = await atServer([SERVER], (url) => walk(url, {}, ""));
  const serverCommand = { program: process.execPath, arguments: [SERVER] };
  emulator = await emulate(await sessionStack(), { serverCommand });
  through = await walk(outputOf(emulator, "gateway_url"), bearer(await signIn(emulator)), `${TARGET}___`);
}, 120_000);

test("a server behind runtime and gateway is what it is by itself, but for what AWS makes of it", () => {
  expect(through).toEqual(made(DIFFERENCES, direct));
});

test.each(DIFFERENCES)("$what ($source)", ({ make }) => {
  expect(make(direct)).not.toEqual(direct);
});
