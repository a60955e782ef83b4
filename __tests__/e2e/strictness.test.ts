import { printLinesToCopy } from "../../cli/commands/up/lines-to-copy";
import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsList } from "../support/callers";
import { behave, scriptedServer, serverOfRuntime } from "../support/scripted-server";
import { awsClient } from "../support/signing";

let emulator: Emulator;
let url: string;
let signedUrl: string;
let token: string;

beforeAll(async () => {
  const folder = await bentResources((resources) => {
    const gateways = resources["aws_bedrockagentcore_gateway"] ?? {};
    const protocol_configuration = [{ mcp: [{ supported_versions: ["2025-11-25"] }] }];
    Object.assign(gateways["main"] ?? {}, { protocol_configuration });
    gateways["signed"] = {
      ...gateways["main"],
      name: "signed",
      authorizer_type: "AUTHENTICATE_ONLY",
      authorizer_configuration: [],
    };
  });
  emulator = await emulate(folder, { serverCommand: scriptedServer() });
  url = outputOf(emulator, "gateway_url");
  const signed = emulator.account.gateways.all().find(({ declaration }) => declaration.name === "signed");
  signedUrl = String(signed?.attributes.gatewayUrl).replace("https://", `${emulator.url}/`);
  token = await signIn(emulator);
}, 120_000);

test("a request without MCP-Protocol-Version counts as one of 2025-03-26", async () => {
  const refused = await postMcp(url, toolsList, bearer(token));
  expect([refused.status, refused.body]).toMatchObject([
    400,
    { id: 1, error: { message: "Unsupported MCP protocol version: 2025-03-26. Supported versions: [2025-11-25]" } },
  ]);
  const stated = { ...bearer(token), "mcp-protocol-version": "2025-11-25" };
  expect(await postMcp(url, toolsList, stated)).toMatchObject({ status: 200 });
  const initialized = { jsonrpc: "2.0", method: "notifications/initialized" };
  expect(await postMcp(url, initialized, bearer(token))).toMatchObject({ status: 202 });
});

test("the lines to copy state a version where the gateway supports no 2025-03-26", () => {
  const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  printLinesToCopy(emulator, "us-east-1");
  const printed = write.mock.calls.map(([text]) => String(text)).join("");
  write.mockRestore();
  expect(printed).toContain('-H "MCP-Protocol-Version: 2025-11-25" -H "Content-Type: application/json"');
});

test("a gateway that only authenticates asks for a signature, and takes no token", async () => {
  expect(await postMcp(signedUrl, toolsList, bearer(token))).toMatchObject({ status: 401 });
  const client = awsClient();
  const headers = { "content-type": "application/json", "mcp-protocol-version": "2025-11-25" };
  const answer = await client.fetch(signedUrl, { method: "POST", headers, body: JSON.stringify(toolsList) });
  expect(answer.status).toBe(200);
});

test("the versions of a gateway can be changed in place, to such as there are", async () => {
  const { gateways } = emulator.account;
  const [gateway] = gateways.all();
  if (!gateway) throw new Error("There is no gateway.");
  const { declaration, attributes } = gateway;
  const change = (supportedVersions: string[]) =>
    gateways.update(attributes.gatewayId, { ...declaration, supportedVersions });
  expect(() => change(["2025-11-25", "2026-07-29"])).toThrow("does not speak the protocol version 2026-07-29");
  change(["2025-03-26"]);
  expect(await postMcp(url, toolsList, bearer(token))).toMatchObject({ status: 200 });
});

test.each([
  ["prompts", "prompts/list", "Failed to list prompts"],
  ["resources", "resources/list", "Failed to list resources"],
  ["resources", "resources/templates/list", "Failed to list resource templates"],
])("a target whose server advertises %s and fails at %s fails", async (capability, method, reason) => {
  const { gateways, gatewayTargets } = emulator.account;
  const [gateway] = gateways.all();
  const [target] = gateway?.targets ?? [];
  if (!gateway || !target) throw new Error("There is no target.");
  const base = await serverOfRuntime(emulator, "m2m_auth_demo_mcp_server");
  const initialized = { protocolVersion: "2025-11-25", capabilities: { tools: {}, [capability]: {} }, serverInfo: {} };
  await behave(base, { initialize: `result:${JSON.stringify(initialized)}`, [method]: "error:Method not found" });
  await gatewayTargets.synchronize(gateway.attributes.gatewayId, target.targetId).settled;
  expect([target.status, target.statusReasons]).toEqual([
    "SYNCHRONIZE_UNSUCCESSFUL",
    [`Failed to connect and fetch tools from the provided MCP target server. Error - ${reason}`],
  ]);
  await behave(base, { initialize: `result:${JSON.stringify(initialized)}` });
  await gatewayTargets.synchronize(gateway.attributes.gatewayId, target.targetId).settled;
  expect(target.status).toBe("READY");
});
