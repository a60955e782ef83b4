import type { TerraformJson } from "../../support/article-stack";
import { bentDocument, emulate } from "../../support/article-stack";
import { emptyStack } from "../../support/empty-stack";
import { Command, startUp } from "../../support/command";
import { cdktfAgentcore, type CommandHere } from "../../support/command-here";
import { publicClientStack } from "../../support/public-client-stack";
import type { Emulator } from "../../../emulator";

function withoutOutputs({ output }: TerraformJson): void {
  for (const name of Object.keys(output)) delete output[name];
}

/** A second gateway of the stack's, with nothing behind it. */
function addGateway({ resource }: TerraformJson): void {
  const gateways = resource["aws_bedrockagentcore_gateway"] ?? {};
  gateways["open"] = { ...Object.values(gateways)[0], name: "second-gateway", tags: {} };
}

describe("a stack that puts nothing out", () => {
  let up: CommandHere;
  let port: string;

  beforeAll(async () => {
    ({ command: up, port } = await startUp(await bentDocument(withoutOutputs)));
  });

  afterAll(() => up.kill());

  test("has its only gateway called, by users of the pool that it lets in", async () => {
    expect(await cdktfAgentcore("call", "add_numbers", '{"a": 5, "b": 3}', "--port", port)).toEqual({
      status: 0,
      stdout: "8\n",
      stderr: "",
    });
  });

  test("has the lines to copy name ids and URL themselves", async () => {
    const [lines] = await up.says(/ {2}npx cdktf-agentcore tools[^]*GATEWAY_URL=.*\n/);
    expect(lines).toContain(`npx cdktf-agentcore tools --port ${port}\n`);
    expect(lines).toMatch(/INBOUND_USER_POOL_ID=us-east-1_\w{9}\n +INBOUND_CLIENT_ID=\w{26}\n/);
    expect(lines).toMatch(new RegExp(`GATEWAY_URL=http://127\\.0\\.0\\.1:${port}/\\S+/mcp\\n`));
  });
});

const CALLBACK_URLS = ["https://app.example.com/back", "http://localhost:8976/callback"];

test("a client that takes no password is told of the browser, and has no lines to copy that would fail", async () => {
  const { command, port } = await startUp(
    await publicClientStack({ callbackUrls: CALLBACK_URLS }, ({ output, resource }) => {
      const client = resource["aws_cognito_user_pool_client"]?.["inbound"] ?? {};
      client["explicit_auth_flows"] = ["ALLOW_REFRESH_TOKEN_AUTH"];
      for (const [name, value] of Object.entries(output)) {
        delete output[name];
        output[`mcp_${name}`] = value;
      }
    }),
  );
  await command.says(/Serving/);
  expect(command.stdout).not.toContain("initiate-auth");
  const refused = await cdktfAgentcore("tools", "--port", port);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(
    /^cdktf-agentcore: The client \w{26} takes no password \(USER_PASSWORD_AUTH\): .* --browser\.\n$/,
  );
  const browser = Command.ofCli(["tools", "--browser", "--port", port]);
  const [page] = await browser.complains(/^http\S+redirect_uri=http%3A%2F%2Flocalhost%3A8976%2Fcallback\S+$/m);
  expect(await (await fetch(page)).text()).toContain("There is no user yet");
  expect(await cdktfAgentcore("tools", "--browser", "--port", port)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /8976\/callback for the browser \(EADDRINUSE\): .* with --redirect-uri\.\n$/,
    ) as string,
  });
  browser.interrupt();
  await browser.end();
  command.interrupt();
  await command.end();
});

test("a stack without a gateway has none to call", async () => {
  const emulator = await emulate(emptyStack());
  const { port } = new URL(emulator.url);
  expect(await cdktfAgentcore("tools", "--port", port)).toMatchObject({
    status: 1,
    stderr: "cdktf-agentcore: The stack has no gateway.\n",
  });
  await emulator.stop();
});

describe("a stack with two gateways", () => {
  let emulator: Emulator;
  let port: string;

  beforeAll(async () => {
    emulator = await emulate(
      await bentDocument((document) => {
        withoutOutputs(document);
        addGateway(document);
      }),
    );
    ({ port } = new URL(emulator.url));
  });

  test("has the one called that --gateway names", async () => {
    const { status, stdout } = await cdktfAgentcore("tools", "--port", port, "--gateway", "m2m-auth-demo-gateway");
    expect([status, stdout]).toEqual([0, expect.stringContaining("___add_numbers\n")]);
  });

  test.each([
    ["which", [], "The stack has no output gateway_url, and its gateways are m2m-auth-demo-gateway, second-gateway"],
    ["one that is not there", ["--gateway", "third"], "'third' names none of them."],
  ])("asks for %s", async (_, options, sentence) => {
    const { status, stderr } = await cdktfAgentcore("tools", "--port", port, ...options);
    expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)]);
  });

  test("has none named beside a file of outputs", async () => {
    const { status, stderr } = await cdktfAgentcore("tools", "--outputs", "-", "--gateway", "second-gateway");
    expect([status, stderr]).toEqual([2, expect.stringContaining("--gateway names one of an emulator's")]);
  });
});
