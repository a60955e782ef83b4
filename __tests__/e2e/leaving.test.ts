import * as z from "zod";

import type { Emulator } from "../../emulator";
import { defineTool } from "../../server/tool";
import { anyVersionStack, streamingStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, outboundToken, signIn, toolsCall } from "../support/callers";
import { eventually } from "../support/eventually";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";
import { addSecondServer, SECOND_TARGET } from "../support/second-server";
import { toolServer } from "../support/tool-server";

const TARGET = "m2m-auth-demo-mcp-target";
const VERSION = "2026-07-28";

let begun = 0;
let cancelled = 0;
const SILENT_TOOL = defineTool({
  name: "wait",
  description: "Says nothing until nobody wants to know",
  input: z.object({}),
  handler: (_, { signal }) =>
    new Promise((_, reject) => {
      begun += 1;
      signal.addEventListener("abort", () => {
        cancelled += 1;
        reject(new Error("cancelled"));
      });
    }),
});

/** Knows the handshake alone, and never answers a call. */
function silentServer(): { program: string; arguments: string[] } {
  const { program, arguments: script } = scriptedServer();
  return { program, arguments: [...script, "null", JSON.stringify({ "tools/call": "hang" })] };
}

interface Asking {
  readonly tool: string;
  readonly token: string;
  readonly toolArguments?: object;
  readonly accept?: string;
}

/** Asks in 2026-07-28, and goes away once `asked` holds. */
async function leave(
  url: string,
  { tool, token, toolArguments = {}, accept = "application/json, text/event-stream" }: Asking,
  asked: () => Promise<boolean>,
): Promise<void> {
  const gone = new AbortController();
  const prefix = "io.modelcontextprotocol/";
  const _meta = { [`${prefix}protocolVersion`]: VERSION, [`${prefix}clientCapabilities`]: {} };
  const stated = { "mcp-protocol-version": VERSION, "mcp-method": "tools/call", "mcp-name": tool };
  const params = { name: tool, arguments: toolArguments, _meta };
  const left = fetch(url, {
    method: "POST",
    headers: { ...bearer(token), "content-type": "application/json", accept, ...stated },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
    signal: gone.signal,
  });
  await eventually(asked);
  gone.abort();
  await expect(left).rejects.toThrow("aborted");
}

/** Whether a count has grown since. */
function grows(count: () => number): () => Promise<boolean> {
  const before = count();
  return async () => count() > before;
}

describe.each([
  ["answers in JSON", anyVersionStack],
  ["streams its answers", streamingStack],
])("a caller of 2026-07-28 who leaves a gateway that %s, before anything was said,", (_, stack) => {
  let emulator: Emulator;
  let url: string;
  let token: string;

  beforeAll(async () => {
    emulator = await emulate(await stack(addSecondServer), {
      serverCommand: toolServer([SILENT_TOOL]),
      serverCommands: { second_server: silentServer() },
    });
    url = outputOf(emulator, "gateway_url");
    token = await signIn(emulator);
  }, 120_000);

  test.each(["application/json", "application/json, text/event-stream"])(
    "cancels the call at a server on a runtime, having asked for %s",
    async (accept) => {
      const [hasBegun, isCancelled] = [grows(() => begun), grows(() => cancelled)];
      await leave(url, { tool: `${TARGET}___wait`, token, accept }, hasBegun);
      await eventually(isCancelled);
      await eventually(async () => JSON.stringify(emulator.calls().at(-1)).includes("Request cancelled"));
    },
  );

  test("has a server of the handshake told of his call, and of no other in its session", async () => {
    const server = await serverOfRuntime(emulator, "second_server");
    const seen = async (method: string) => (await seenRequests(server)).filter((one) => one.method === method);
    const tool = `${SECOND_TARGET}___add_numbers`;
    const stays = new AbortController();
    const stayed = fetch(url, {
      method: "POST",
      headers: { ...bearer(token), "content-type": "application/json", "mcp-protocol-version": "2025-11-25" },
      body: JSON.stringify(toolsCall(tool, { a: 1, b: 1 })),
      signal: stays.signal,
    });
    await eventually(async () => (await seen("tools/call")).length === 1);
    await leave(
      url,
      { tool, token, toolArguments: { a: 2, b: 2 } },
      async () => (await seen("tools/call")).length === 2,
    );
    await eventually(async () => (await seen("notifications/cancelled")).length === 1);
    const [first, second] = await seen("tools/call");
    const [told] = await seen("notifications/cancelled");
    expect(told?.params).toEqual({ requestId: second?.id });
    expect(first?.id).not.toBe(second?.id);
    stays.abort();
    await expect(stayed).rejects.toThrow("aborted");
  });

  test("is noticed by a server that he calls at its runtime himself", async () => {
    const [hasBegun, isCancelled] = [grows(() => begun), grows(() => cancelled)];
    await leave(
      String(emulator.gateways()[0]?.targets[0]?.endpoint),
      { tool: "wait", token: await outboundToken(emulator) },
      hasBegun,
    );
    await eventually(isCancelled);
  });
});
