import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";

import type { Emulator } from "../../emulator";
import { INSPECTOR, installClientTools, NODE_22 } from "../server/support/client-tools";
import { run } from "../server/support/run";
import { missing, testUnless } from "../support/skip";
import { anyVersionStack, VERSIONS } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../support/callers";
import { scriptedServer } from "../support/scripted-server";
import { addSecondServer } from "../support/second-server";

const PYTHON = process.env["PYTHON"] ?? "python3";
const inspectorTest = testUnless(installClientTools());
const pythonTest = testUnless(missing(PYTHON, ["-c", "from mcp import Client"]));

const SEARCH = "x_amz_bedrock_agentcore_search";
const TARGET = "m2m-auth-demo-mcp-target";

let emulator: Emulator;
let url: string;
let token: string;

/** The article's system with a second runtime, at a gateway that speaks every version. */
beforeAll(async () => {
  const folder = await anyVersionStack(addSecondServer);
  emulator = await emulate(folder, { serverCommands: { second_server: scriptedServer() } });
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
});

async function connect(): Promise<Client> {
  const client = new Client({ name: "test", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: bearer(token) } }));
  return client;
}

describe("the TypeScript SDK's client", () => {
  let client: Client;
  beforeAll(async () => (client = await connect()));
  afterAll(() => client.close());

  test("agrees on the newest version and learns the gateway's name and instructions", () => {
    expect(client.getServerVersion()).toEqual({ name: "m2m-auth-demo-gateway", version: "1.0.0" });
    expect(client.getInstructions()).toBe("M2M OAuth authenticated MCP Gateway");
    expect((client.transport as StreamableHTTPClientTransport).protocolVersion).toBe("2025-11-25");
  });

  test("lists every page and calls tools of both targets", async () => {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools({ cursor });
      names.push(...page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(names[0]).toBe(SEARCH);
    expect(names).toHaveLength(6);
    for (const name of [`${TARGET}___add_numbers`, "second-target___add_numbers"]) {
      expect(await client.callTool({ name, arguments: { a: 5, b: 3 } })).toMatchObject({
        structuredContent: { result: 8 },
      });
    }
  });

  test("finds tools by the search tool, and pings", async () => {
    const found = CallToolResultSchema.parse(
      await client.callTool({ name: SEARCH, arguments: { query: "greet a person" } }),
    );
    const { tools: matches } = found.structuredContent as { tools: { name: string }[] };
    expect(matches[0]?.name).toBe(`${TARGET}___greet_user`);
    expect(await client.ping()).toEqual({});
  });

  test("fails as a protocol error on an unknown tool, and as a tool error on wrong arguments", async () => {
    await expect(client.callTool({ name: "nothing", arguments: {} })).rejects.toThrow(
      "MCP error -32602: Unknown tool: nothing",
    );
    expect(await client.callTool({ name: `${TARGET}___add_numbers`, arguments: { a: 5 } })).toMatchObject({
      isError: true,
    });
  });

  test.each(VERSIONS)("is answered on the version %s where it asks for that", async (version) => {
    const initialize = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { protocolVersion: version, capabilities: {}, clientInfo: { name: "x", version: "1" } },
    };
    const { body } = await postMcp(url, initialize, bearer(token));
    expect(body).toMatchObject({ result: { protocolVersion: version } });
    expect((await postMcp(url, toolsList, { ...bearer(token), "mcp-protocol-version": version })).status).toBe(200);
    const accepted = await postMcp(url, { jsonrpc: "2.0", method: "notifications/initialized" }, bearer(token));
    expect([accepted.status, accepted.body]).toEqual([202, ""]);
  });
});

describe("an independent OAuth client", () => {
  const script = join(__dirname, "../support/servers/oauth-client.mjs");

  test("gets an M2M token from the outbound pool, which the runtime takes", async () => {
    const provider = emulator.account.credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
    const discoveryUrl = provider.discoveryUrl?.replace("https://", `${emulator.url}/`) ?? "";
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [script, discoveryUrl, provider.clientId, "mcp-server/tools.read"],
      {
        env: { ...process.env, CLIENT_SECRET: provider.clientSecret },
      },
    );
    const answer = JSON.parse(stdout) as { access_token: string };
    expect(answer).toMatchObject({ token_type: "bearer", expires_in: 3600 });
    const runtimeUrl = String(emulator.gateways()[0]?.targets[0]?.endpoint);
    expect(await postMcp(runtimeUrl, toolsList, bearer(answer.access_token))).toMatchObject({ status: 200 });
  });
});

inspectorTest(
  "the Inspector lists and calls tools, and says with its exit code that a token is missing",
  async () => {
    const inspect = (...args: string[]) =>
      run(NODE_22, [INSPECTOR, "--cli", url, "--transport", "http", "--stored-auth-only", "--format", "json", ...args]);
    const authorization = ["--header", `Authorization: Bearer ${token}`];
    const listed = await inspect(...authorization, "--method", "tools/list");
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining(`${TARGET}___greet_user`)]);
    const tool = ["--tool-name", `${TARGET}___add_numbers`, "--tool-arg", "a=5", "--tool-arg", "b=3"];
    const called = await inspect(...authorization, "--method", "tools/call", ...tool);
    expect([called.code, called.stdout]).toEqual([0, expect.stringContaining('"structuredContent":{"result":8}')]);
    // Exit code 3: authorization required.
    expect((await inspect("--method", "tools/list")).code).toBe(3);
  },
  60_000,
);

describe("the Python client", () => {
  const script = join(__dirname, "../support/mcp_client.py");
  const refused = { is_error: true, structured_content: null };

  pythonTest.each(["auto", "legacy"])(
    "lists tools, calls them and is told what is wrong in mode %s",
    async (mode) => {
      const { stdout, stderr } = await run(PYTHON, [script, url, mode, TARGET, token]);
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toStrictEqual({
        server: "m2m-auth-demo-gateway",
        tools: [SEARCH, ...["add_numbers", "greet_user", "multiply_numbers"].map((name) => `${TARGET}___${name}`)],
        called: { is_error: false, structured_content: { result: "Hello, Alice! Nice to meet you." } },
        invalid: { ...refused, text: expect.stringContaining("Missing required field(s): 'b'") as string },
        unknown: [-32602, "Unknown tool: nothing"],
      });
    },
    60_000,
  );

  pythonTest.each([
    ["without a token", []],
    ["with a token that is none", ["nonsense"]],
  ])(
    "fails %s with 401",
    async (_, presented) => {
      const { stdout, stderr } = await run(PYTHON, [script, url, "legacy", TARGET, ...presented]);
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual({
        statuses: [401],
        refused: [expect.stringMatching(/^(Missing|Invalid) Bearer token$/)],
      });
    },
    60_000,
  );
});
