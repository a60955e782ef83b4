import type { GatewayTargetDeclaration } from "../../../topology";
import { bearer, postMcp, toolsList } from "../../support/callers";
import { FaultySystem } from "../../support/faulty-system";
import { behave, seenRequests, startScriptedServer } from "../../support/scripted-server";
import { allow, policyOf } from "../../support/policies";

let system: FaultySystem;
let other: Awaited<ReturnType<typeof startScriptedServer>>;

/** An API key that the gateway's role may read; what it is good for is the runtime. */
let providerArn: string;

beforeAll(async () => {
  other = await startScriptedServer();
  system = await FaultySystem.start(undefined, { hosts: { "other.example.com": other.url } });
  const { apiKeyProviders, iam } = system.emulator.account;
  iam.putRolePolicy({
    ...{ roleName: "m2m-auth-demo-gateway-role", policyName: "everything", policy: policyOf(allow("*")) },
  });
  providerArn = apiKeyProviders.create({ name: "token", apiKey: await system.m2mToken() }).credentialProviderArn;
});

/** How the target of the gateway takes changes, which are undone. */
async function statusWith(
  changes: Partial<GatewayTargetDeclaration>,
  meanwhile?: () => Promise<void>,
): Promise<[string, readonly string[]]> {
  const { gateways, gatewayTargets } = system.emulator.account;
  const target = gateways.all()[0]?.targets[0];
  if (!target) throw new Error("There is no target.");
  const before = target.declaration;
  await gatewayTargets.update(target.targetId, { ...before, ...changes }).settled;
  const { status, statusReasons } = target;
  await meanwhile?.();
  await gatewayTargets.update(target.targetId, before).settled;
  return [status, statusReasons];
}

test("calls an earlier version of a runtime, once an endpoint is given it again", async () => {
  const { runtimes } = system.emulator.account;
  const [runtime] = runtimes.all();
  if (!runtime) throw new Error("There is no runtime.");
  runtimes.update(runtime.identity.agentRuntimeId, runtime.declaration);
  runtimes.endpoints.create(runtime, { name: "stable", agentRuntimeVersion: "1" });
  const call = async (qualifier: string) =>
    (await postMcp(`${system.runtimeUrl}?qualifier=${qualifier}`, toolsList, bearer(await system.m2mToken()))).status;
  expect([await call("stable"), await call("DEFAULT")]).toEqual([200, 200]);
});

test("shows a target's new server no session of the old one, also where the update failed", async () => {
  await behave(other.url, { initialize: "status:500" });
  const [status] = await statusWith({ settings: { endpoint: "https://other.example.com/mcp" } }, async () => {
    await behave(other.url, {});
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  });
  expect(status).toBe("UPDATE_UNSUCCESSFUL");
  expect((await seenRequests(other.url)).map(({ method }) => method)).toEqual([
    "initialize",
    "notifications/initialized",
    "tools/call",
  ]);
});

test("shows a runtime an API key in the header that the target names, in whatever case", async () => {
  const credential = {
    type: "API_KEY",
    providerArn,
    credentialParameterName: "Authorization",
    credentialPrefix: "Bearer",
  } as const;
  expect(await statusWith({ credential })).toEqual(["READY", []]);
});

test.each([
  ["an API key", () => ({ type: "API_KEY", credentialLocation: "QUERY_PARAMETER", providerArn }) as const],
  ["a signature", () => ({ type: "GATEWAY_IAM_ROLE", service: "bedrock-agentcore" }) as const],
  ["nothing", () => ({ type: "NONE" }) as const],
])("fails a target whose endpoint is no URL, where it would be shown %s", async (_, credential) => {
  expect(await statusWith({ credential: credential(), settings: { endpoint: "https://host:port/mcp" } })).toEqual([
    "UPDATE_UNSUCCESSFUL",
    [expect.stringContaining("Unable to connect to the MCP server. Please check the server")],
  ]);
});
