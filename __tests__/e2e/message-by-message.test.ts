import { spawn } from "node:child_process";
import { once } from "node:events";
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

const SERVER = join(__dirname, "../support/servers/asking-server.mjs");
const TARGET = "m2m-auth-demo-mcp-target";
const GUIDE = "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide";

type Message = Readonly<Record<string, unknown>>;

/** One walk of one client; what it says and hears, with the ids of questions by their order. */
async function walk(url: string, headers: Record<string, string>, prefix: string): Promise<Message[]> {
  const capabilities = { elicitation: {}, sampling: {}, roots: {} };
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
  for (const name of ["decide", "think", "look"]) await call(name);
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

/** What a gateway makes of a message, and who says so. */
interface Difference {
  readonly what: string;
  readonly source: string;
  /** @returns another list of messages where the difference shows */
  readonly make: (messages: readonly Message[]) => Message[];
}

const result = (message: Message): Message => (message["result"] ?? {}) as Message;
const has = (member: string) => (message: Message) => member in result(message);

function change(which: (message: Message) => boolean, to: (found: Message) => Message): Difference["make"] {
  return (messages) =>
    messages.map((message) => (which(message) ? { ...message, result: to(result(message)) } : message));
}

interface ListedTool extends Message {
  readonly name: string;
}

/** In the order in which they are made of what the server says by itself. */
const DIFFERENCES: readonly Difference[] = [
  {
    what: "the gateway is the server, with what it carries as capabilities and its own instructions",
    source: `${GUIDE}/gateway-sessions.html`,
    make: change(has("serverInfo"), ({ protocolVersion }) => ({
      protocolVersion,
      capabilities: {
        tools: { listChanged: false },
        prompts: { listChanged: false },
        resources: { subscribe: false, listChanged: false },
      },
      serverInfo: { name: "m2m-auth-demo-gateway", version: "1.0.0" },
      instructions: "M2M OAuth authenticated MCP Gateway",
    })),
  },
  {
    what: "tools stand in the order of their names without titles, behind the search tool",
    source: `${GUIDE}/gateway-using-mcp-list.html`,
    make: change(has("tools"), ({ tools }) => ({
      tools: [
        expect.objectContaining({ name: "x_amz_bedrock_agentcore_search" }) as Message,
        ...(tools as ListedTool[])
          .toSorted((one, other) => (one.name < other.name ? -1 : 1))
          .map((tool) => expect.objectContaining(shown(tool)) as Message),
      ],
    })),
  },
  {
    what: "results say whether they are errors",
    source: "Classmethod, January 2026: the article's transcript",
    make: change(
      (message) => Array.isArray(result(message)["content"]),
      (found) => ({ isError: false, ...found }),
    ),
  },
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

/** What a gateway keeps of a tool, whose input schema it shows without titles. */
function shown({ name, description, inputSchema, outputSchema }: Message): Message {
  const { type } = inputSchema as Message;
  const members = { name, description, inputSchema: expect.objectContaining({ type }) as unknown };
  return outputSchema === undefined ? members : { ...members, outputSchema };
}

let emulator: Emulator;
let direct: Message[];
let through: Message[];

beforeAll(async () => {
  const server = spawn(process.execPath, [SERVER], { env: { ...process.env, PORT: "0" } });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  direct = await walk(`http://127.0.0.1:${line.toString().trim().split(" ").at(-1)}/mcp`, {}, "");
  server.kill();
  const serverCommand = { program: process.execPath, arguments: [SERVER] };
  emulator = await emulate(await sessionStack(), { serverCommand });
  through = await walk(outputOf(emulator, "gateway_url"), bearer(await signIn(emulator)), `${TARGET}___`);
}, 120_000);
afterAll(() => emulator.stop());

test("a server behind runtime and gateway is what it is by itself, but for what AWS makes of it", () => {
  const expected = DIFFERENCES.reduce<readonly Message[]>((messages, { make }) => make(messages), direct);
  expect(through).toEqual(expected);
});

test.each(DIFFERENCES)("$what ($source)", ({ make }) => {
  expect(make(direct)).not.toEqual(direct);
});
