import { cdktfAgentcore, Command } from "../support/command";

test("serve starts an empty account and says how terraform, the AWS CLI and SDKs reach it", async () => {
  const command = Command.ofCli(["serve", "--port", "0", "--region", "eu-central-1"]);
  const [, url = ""] = await command.says(/Serving an empty account at (\S+)[^]*AWS_ENDPOINT_URL=\1[^]*Ctrl-C/);
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
