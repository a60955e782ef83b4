import { printLinesToCopy } from "../../cli/commands/up/lines-to-copy";
import type { Emulator } from "../../emulator";
import { anyVersionStack } from "../support/any-version-stack";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, type HttpAnswer, postMcp, signIn } from "../support/callers";

const TARGET = "m2m-auth-demo-mcp-target";
const VERSION = "2026-07-28";
const SERVER_INFO = { "io.modelcontextprotocol/serverInfo": { name: "m2m-auth-demo-gateway", version: "1.0.0" } };

let emulator: Emulator;
let url: string;
let token: string;

beforeAll(async () => {
  emulator = await emulate(await anyVersionStack());
  url = outputOf(emulator, "gateway_url");
  token = await signIn(emulator);
}, 120_000);

interface Bent {
  readonly params?: object;
  /** Members of `_meta` without their prefix. */
  readonly meta?: object;
  readonly headers?: Record<string, string>;
}

/** A request of 2026-07-28, with what a case changes of it. */
function ask(method: string, { params = {}, meta = {}, headers = {} }: Bent = {}): Promise<HttpAnswer> {
  const stated = { protocolVersion: VERSION, clientCapabilities: {}, ...meta };
  const _meta = Object.fromEntries(
    Object.entries(stated).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value as unknown]),
  );
  const message = { jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } };
  const metadata: Record<string, string> = { "mcp-protocol-version": VERSION, "mcp-method": method };
  if ("name" in params) metadata["mcp-name"] = String(params.name);
  return postMcp(url, message, { ...bearer(token), ...metadata, ...headers });
}

const ADD = { name: `${TARGET}___add_numbers`, arguments: { a: 5, b: 3 } };

test("a gateway tells what it speaks, lists and calls, each request on its own", async () => {
  expect(await ask("server/discover")).toMatchObject({
    status: 200,
    body: {
      result: {
        resultType: "complete",
        supportedVersions: [VERSION],
        capabilities: { tools: { listChanged: false } },
        instructions: "M2M OAuth authenticated MCP Gateway",
        ttlMs: 0,
        cacheScope: "private",
        _meta: SERVER_INFO,
      },
    },
  });
  const listed = await ask("tools/list");
  expect(listed.body).toMatchObject({ result: { resultType: "complete", ttlMs: 0, _meta: SERVER_INFO } });
  expect(JSON.stringify(listed.body)).toContain(`"${ADD.name}"`);
  expect((await ask("tools/call", { params: ADD })).body).toStrictEqual({
    jsonrpc: "2.0",
    id: 1,
    result: {
      resultType: "complete",
      content: [{ type: "text", text: "8" }],
      isError: false,
      structuredContent: { result: 8 },
      _meta: SERVER_INFO,
    },
  });
});

test.each<[string, string, Bent, number, number, string]>([
  [
    "without capabilities",
    "tools/list",
    { meta: { clientCapabilities: undefined } },
    400,
    -32602,
    "clientCapabilities",
  ],
  ["with capabilities that are none", "tools/list", { meta: { clientCapabilities: [] } }, 400, -32602, "an object"],
  ["without a version in the body", "tools/list", { meta: { protocolVersion: undefined } }, 400, -32602, "Version"],
  [
    "whose header has another version",
    "tools/list",
    { headers: { "mcp-protocol-version": "2025-11-25" } },
    400,
    -32020,
    "Protocol",
  ],
  [
    "whose header has another method",
    "tools/list",
    { headers: { "mcp-method": "tools/call" } },
    400,
    -32020,
    "Mcp-Method",
  ],
  [
    "whose header has another name",
    "tools/call",
    { params: ADD, headers: { "mcp-name": "x" } },
    400,
    -32020,
    "Mcp-Name",
  ],
  [
    "of a version that is none yet",
    "tools/list",
    { meta: { protocolVersion: "2027-01-01" }, headers: { "mcp-protocol-version": "2027-01-01" } },
    400,
    -32022,
    "Unsupported protocol version",
  ],
  ["for initialize", "initialize", {}, 404, -32601, "Method not found: initialize"],
  ["for ping", "ping", {}, 404, -32601, "Method not found: ping"],
  ["for a tool that is none", "tools/call", { params: { name: "nothing" } }, 200, -32602, "Unknown tool: nothing"],
])("a request %s is refused", async (_, method, bent, status, code, message) => {
  const answer = await ask(method, bent);
  expect([answer.status, answer.body]).toMatchObject([status, { id: 1, error: { code } }]);
  expect(JSON.stringify(answer.body)).toContain(message);
});

test("a name that no header can hold as it is comes in base64", async () => {
  const name = "ein Würfel";
  const encoded = `=?base64?${Buffer.from(name).toString("base64")}?=`;
  const { body } = await ask("tools/call", { params: { name }, headers: { "mcp-name": encoded } });
  expect(body).toMatchObject({ error: { message: `Unknown tool: ${name}` } });
});

describe("a gateway that speaks nothing else", () => {
  beforeAll(() => support([VERSION]));

  test("has no version for initialize to agree on", async () => {
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "x", version: "1" } };
    const answer = await postMcp(url, { jsonrpc: "2.0", id: 1, method: "initialize", params }, bearer(token));
    const message = `Unsupported MCP protocol version: 2025-11-25. Supported versions: [${VERSION}]`;
    expect([answer.status, answer.body]).toMatchObject([400, { id: 1, error: { code: -32042, message } }]);
  });

  test("is called by the lines to copy in its version", () => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    printLinesToCopy(emulator, "us-east-1");
    const printed = write.mock.calls.map(([text]) => String(text)).join("");
    write.mockRestore();
    expect(printed).toContain(`-H "MCP-Protocol-Version: ${VERSION}" -H "Mcp-Method: tools/list"`);
    expect(printed).toContain(`"io.modelcontextprotocol/protocolVersion":"${VERSION}"`);
  });
});

test("a gateway that does not speak the version names those that it does", async () => {
  support(["2025-11-25"]);
  const answer = await ask("server/discover");
  const message = `Unsupported MCP protocol version: ${VERSION}. Supported versions: [2025-11-25]`;
  expect([answer.status, answer.body]).toMatchObject([400, { id: 1, error: { code: -32042, message } }]);
});

function support(supportedVersions: string[]): void {
  const { gateways } = emulator.account;
  const [gateway] = gateways.all();
  if (!gateway) throw new Error("There is no gateway.");
  gateways.update(gateway.attributes.gatewayId, { ...gateway.declaration, supportedVersions });
}
