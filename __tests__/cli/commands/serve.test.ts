import { readFileSync } from "node:fs";
import { join } from "node:path";

import { AwsClient } from "aws4fetch";

import { StateFile } from "../../../cli/emulator/state-file";
import { RunningClock, type Emulator } from "../../../emulator";
import { emulate } from "../../support/article-stack";
import { cognito } from "../../support/callers";
import { cdktfAgentcore, CommandHere } from "../../support/command-here";
import { emptyStack } from "../../support/empty-stack";
import { temporaryFolder } from "../../support/temporary-folder";

test("serve starts an empty account and says how terraform, the AWS CLI and SDKs reach it", async () => {
  const command = new CommandHere(["serve", "--port", "0", "--region", "eu-central-1"]);
  const [, url = ""] = await command.says(
    /Serving an empty account at (\S+)\nIts region is eu-central-1: [^]*AWS_ENDPOINT_URL=\1[^]*Ctrl-C/,
  );
  const system: unknown = await (await fetch(`${url}/_emulator/system`)).json();
  expect(system).toMatchObject({ region: "eu-central-1", deployment: { status: "deployed" }, endpoints: [] });
  command.interrupt();
  expect(await command.end()).toMatchObject({ status: 0, stderr: "" });
});

test.each([
  [["serve", "cdktf.out"], "serve starts empty and takes no path: to deploy cdktf.out, use up."],
  [["serve", "--region", "cn-north-1"], 'The region "cn-north-1" is not emulated'],
  [["serve", "--watch"], "There is no option '--watch'"],
])("%j is refused in a sentence", async (parameters, sentence) => {
  const { status, stderr } = await cdktfAgentcore(...parameters);
  expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});

const path = join(temporaryFolder(), "state.json");

/** An emulator in this process, as `serve --state` starts one. */
async function serveWithState(clock = new RunningClock()): Promise<Emulator> {
  const state = StateFile.open(path);
  const emulator = await emulate(emptyStack(), { seed: state.seed, clock });
  await state.attachAccount(emulator);
  return emulator;
}

async function gateways({ url }: Emulator, created?: object): Promise<unknown> {
  const signer = { accessKeyId: "test", secretAccessKey: "test", service: "bedrock-agentcore", region: "us-east-1" };
  const call = created && { method: "POST", body: JSON.stringify(created) };
  const answer = await new AwsClient({ ...signer, retries: 0 }).fetch(`${url}/gateways`, call);
  return answer.json();
}

test("serve --state gives the account back as it was: ids, secrets, times, users and what became of them", async () => {
  const yesterday = new RunningClock();
  yesterday.advance(-86_400_000);
  const first = await serveWithState(yesterday);
  const called = async (emulator: Emulator, operation: string, input: object) =>
    (await cognito(emulator, operation, input)).body as Record<string, Record<string, string>>;
  const { UserPool: pool } = await called(first, "CreateUserPool", { PoolName: "people" });
  const UserPoolId = pool?.["Id"];
  const { UserPoolClient: client } = await called(first, "CreateUserPoolClient", {
    ...{ UserPoolId, ClientName: "app", GenerateSecret: true, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
  });
  await called(first, "CreateGroup", { UserPoolId, GroupName: "admins" });
  for (const Username of ["ann", "bob", "cid"]) await called(first, "AdminCreateUser", { UserPoolId, Username });
  for (const Username of ["ann", "bob", "cid"]) {
    await called(first, "AdminAddUserToGroup", { UserPoolId, GroupName: "admins", Username });
  }
  await called(first, "AdminRemoveUserFromGroup", { UserPoolId, GroupName: "admins", Username: "cid" });
  for (const Username of ["bob", "cid"]) await called(first, "AdminDeleteUser", { UserPoolId, Username });
  await called(first, "AdminCreateUser", { UserPoolId, Username: "bob" });
  const gateway = { name: "tools", roleArn: "arn:aws:iam::123456789012:role/g", authorizerType: "NONE" };
  expect(await gateways(first, { ...gateway, protocolType: "MCP" })).toMatchObject({ status: "CREATING" });
  const questions: [string, object][] = [
    ["DescribeUserPool", { UserPoolId }],
    ["DescribeUserPoolClient", { UserPoolId, ClientId: client?.["ClientId"] }],
    ["ListUsers", { UserPoolId }],
    ["ListUsersInGroup", { UserPoolId, GroupName: "admins" }],
  ];
  const asked = async (emulator: Emulator): Promise<[unknown, ...Record<string, object>[]]> => [
    await gateways(emulator),
    ...(await Promise.all(questions.map(([operation, input]) => called(emulator, operation, input)))),
  ];
  const before = await asked(first);
  expect(JSON.stringify(before)).toMatch(/"status":"READY".*"ClientSecret".*"Username":"ann"/);
  await first.stop();

  const complaints = jest.spyOn(process.stderr, "write");
  const second = await serveWithState();
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
  const after = await asked(second);
  // A running clock goes on while a call is made again.
  const withoutTimes = (answers: unknown) =>
    JSON.parse(JSON.stringify(answers), (name, value: unknown) =>
      /(Date|At)$/.test(name) ? "time" : value,
    ) as unknown;
  expect(withoutTimes(after)).toEqual(withoutTimes(before));
  const created = ([, pools]: typeof before) =>
    Number((pools?.["UserPool"] as { CreationDate: number } | undefined)?.CreationDate);
  expect(Math.abs(created(after) - created(before))).toBeLessThan(60);
  expect(Math.abs(second.clock.now() - Date.now())).toBeLessThan(60_000);
  await called(second, "DeleteUserPool", { UserPoolId });
  await second.stop();
  const third = await serveWithState();
  expect(await called(third, "ListUserPools", { MaxResults: 10 })).toMatchObject({ UserPools: [] });
  expect(withoutTimes(await gateways(third))).toEqual(withoutTimes(before[0]));
  await third.stop();
  expect(readFileSync(path, "utf8")).not.toMatch(/"operation": "(List|Describe|Admin)/);
});
