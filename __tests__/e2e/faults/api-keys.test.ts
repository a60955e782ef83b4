import type { Emulator } from "../../../emulator";
import type { OutboundCredential } from "../../../topology";
import { bearer, postMcp, toolsCall } from "../../support/callers";
import { expectCause } from "../../support/cause";
import { FaultySystem } from "../../support/faulty-system";
import { behave, startScriptedServer } from "../../support/scripted-server";

const API_KEY = "k3y-of-the-weather";

let server: Awaited<ReturnType<typeof startScriptedServer>>;
let system: FaultySystem;
let providerArn: string;

beforeAll(async () => {
  server = await startScriptedServer();
  system = await FaultySystem.start(undefined, { hosts: { "mcp.example.com": server.url } });
  system.allowAllBut("nothing:*");
  ({ credentialProviderArn: providerArn } = system.emulator.account.apiKeyProviders.create({
    name: "weather",
    apiKey: API_KEY,
  }));
});

type Placement = Omit<OutboundCredential & { type: "API_KEY" }, "type" | "providerArn">;

async function createTarget({ account }: Emulator, name: string, placement: Placement): Promise<void> {
  const { target, settled } = account.gatewayTargets.create({
    gatewayIdentifier: account.gateways.all()[0]?.attributes.gatewayId ?? "",
    name,
    targetKind: "mcpServer",
    settings: { endpoint: "https://mcp.example.com/mcp?tenant=a" },
    credential: { type: "API_KEY", providerArn, ...placement },
  });
  await settled;
  expect([target.status, target.statusReasons]).toEqual(["READY", []]);
}

const add = (target: string) =>
  postMcp(system.gatewayUrl, toolsCall(`${target}___add_numbers`, { a: 5, b: 3 }), bearer(system.token));

const placements: [name: string, placement: Placement][] = [
  ["authorization", { credentialPrefix: "Bearer" }],
  ["x-api-key", { credentialLocation: "HEADER", credentialParameterName: "x-api-key" }],
  ["query", { credentialLocation: "QUERY_PARAMETER", credentialParameterName: "key" }],
];

test.each(placements)(
  "fails without a word of the key when the server hangs that is shown it as %s",
  async (name, placement) => {
    await behave(server.url, {});
    await createTarget(system.emulator, name, placement);
    expect((await add(name)).body).toMatchObject({ result: { structuredContent: { result: 8 } } });

    await behave(server.url, { "tools/call": "hang" });
    const { body } = await add(name);
    expect(body).toMatchObject({ result: { isError: true, content: [{ text: "Apache transport request failed" }] } });
    expectCause(system.emulator.calls().at(-1), "target call", /^answer: .*\/mcp did not answer within 1 s/);
    expect(JSON.stringify([body, system.emulator.calls()])).not.toContain(API_KEY);
  },
);

test("fails in the service's words when the role may not get a workload access token", async () => {
  system.allowAllBut("bedrock-agentcore:GetWorkloadAccessToken");
  const { body } = await add("x-api-key");
  system.allowAllBut("nothing:*");
  const words =
    "Failed to fetch outbound api key. Failed to get workload identity token - client error: User: arn:aws:sts::123456789012:" +
    "assumed-role/m2m-auth-demo-gateway-role/gateway-session-[0-9a-f-]{36} is not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken on resource: arn:.*" +
    "because no identity-based policy allows the bedrock-agentcore:GetWorkloadAccessToken action";
  expect(body).toMatchObject({
    result: { isError: true, content: [{ text: expect.stringMatching(`^${words}$`) as string }] },
  });
  expectCause(
    system.emulator.calls().at(-1),
    "workload access token",
    "bedrock-agentcore:GetWorkloadAccessToken: denied",
  );
});

test("fails when the key may not be read", async () => {
  system.allowAllBut("bedrock-agentcore:GetResourceApiKey");
  await add("x-api-key");
  system.allowAllBut("nothing:*");
  expectCause(system.emulator.calls().at(-1), "token vault", "bedrock-agentcore:GetResourceApiKey: denied");
});
