import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { accessGateway } from "../../../cli/gateway/access";
import { articleStack } from "../../support/article-stack";
import { Command, startUp } from "../../support/command";
import { cdktfAgentcore, type CommandHere } from "../../support/command-here";
import { describeWhen } from "../../support/skip";
import { discard, synthesize } from "../../support/synthesize";
import { temporaryFolder } from "../../support/temporary-folder";

/** Of a stack whose gateway is on AWS, behind IAM. */
const DEPLOYED_URL = "https://tools-gateway-abcdefghij.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp";

const canCurlSign = spawnSync("curl", ["--aws-sigv4", "aws:amz", "--version"]).status === 0;

function outputsFile(gatewayUrl: string): string {
  const path = join(temporaryFolder(), "outputs.json");
  writeFileSync(path, JSON.stringify({ gateway_url: { value: gatewayUrl } }));
  return path;
}

describe("a gateway whose callers sign", () => {
  let stack: string;
  let up: CommandHere;
  let port: string;

  beforeAll(async () => {
    stack = await synthesize("examples/iam-inbound/main.ts");
    ({ command: up, port } = await startUp(stack));
  });

  afterAll(async () => {
    await up.kill();
    await discard(stack);
  });

  test("lists and calls its tools by name, with the emulator's credentials", async () => {
    const { status, stdout } = await cdktfAgentcore("tools", "--port", port);
    expect([status, stdout]).toEqual([0, expect.stringContaining("___add_numbers\n")]);
    expect(await cdktfAgentcore("call", "add_numbers", '{"a": 5, "b": 3}', "--port", port)).toEqual({
      status: 0,
      stdout: "8\n",
      stderr: "",
    });
  });

  describeWhen(canCurlSign, "curl 7.75 or later on the PATH", "by curl", () => {
    test("answers the command that up prints", async () => {
      const [curl] = await up.says(/^ {2}curl [^|]*/m);
      const gatewayUrl = (await cdktfAgentcore("output", "-raw", "gateway_url", "--port", port)).stdout;
      const { stdout } = await new Command("sh", ["-c", curl], { GATEWAY_URL: gatewayUrl }).end();
      expect(JSON.parse(stdout)).toMatchObject({
        jsonrpc: "2.0",
        id: 1,
        result: { tools: expect.any(Array) as unknown },
      });
    });
  });

  test("fails to give a token, since there is nothing to sign in to", async () => {
    const { status, stderr } = await cdktfAgentcore("token", "--port", port);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^cdktf-agentcore: The stack has no output inbound_user_pool_id: .*\n$/),
    ]);
  });
});

describe("a stack without the outputs of a sign-in", () => {
  const ENVIRONMENT = {
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "session",
  };
  const original = { ...process.env };
  afterEach(() => (process.env = { ...original }));

  test("signs calls of a deployed gateway with the environment's credentials, for the gateway's region", async () => {
    Object.assign(process.env, ENVIRONMENT);
    const sent = jest.spyOn(globalThis, "fetch").mockResolvedValue(new Response());
    const { url, options } = await accessGateway({ outputs: outputsFile(DEPLOYED_URL) });
    await options.fetch?.(url, { method: "POST", body: "{}" });
    const request = sent.mock.calls[0]?.[0] as Request;
    sent.mockRestore();
    expect(request.url).toBe(DEPLOYED_URL);
    expect(request.headers.get("authorization")).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/bedrock-agentcore\/aws4_request, /,
    );
    expect(request.headers.get("x-amz-security-token")).toBe("session");
  });

  test("fails without credentials, and where nothing names the region", async () => {
    const missing = { AWS_ACCESS_KEY_ID: "", AWS_REGION: "", AWS_DEFAULT_REGION: "" };
    const withoutCredentials = Command.ofCli(["tools", "--outputs", outputsFile(DEPLOYED_URL)], missing);
    expect(await withoutCredentials.end()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/so they sign: put AWS credentials in the environment, .*\n$/) as string,
    });
    const ownDomain = outputsFile("https://tools.example.com/mcp");
    const withoutRegion = Command.ofCli(["tools", "--outputs", ownDomain], { ...missing, ...ENVIRONMENT });
    expect(await withoutRegion.end()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/names no region: set AWS_REGION\.\n$/) as string,
    });
  });

  test("fails where the gateway takes tokens, and says which outputs it would take", async () => {
    const { command, port } = await startUp(await articleStack());
    const gatewayUrl = (await cdktfAgentcore("output", "-raw", "gateway_url", "--port", port)).stdout;
    const { status, stderr } = await cdktfAgentcore("tools", "--outputs", outputsFile(gatewayUrl));
    await command.kill();
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /status 401: .*; the call was signed, since the stack has no outputs inbound_user_pool_id and .*\n$/,
      ),
    ]);
  });
});
