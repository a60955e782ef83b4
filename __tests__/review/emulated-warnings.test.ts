import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { readInventory } from "../topology/reading";

import * as z from "zod";

import { type Emulator, type EmulatorOptions, lambdaHandler } from "../../emulator";
import { review } from "../../review";
import { inventoryOf, parseDocument } from "../../topology";
import { defineTool } from "../../server/tool";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import { consentOptions, consentStack } from "../support/consent-stack";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";
import { toolServer } from "../support/tool-server";
import { temporaryFolder } from "../support/temporary-folder";
import { block, cleanStack, GATEWAY, RUNTIME, type Stack, TARGET } from "./clean-stack";
import { mistakes } from "./mistakes";
import { allowGateway } from "../support/policies";

/** Whether the review warns of a mistake, and what is seen of it in the emulated system. */
async function withMistake(
  rule: string,
  title: string,
  observe: (emulator: Emulator, url: string, headers: Record<string, string>) => Promise<unknown>,
  mend: (stack: Stack) => void = () => undefined,
  options: Partial<EmulatorOptions> = {},
): Promise<unknown> {
  const stack = cleanStack();
  mistakes.find((mistake) => mistake.rule === rule && mistake.title === title)?.bend(stack);
  mend(stack);
  const path = join(temporaryFolder({}), "main.tf.json");
  writeFileSync(path, JSON.stringify(stack));
  const { findings } = review(inventoryOf(parseDocument(path, Buffer.from(JSON.stringify(stack)))));
  const emulator = await emulate(path, { serverCommand: scriptedServer(), ...options });
  const seen = await observe(emulator, outputOf(emulator, "gateway_url"), bearer(await signIn(emulator)));
  return { isFound: findings.some((finding) => finding.rule === rule), seen };
}

async function tenantSeen(emulator: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  await postMcp(url, toolsCall("tools___add_numbers", { a: 5, b: 3 }), { ...headers, "x-tenant": "blue" });
  return (await seenRequests(await serverOfRuntime(emulator, "tools"))).at(-1)?.headers["x-tenant"];
}

test("passed-header-dropped: the header ends at the runtime, until that takes it", async () => {
  const mistake = [
    "passed-header-dropped",
    "a header that a target passes on to a runtime that does not take it",
    tenantSeen,
  ] as const;
  const mend = (stack: Stack) => {
    block(stack, RUNTIME)["request_header_configuration"] = { request_header_allowlist: ["X-Tenant"] };
  };
  expect(await withMistake(...mistake)).toEqual({ isFound: true, seen: undefined });
  expect(await withMistake(...mistake, mend)).toEqual({ isFound: false, seen: "blue" });
});

const LOCATE = defineTool({
  name: "locate",
  description: "Takes an argument that a header repeats",
  input: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
  output: z.string(),
  handler: ({ region }) => region,
});

async function located(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const name = "tools___locate";
  const prefix = "io.modelcontextprotocol/";
  const _meta = { [`${prefix}protocolVersion`]: "2026-07-28", [`${prefix}clientCapabilities`]: {} };
  const stated = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": name };
  const message = { ...toolsCall(name, { region: "Rome" }), params: { name, arguments: { region: "Rome" }, _meta } };
  const { body } = await postMcp(url, message, { ...headers, ...stated, "mcp-param-region": "Rome" });
  return (body as { result?: { isError?: boolean } }).result?.isError;
}

test("passed-header-dropped: the server refuses a call without the header of an argument", async () => {
  const mistake = [
    "passed-header-dropped",
    "an argument that a tool asks for in a header, which the runtime does not take",
    located,
  ] as const;
  const mend = (stack: Stack) => {
    block(stack, RUNTIME)["request_header_configuration"] = { request_header_allowlist: ["Mcp-Param-Region"] };
  };
  const options = { serverCommand: toolServer([LOCATE]) };
  expect(await withMistake(...mistake, undefined, options)).toEqual({ isFound: true, seen: true });
  expect(await withMistake(...mistake, mend, options)).toEqual({ isFound: false, seen: false });
});

async function unversionedStatus(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const accept = "application/json, text/event-stream";
  const request = { method: "POST", headers: { ...headers, "content-type": "application/json", accept } };
  return (await fetch(url, { ...request, body: JSON.stringify(toolsList) })).status;
}

test("gateway-version-missing: a request without a version is refused, until the gateway speaks the oldest", async () => {
  const mistake = [
    "gateway-version-missing",
    "a gateway that lacks the version of clients without a header",
    unversionedStatus,
  ] as const;
  const mend = (stack: Stack) => {
    block(stack, GATEWAY, "protocol_configuration", "mcp")["supported_versions"] = ["2025-03-26", "2025-06-18"];
  };
  expect(await withMistake(...mistake)).toEqual({ isFound: true, seen: 400 });
  expect(await withMistake(...mistake, mend)).toEqual({ isFound: false, seen: 200 });
});

async function isSearched(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const search = toolsCall("x_amz_bedrock_agentcore_search", { query: "add two numbers" });
  return JSON.stringify((await postMcp(url, search, headers)).body).includes("tools___add_numbers");
}

