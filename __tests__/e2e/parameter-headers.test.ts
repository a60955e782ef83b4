import * as z from "zod";

import type { Emulator } from "../../emulator";
import { defineTool } from "../../server/tool";
import { run } from "../server/support/run";
import { anyVersionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn } from "../support/callers";
import { expectCause } from "../support/cause";
import { CLIENT_2, installSdk2 } from "../support/mcp-sdk-2";
import { testUnless } from "../support/skip";
import { toolServer } from "../support/tool-server";

const VERSION = "2026-07-28";
const PREFIX = "io.modelcontextprotocol/";
const name = "m2m-auth-demo-mcp-target___locate";

/** The bundled server checks the header itself, in requests of 2026-07-28. */
const LOCATE = defineTool({
  name: "locate",
  description: "Takes an argument that a header repeats",
  input: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
  output: z.string(),
  handler: ({ region }) => region,
});

const MEASURE = defineTool({
  name: "measure",
  description: "Asks for what no header may repeat",
  input: z.object({ length: z.number().meta({ "x-mcp-header": "Length" }) }),
  output: z.number(),
  handler: ({ length }) => length,
});

function locating(request_header_allowlist?: string[], supported_versions?: string[]): Promise<Emulator> {
  const folder = anyVersionStack((resources) => {
    const [runtime] = Object.values(resources["aws_bedrockagentcore_agent_runtime"] ?? {});
    const [gateway] = Object.values(resources["aws_bedrockagentcore_gateway"] ?? {});
    Object.assign(gateway ?? {}, { exception_level: "DEBUG" });
    const { mcp } = (gateway as { protocol_configuration: { mcp: object[] }[] }).protocol_configuration[0] ?? {};
    Object.assign(mcp?.[0] ?? {}, supported_versions && { supported_versions });
    const listed = { request_header_configuration: [{ request_header_allowlist }] };
    Object.assign(runtime ?? {}, request_header_allowlist ? listed : {});
  });
  return folder.then((path) => emulate(path, { serverCommand: toolServer([LOCATE, MEASURE]) }));
}

async function call(emulator: Emulator, region: string, headers: Record<string, string>) {
  const _meta = { [`${PREFIX}protocolVersion`]: VERSION, [`${PREFIX}clientCapabilities`]: {} };
  const params = { name, arguments: { region }, _meta };
  const stated = { "mcp-protocol-version": VERSION, "mcp-method": "tools/call", "mcp-name": name, ...headers };
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
  return postMcp(outputOf(emulator, "gateway_url"), message, { ...bearer(await signIn(emulator)), ...stated });
}

describe("a tool that asks for an argument in a header, on a runtime whose allowlist has that header", () => {
  let emulator: Emulator;
  beforeAll(async () => (emulator = await locating(["Mcp-Param-Region"])), 120_000);

  test("is answered where header and argument agree", async () => {
    expect(await call(emulator, "Zürich", { "mcp-param-region": "=?base64?WsO8cmljaA==?=" })).toMatchObject({
      status: 200,
      body: { result: { structuredContent: { result: "Zürich" } } },
    });
  });

  test.each([
    ["is left out", {}],
    ["says something else", { "mcp-param-region": "Bern" }],
  ])("is refused before the target is called where the header %s", async (_, headers) => {
    expect(await call(emulator, "Rome", headers)).toMatchObject({
      status: 400,
      body: { id: 1, error: { code: -32020 } },
    });
    const message = "Header mismatch: mcp-param-region must be the argument region";
    expectCause(emulator.calls().at(-1), "MCP method", `request metadata: ${message}`);
  });

  testUnless(installSdk2())("@modelcontextprotocol/client mirrors it by itself", async () => {
    const script = `
      import { Client, StreamableHTTPClientTransport } from ${JSON.stringify(CLIENT_2)};
      const options = { versionNegotiation: { mode: { pin: "${VERSION}" } } };
      const client = new Client({ name: "test", version: "1.0.0" }, options);
      const init = { requestInit: { headers: ${JSON.stringify(bearer(await signIn(emulator)))} } };
      const url = new URL(${JSON.stringify(outputOf(emulator, "gateway_url"))});
      await client.connect(new StreamableHTTPClientTransport(url, init));
      await client.listTools();
      const called = await client.callTool({ name: ${JSON.stringify(name)}, arguments: { region: " Rome " } });
      console.log(JSON.stringify(called.structuredContent));
      await client.close();
    `;
    const { code, stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", script]);
    // The client, too, leaves out the tool that no client may call.
    expect([stderr, code]).toEqual([expect.stringMatching(/excluding tool '\S+measure' from tools\/list/), 0]);
    expect(JSON.parse(stdout)).toEqual({ result: " Rome " });
  });
});

test("without the allowlist the header ends at the runtime, and the server refuses the call", async () => {
  const emulator = await locating();
  const { body } = await call(emulator, "Rome", { "mcp-param-region": "Rome" });
  const content = [{ type: "text", text: "Received error (400) from runtime." }];
  expect(body).toMatchObject({ result: { isError: true, content } });
});

test("a target of 2026-07-28 has no tools that ask for headers wrongly", async () => {
  const emulator = await locating(undefined, [VERSION]);
  const [target] = emulator.account.gateways.all()[0]?.targets ?? [];
  expect(target?.tools.map(({ serverName }) => serverName)).toEqual(["locate"]);
});
