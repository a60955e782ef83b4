import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AwsClient } from "aws4fetch";

import { StateFile } from "../../../cli/emulator/state-file";
import type { Emulator } from "../../../emulator";
import { compacted } from "../../../emulator/cloud/journal-compaction";
import { contentsOf } from "../../support/account-contents";
import { emulate } from "../../support/article-stack";
import { cognito } from "../../support/callers";
import { Command } from "../../support/command";
import { emptyStack } from "../../support/empty-stack";
import { temporaryFolder } from "../../support/temporary-folder";
import { allow, policyOf, trusting } from "../../support/policies";

const signer = { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", retries: 0 };
const ROLE = "arn:aws:iam::123456789012:role/tools";
const GATEWAY = { name: "tools", roleArn: ROLE, authorizerType: "NONE", protocolType: "MCP" };

type Answer = Readonly<Record<string, string>>;

const stateFile = (): string => join(temporaryFolder(), "state.json");

/** An emulator in this process, as `serve --state` starts one. */
async function serve(path: string): Promise<Emulator> {
  const state = StateFile.open(path);
  const emulator = await emulate(emptyStack(), { seed: state.seed });
  await state.attachAccount(emulator);
  return emulator;
}

const callsIn = (path: string): readonly string[] =>
  (JSON.parse(readFileSync(path, "utf8")) as { calls: { operation: string }[] }).calls.map(
    ({ operation }) => operation,
  );

async function agentCore({ url }: Pick<Emulator, "url">, line: string, body?: object): Promise<Answer> {
  const [method = "", path = ""] = line.split(" ");
  const client = new AwsClient({ ...signer, service: "bedrock-agentcore" });
  return (await client.fetch(`${url}${path}`, { method, body: JSON.stringify(body) })).json() as Promise<Answer>;
}

async function iam({ url }: Emulator, Action: string, input: Answer): Promise<void> {
  const body = String(new URLSearchParams({ Action, Version: "2010-05-08", ...input }));
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await new AwsClient({ ...signer, service: "iam" }).fetch(url, { method: "POST", headers, body });
  expect(answer.status).toBe(200);
}

async function userPools(emulator: Emulator, operation: string, input: object): Promise<Record<string, Answer>> {
  return (await cognito(emulator, operation, input)).body as Record<string, Answer>;
}

async function s3({ url }: Emulator, line: string, body?: string): Promise<string> {
  const [method, path = ""] = line.split(" ");
  const client = new AwsClient({ ...signer, service: "s3" });
  return (await client.fetch(`${url}${path}`, { method, body })).text();
}

const trust = trusting();
const rights = policyOf(allow("s3:GetObject"));

/** A pool with a client, a role with a policy, and a gateway: made, changed and taken down. */
async function applyAndDestroy(emulator: Emulator, changes: number): Promise<void> {
  const pool = await userPools(emulator, "CreateUserPool", { PoolName: "people" });
  const UserPoolId = pool["UserPool"]?.["Id"] ?? "";
  await userPools(emulator, "CreateUserPoolClient", { UserPoolId, ClientName: "app" });
  await iam(emulator, "CreateRole", { RoleName: "tools", AssumeRolePolicyDocument: trust });
  await iam(emulator, "PutRolePolicy", { RoleName: "tools", PolicyName: "all", PolicyDocument: rights });
  const { gatewayId = "" } = await agentCore(emulator, "POST /gateways", GATEWAY);
  for (let change = 0; change < changes; change++) {
    await agentCore(emulator, `PUT /gateways/${gatewayId}`, { ...GATEWAY, description: `change ${change}` });
    await userPools(emulator, "UpdateUserPool", { UserPoolId, MfaConfiguration: "OFF" });
  }
  await agentCore(emulator, `DELETE /gateways/${gatewayId}`);
  await iam(emulator, "DeleteRolePolicy", { RoleName: "tools", PolicyName: "all" });
  await iam(emulator, "DeleteRole", { RoleName: "tools" });
  await userPools(emulator, "DeleteUserPool", { UserPoolId });
}

test("the file of serve does not grow with what is made and taken down, nor with what is set again and again", async () => {
  const path = stateFile();
  const first = await serve(path);
  const { gatewayId } = await agentCore(first, "POST /gateways", { ...GATEWAY, name: "stays" });
  for (let round = 0; round < 12; round++) await applyAndDestroy(first, 3);
  await userPools(first, "CreateUserPool", { PoolName: "people" });
  await agentCore(first, `PUT /gateways/${gatewayId}`, { ...GATEWAY, name: "stays", description: "set" });
  const before = contentsOf(first);
  expect(callsIn(path).length).toBeLessThan(60);
  await first.stop();

  const second = await serve(path);
  expect(contentsOf(second)).toEqual(before);
  expect(callsIn(path)).toEqual(["CreateGateway", "CreateUserPool", "UpdateGateway"]);
  await second.stop();
}, 60_000);

test("a REST API is after a restart as it was changed and deployed, and one that was deleted is not in the file", async () => {
  const path = stateFile();
  const first = await serve(path);
  const call = async ({ url }: Emulator, line: string, body?: object) => {
    const [method, address = ""] = line.split(" ");
    const client = new AwsClient({ ...signer, service: "apigateway" });
    const answer = await client.fetch(`${url}${address}`, { method, body: body && JSON.stringify(body) });
    return (answer.status === 202 ? {} : await answer.json()) as Answer;
  };
  const replace = (member: string, value = "") => ({ patchOperations: [{ op: "replace", path: `/${member}`, value }] });
  const paths = (operationId: string) => ({ openapi: "3.0.1", paths: { "/pets": { get: { operationId } } } });
  const make = async () => {
    const { id: api } = await call(first, "POST /restapis", { name: "pets" });
    await call(first, `PUT /restapis/${api}?mode=overwrite`, paths("First"));
    const { id: deploymentId } = await call(first, `POST /restapis/${api}/deployments`, {});
    await call(first, `PUT /restapis/${api}?mode=overwrite`, paths("Second"));
    await call(first, `POST /restapis/${api}/stages`, { stageName: "prod", deploymentId });
    for (const member of ["description", "name"]) await call(first, `PATCH /restapis/${api}`, replace(member, "all"));
    return api;
  };
  const gone = await make();
  await call(first, `DELETE /restapis/${gone}`);
  const api = (await make()) ?? "";
  const shown = async (emulator: Emulator) => {
    const answers = ["", "/stages/prod"].map((part) => call(emulator, `GET /restapis/${api}${part}`));
    // A call is carried out again at the time at which it began, not at that at which it was answered.
    return (await Promise.all(answers)).map((answer) => ({ ...answer, createdDate: "", lastUpdatedDate: "" }));
  };
  const before = await shown(first);
  expect(before).toMatchObject([{ name: "all", description: "all" }, { stageName: "prod" }]);
  await first.stop();

  const second = await serve(path);
  expect(await shown(second)).toEqual(before);
  expect(second.account.restApis.export(api, "prod")).toMatchObject(paths("First"));
  expect(readFileSync(path, "utf8")).not.toContain(gone);
  await second.stop();
});

test("what is made after a restart has an id that nothing has", async () => {
  const path = stateFile();
  const made: string[] = [];
  let UserPoolId = "";
  for (const ClientName of ["one", "two", "three"]) {
    const emulator = await serve(path);
    if (UserPoolId === "") {
      UserPoolId = (await userPools(emulator, "CreateUserPool", { PoolName: "people" }))["UserPool"]?.["Id"] ?? "";
    }
    const { UserPoolClient } = await userPools(emulator, "CreateUserPoolClient", { UserPoolId, ClientName });
    made.push(UserPoolClient?.["ClientId"] ?? "");
    await emulator.stop();
  }
  expect(new Set(made).size).toBe(3);
});

test("a pool signs after a restart as before, whatever pool of its name there was", async () => {
  const path = stateFile();
  const first = await serve(path);
  const create = async () =>
    (await userPools(first, "CreateUserPool", { PoolName: "people" }))["UserPool"]?.["Id"] ?? "";
  await userPools(first, "DeleteUserPool", { UserPoolId: await create() });
  const id = await create();
  const keys = async ({ url }: Emulator) =>
    (await fetch(`${url}/cognito-idp.us-east-1.amazonaws.com/${id}/.well-known/jwks.json`)).json();
  const before: unknown = await keys(first);
  await first.stop();
  const second = await serve(path);
  expect(callsIn(path)).toEqual(["CreateUserPool"]);
  expect(await keys(second)).toEqual(before);
  await second.stop();
});

test("the file is whole, and has what was answered, when serve is killed amid calls that it leaves out", async () => {
  const path = stateFile();
  const command = Command.ofCli(["serve", "--state", path, "--port", "0"]);
  const [, url = ""] = await command.says(/AWS_ENDPOINT_URL=(\S+)/);
  const kept = await agentCore({ url }, "POST /gateways", { ...GATEWAY, name: "kept" });
  let answered = 0;
  const looping = (async () => {
    for (;;) {
      const { gatewayId } = await agentCore({ url }, "POST /gateways", { ...GATEWAY, name: `loop-${answered}` });
      await agentCore({ url }, `DELETE /gateways/${gatewayId}`);
      answered += 1;
    }
  })().catch(() => undefined);
  while (answered < 60) await new Promise((resolve) => setTimeout(resolve, 1));
  process.kill(-command.pid, "SIGKILL");
  await looping;
  await command.kill();
  expect(callsIn(path).length).toBeLessThan(60);
  const after = await serve(path);
  const found = JSON.stringify(await agentCore(after, "GET /gateways"));
  expect(found).toContain(kept["gatewayId"]);
  expect([...found.matchAll(/"gatewayId"/g)].length).toBeLessThanOrEqual(2);
  await after.stop();
}, 60_000);

const call = (line: string, input: object, made?: string) => {
  const [service = "", operation = ""] = line.split(" ");
  return { service, operation, input, time: 0, drawn: [], ...(made !== undefined && { made: [made] }) };
};
const core = "bedrock-agentcore";
const pool = { UserPoolId: "us-east-1_a" };

test.each([
  [
    "a role that a gateway still names",
    [
      call("iam CreateRole", { RoleName: "tools" }),
      call(`${core} CreateGateway`, { name: "a", roleArn: ROLE }, "a-1"),
      call("iam DeleteRole", { RoleName: "tools" }),
    ],
  ],
  [
    "rights that a target was created by",
    [
      call("iam PutRolePolicy", { RoleName: "tools", PolicyName: "p" }),
      call(`${core} CreateGatewayTarget`, { gatewayIdentifier: "a-1", name: "t" }, "t1"),
      call("iam DeleteRolePolicy", { RoleName: "tools", PolicyName: "p" }),
    ],
  ],
  [
    "another kind of the same name",
    [
      call(`${core} CreateGateway`, { name: "demo" }, "demo-1"),
      call(`${core} DeleteOauth2CredentialProvider`, { name: "demo" }),
    ],
  ],
  [
    "scopes that a client was given meanwhile",
    [
      call("cognito-idp UpdateResourceServer", { ...pool, Identifier: "orders", Scopes: ["read"] }),
      call("cognito-idp UpdateUserPoolClient", { ...pool, ClientId: "c", AllowedOAuthScopes: ["orders/read"] }),
      call("cognito-idp UpdateResourceServer", { ...pool, Identifier: "orders", Scopes: [] }),
    ],
  ],
  [
    "versions of an agent runtime",
    [1, 2].map((description) => call(`${core} UpdateAgentRuntime`, { agentRuntimeId: "r-1", description })),
  ],
  [
    "other settings of the same thing",
    [
      call("iam UpdateRole", { RoleName: "tools", Description: "a" }),
      call("iam UpdateRole", { RoleName: "tools", MaxSessionDuration: "3600" }),
    ],
  ],
  [
    "a secret that may still be recovered",
    [
      call("secretsmanager CreateSecret", { Name: "s", SecretId: "s" }),
      call("secretsmanager DeleteSecret", { SecretId: "s" }),
    ],
  ],
  [
    "what an earlier version kept without the ids of what it made",
    [call(`${core} CreateGateway`, { name: "a" }), call(`${core} DeleteGateway`, { gatewayIdentifier: "a-1" })],
  ],
])("%s stay", (_what, calls) => {
  expect(compacted(calls)).toEqual(calls);
});

test("objects are there again, and those that were replaced or deleted leave nothing", async () => {
  const path = stateFile();
  const first = await serve(path);
  for (const bucket of ["kept", "gone"]) await s3(first, `PUT /${bucket}`);
  await s3(first, "PUT /kept/one", "before");
  await s3(first, "PUT /kept/two", "2");
  await s3(first, "PUT /kept/one", "after");
  await s3(first, "PUT /kept/three", "3");
  await s3(first, "DELETE /kept/three");
  await s3(first, "PUT /gone/one", "1");
  await s3(first, "DELETE /gone/one");
  await s3(first, "DELETE /gone");
  await first.stop();
  const second = await serve(path);
  expect(await s3(second, "GET /kept/one")).toBe("after");
  expect(await s3(second, "GET /kept/two")).toBe("2");
  expect(await s3(second, "GET /kept/three")).toContain("NoSuchKey");
  await second.stop();
  expect(callsIn(path)).toEqual(["CreateBucket", "PutObject", "PutObject"]);
});