test("listing-not-searched: the search finds none of the target's tools, until they are listed in advance", async () => {
  const mistake = ["listing-not-searched", "a live target at a gateway that searches", isSearched] as const;
  const mend = (stack: Stack) => {
    delete block(stack, TARGET, "target_configuration", "mcp", "mcp_server")["listing_mode"];
  };
  expect(await withMistake(...mistake)).toEqual({ isFound: true, seen: false });
  expect(await withMistake(...mistake, mend)).toEqual({ isFound: false, seen: true });
});

const SERVERS = join(__dirname, "../support/servers");
const ASKING = { serverCommand: { program: process.execPath, arguments: [join(SERVERS, "asking-server.mjs")] } };

const initialize = (capabilities: object) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "x", version: "1" } },
});

function setStreaming(isOn: boolean): (stack: Stack) => void {
  return (stack) => {
    const mcp = block(stack, GATEWAY, "protocol_configuration", "mcp");
    mcp["streaming_configuration"] = { enable_response_streaming: isOn };
  };
}

/** Lets the gateway's role invoke its interceptor. */
function invoking(isStreaming: boolean): (stack: Stack) => void {
  return (stack) => {
    setStreaming(isStreaming)(stack);
    allowGateway(stack.resource, "guard", "lambda:InvokeFunction");
  };
}

/** What a caller who can be asked hears first of a tool that asks. */
async function heardFirst(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const begun = await postMcp(url, initialize({ elicitation: {} }), headers);
  const session = { ...headers, "mcp-session-id": begun.headers.get("mcp-session-id") ?? "" };
  const message = toolsCall("tools___decide", {});
  const response = await fetch(url, {
    method: "POST",
    headers: { ...session, "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify(message),
  });
  for await (const chunk of response.body ?? []) {
    return /elicitation\/create|isError/.exec(Buffer.from(chunk).toString())?.[0];
  }
  return undefined;
}

test("sessions-ineffective: a target asks nobody, until the gateway streams", async () => {
  const mistake = ["sessions-ineffective", "sessions of a gateway that does not stream", heardFirst] as const;
  expect(await withMistake(...mistake, undefined, ASKING)).toEqual({ isFound: true, seen: "isError" });
  expect(await withMistake(...mistake, setStreaming(true), ASKING)).toEqual({
    isFound: false,
    seen: "elicitation/create",
  });
});

async function toldOfStreams(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const call = toolsCall("tools___work", {});
  const message = { ...call, params: { ...call.params, _meta: { tell: true } } };
  return /isStreamingResponse\W+true/.test(JSON.stringify((await postMcp(url, message, headers)).body));
}

test("streaming-interceptor: the function is told of events, until the gateway streams no more", async () => {
  const mistake = [
    "streaming-interceptor",
    "an interceptor of answers at a gateway that streams",
    toldOfStreams,
  ] as const;
  const options = {
    ...ASKING,
    lambdaHandlers: { f: lambdaHandler(`${join(SERVERS, "event-interceptor.js")}#handler`) },
  };
  expect(await withMistake(...mistake, invoking(true), options)).toEqual({ isFound: true, seen: true });
  expect(await withMistake(...mistake, invoking(false), options)).toEqual({ isFound: false, seen: false });
});

test("sessions-ineffective: a gateway of 2026-07-28 alone begins no session", async () => {
  const begin = async (_: Emulator, url: string, headers: Record<string, string>) =>
    (await postMcp(url, initialize({}), headers)).headers.get("mcp-session-id");
  const title = "sessions at a version that has none";
  expect(await withMistake("sessions-ineffective", title, begin)).toEqual({ isFound: true, seen: null });
});

/** The status of a call, and which buckets of rate limits were asked. */
async function asked(emulator: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const { status } = await postMcp(url, toolsCall("tools___add_numbers", { a: 5, b: 3 }), headers);
  const hop = emulator
    .calls()
    .at(-1)
    ?.hops.find(({ name }) => name === "rate limits");
  return [status, /asked were .*/.exec(hop?.checks[0]?.actual ?? "")?.[0]];
}

test.each(["a rate limit by a principal at a gateway with tokens", "a rate limit for a tool without its target"])(
  "rate-limit-ineffective: %s is skipped",
  async (title) => {
    const seen = [200, "asked were none"];
    expect(await withMistake("rate-limit-ineffective", title, asked)).toEqual({ isFound: true, seen });
  },
);

test("rate-limit-blocks-all: every call is answered with 429", async () => {
  const seen = [429, expect.stringMatching(/^asked were \w{10}:requests:/) as string];
  expect(await withMistake("rate-limit-blocks-all", "a rate limit of 0 for everybody", asked)).toEqual({
    isFound: true,
    seen,
  });
});

test("return-url-missing: who names no page of his own is not asked", async () => {
  const folder = await consentStack({ oauth: { default_return_url: undefined } });
  expect(review(readInventory(folder)).findings.map(({ rule }) => rule)).toContain("return-url-missing");
  const emulator = await emulate(folder, consentOptions("http://127.0.0.1:9"));
  const headers = bearer(await signIn(emulator));
  const { body } = await postMcp(outputOf(emulator, "gateway_url"), toolsCall("notes___me", {}), headers);
  expect(JSON.stringify(body)).not.toContain("-32042");
  const hops = emulator.calls().at(-1)?.hops ?? [];
  expect(hops.find(({ name }) => name === "token vault")?.failure).toBeDefined();
});
