import * as z from "zod";

import type { Emulator } from "../../emulator";
import { defineTool } from "../../server/tool";
import { run } from "../server/support/run";
import { anyVersionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn } from "../support/callers";
import { CLIENT_2, installSdk2 } from "../support/mcp-sdk-2";
import { testUnless } from "../support/skip";
import { toolServer } from "../support/tool-server";

const client2Test = testUnless(installSdk2());

const VERSION = "2026-07-28";
const PREFIX = "io.modelcontextprotocol/";
const name = "m2m-auth-demo-mcp-target___book";
const arguments_ = { city: "Rome" };

const BOOKING = defineTool({
  name: "book",
  description: "Asks a person",
  input: z.object({ city: z.string() }),
  output: z.string(),
  async handler({ city }, { elicit }) {
    const sure = await elicit({ name: "sure", message: `Book ${city}?`, answer: z.object({ yes: z.boolean() }) });
    return `${sure.action} ${city}`;
  },
});

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  emulator = await emulate(await anyVersionStack(), { serverCommand: toolServer([BOOKING]) });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

async function call(capabilities: object, more: object = {}): Promise<unknown> {
  const _meta = { [`${PREFIX}protocolVersion`]: VERSION, [`${PREFIX}clientCapabilities`]: capabilities };
  const message = {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name, arguments: arguments_, ...more, _meta },
  };
  const stated = { "mcp-protocol-version": VERSION, "mcp-method": "tools/call", "mcp-name": name };
  return (await postMcp(url, message, { ...bearer(token), ...stated })).body;
}

test("what a target asks is a result, and the call with the answer goes on: without sessions and streams", async () => {
  const asked = (await call({ elicitation: {} })) as { result: { inputRequests: object; requestState: string } };
  expect(asked).toMatchObject({
    id: 1,
    result: {
      resultType: "input_required",
      inputRequests: { sure: { method: "elicitation/create", params: { message: "Book Rome?" } } },
      _meta: { [`${PREFIX}serverInfo`]: { name: "m2m-auth-demo-gateway" } },
    },
  });
  const { requestState } = asked.result;
  const inputResponses = { sure: { action: "accept", content: { yes: true } } };
  expect(await call({ elicitation: {} }, { inputResponses, requestState })).toMatchObject({
    result: { resultType: "complete", structuredContent: { result: "accept Rome" } },
  });
  expect(await call({ elicitation: {} }, { inputResponses, requestState: "tampered" })).toMatchObject({
    result: { isError: true },
  });
});

test("a caller that can be asked nothing is not asked", async () => {
  expect(await call({})).toMatchObject({ result: { isError: true } });
});

test("a target on AgentCore Runtime is asked once what it speaks", async () => {
  const asked = emulator
    .calls()
    .flatMap(({ hops }) => hops)
    .filter(({ name: hop, request }) => hop === "MCP server" && request?.operation === "server/discover");
  expect(asked).toHaveLength(1);
});

client2Test("@modelcontextprotocol/client pinned to 2026-07-28 answers, and gets the result", async () => {
  const script = `
    import { Client, StreamableHTTPClientTransport } from ${JSON.stringify(CLIENT_2)};
    const options = { versionNegotiation: { mode: { pin: "${VERSION}" } }, capabilities: { elicitation: { form: {} } } };
    const client = new Client({ name: "test", version: "1.0.0" }, options);
    client.setRequestHandler("elicitation/create", async () => ({ action: "accept", content: { yes: true } }));
    const init = { requestInit: { headers: ${JSON.stringify(bearer(token))} } };
    await client.connect(new StreamableHTTPClientTransport(new URL(${JSON.stringify(url)}), init));
    const called = await client.callTool(${JSON.stringify({ name, arguments: arguments_ })});
    console.log(JSON.stringify(called.structuredContent));
    await client.close();
  `;
  const { code, stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", script]);
  expect(`${stderr}${code}`).toBe("0");
  expect(JSON.parse(stdout)).toEqual({ result: "accept Rome" });
});
