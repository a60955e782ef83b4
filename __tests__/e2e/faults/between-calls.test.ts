import { PoolKeys } from "../../../emulator/cloud/cognito/keys";
import type { UserPool } from "../../../emulator/cloud/cognito/user-pool";
import { Random } from "../../../emulator/cloud/random";
import { bearer, postMcp, toolsList } from "../../support/callers";
import { expectCause } from "../../support/cause";
import { FaultySystem, PROVIDER } from "../../support/faulty-system";

let system: FaultySystem;

beforeAll(async () => {
  system = await FaultySystem.start();
});

const CREDENTIALS = "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)";
const lastCall = () => system.emulator.calls().at(-1);
const rotateKeys = (pool: UserPool) => Object.assign(pool, { keys: new PoolKeys(new Random()) });

describe("when the role may no longer do something, although the token is still kept", () => {
  afterEach(() => system.allowAllBut("nothing:*"));
  const role = "User: arn:aws:sts::123456789012:assumed-role/m2m-auth-demo-gateway-role/gateway-session-[0-9a-f-]{36}";

  test.each([
    [
      "bedrock-agentcore:GetWorkloadAccessToken",
      "workload access token",
      `${role} is not authorized to perform: bedrock-agentcore:GetWorkloadAccessToken on resource: arn:`,
    ],
    [
      "bedrock-agentcore:GetResourceOauth2Token",
      "token vault",
      `${role} is not authorized to perform: bedrock-agentcore:GetResourceOauth2Token on resource: arn:`,
    ],
    [
      "secretsmanager:GetSecretValue",
      "token vault",
      "The requested operation could not be completed. You are not authorized to perform: secretsmanager:GetSecretValue",
    ],
  ])("fails without %s", async (action, hop, text) => {
    system.allowAllBut(action);
    const { status, body } = await system.add();
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringMatching(`"text":"${text}.*"isError":true`)]);
    expectCause(lastCall(), hop, `${action}: denied`);
  });
});

describe("when the credential provider changes", () => {
  test.each([
    ["a wrong client secret", { clientSecret: "w".repeat(51) }, "token endpoint", "client secret: another secret"],
    ["a wrong client", { clientId: "no-such-client" }, "token endpoint", "client: no-such-client"],
    [
      "a wrong discovery URL",
      { discoveryUrl: "https://idp.example.com/.well-known/openid-configuration" },
      "token vault",
      /^discovery document: .*ENOTFOUND idp\.example\.com/,
    ],
  ])("fails with %s", async (_, wrong, hop, cause) => {
    const { credentialProviders } = system.emulator.account;
    const right = credentialProviders.get(PROVIDER);
    credentialProviders.update({ ...right, ...wrong });
    const { body } = await system.add();
    credentialProviders.update(right);
    expect(JSON.stringify(body)).toContain(CREDENTIALS);
    expectCause(lastCall(), hop, cause);
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
  });

  test("fails when it is gone", async () => {
    const { credentialProviders } = system.emulator.account;
    const right = credentialProviders.get(PROVIDER);
    credentialProviders.delete(PROVIDER);
    expect(JSON.stringify((await system.add()).body)).toContain(
      `Credential provider ${right.credentialProviderArn} not found.`,
    );
    expectCause(lastCall(), "token vault", `credential provider: ${right.credentialProviderArn}`);
    credentialProviders.create(right);
  });
});

describe("when tokens and keys change", () => {
  test("fails when the runtime now refuses the kept token, and asks for another one with the next call", async () => {
    await system.behave({ "tools/call": "status:401" });
    expect(JSON.stringify((await system.add()).body)).toContain("Authorization error when sending message");
    await system.behave({});
    expect((await system.add()).body).toMatchObject({ result: { isError: false } });
    expect(lastCall()?.hops.map(({ name }) => name)).toContain("token endpoint");
  });

  test("lets tokens of a new key in as soon as they are shown, and the old ones out", async () => {
    await system.add();
    rotateKeys(system.inboundPool);
    expect((await system.add()).status).toBe(200);
    const { AccessToken } = await system.signIn();
    expect((await system.add(AccessToken)).body).toMatchObject({ result: { isError: false } });
    expect((await system.add()).status).toBe(401);
    expectCause(lastCall(), "gateway authorizer", "signature: no applicable key");
    rotateKeys(system.outboundPool);
    expect((await system.add(AccessToken)).body).toMatchObject({ result: { isError: false } });
  });

  test("fails on both hops when the clock passes the tokens' expiry, while the vault gets a new one by itself", async () => {
    const { AccessToken } = await system.signIn();
    const m2mToken = await system.m2mToken();
    system.clock.advance(3_601_000);
    expect(await system.add(AccessToken)).toMatchObject({
      status: 401,
      body: { id: 0, error: { code: -32001, message: "Invalid Bearer token" } },
    });
    expectCause(lastCall(), "gateway authorizer", /^exp: 20\d\d-/);
    expect(await postMcp(system.runtimeUrl, toolsList, bearer(m2mToken))).toMatchObject({
      status: 401,
      body: { error: { message: "Token has expired" } },
    });
    expectCause(lastCall(), "runtime authorizer", /^exp: 20\d\d-/);
    const fresh = await system.signIn();
    expect((await system.add(fresh.AccessToken)).body).toMatchObject({ result: { isError: false } });
  });
});
