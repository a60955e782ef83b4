import { bearer, postMcp, toolsList } from "../../support/callers";
import { FaultySystem } from "../../support/faulty-system";
import { behave, seenRequests, startScriptedServer } from "../../support/scripted-server";

let system: FaultySystem;
let other: Awaited<ReturnType<typeof startScriptedServer>>;

beforeAll(async () => {
  other = await startScriptedServer();
  system = await FaultySystem.start(undefined, { hosts: { "other.example.com": other.url } });
});

afterAll(async () => {
  await system.stop();
  other.stop();
});

it("calls an earlier version of a runtime, once an endpoint is given it again", async () => {
  const { runtimes } = system.emulator.account;
  const [runtime] = runtimes.all();
  if (!runtime) throw new Error("There is no runtime.");
  runtimes.update(runtime.identity.agentRuntimeId, runtime.declaration);
  runtimes.endpoints.create(runtime, { name: "stable", agentRuntimeVersion: "1" });
  const call = async (qualifier: string) => (await postMcp(`${system.runtimeUrl}?qualifier=${qualifier}`, toolsList, bearer(await system.m2mToken()))).status;
  expect([await call("stable"), await call("DEFAULT")]).toEqual([200, 200]);
});

it("shows a target's new server no session of the old one, also where the update failed", async () => {
  const { gateways, gatewayTargets } = system.emulator.account;
  const target = gateways.all()[0]?.targets[0];
  if (!target) throw new Error("There is no target.");
  const before = target.declaration;
  await behave(other.url, { initialize: "status:500" });
  await gatewayTargets.update(target.targetId, { ...before, mcpServer: { endpoint: "https://other.example.com/mcp" } }).settled;
  expect(target.status).toBe("UPDATE_UNSUCCESSFUL");
  await behave(other.url, {});
  expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  expect((await seenRequests(other.url)).map(({ method }) => method)).toEqual(["initialize", "notifications/initialized", "tools/call"]);
  await gatewayTargets.update(target.targetId, before).settled;
});

it("shows a runtime an API key in the header that the target names, in whatever case", async () => {
  const { apiKeyProviders, gateways, gatewayTargets, iam } = system.emulator.account;
  const target = gateways.all()[0]?.targets[0];
  if (!target) throw new Error("There is no target.");
  const before = target.declaration;
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });
  iam.putRolePolicy({ roleName: "m2m-auth-demo-gateway-role", policyName: "everything", policy });
  const { credentialProviderArn: providerArn } = apiKeyProviders.create({ name: "token", apiKey: await system.m2mToken() });
  const credential = { type: "API_KEY", providerArn, parameterName: "Authorization", prefix: "Bearer" } as const;
  await gatewayTargets.update(target.targetId, { ...before, credential }).settled;
  expect([target.status, target.statusReasons]).toEqual(["READY", []]);
  await gatewayTargets.update(target.targetId, before).settled;
});
