import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";

import { signInToGateway } from "../../../cli/gateway/access";
import { CognitoClient } from "../../../cli/sign-in/cognito-client";
import { makeUser, signIn } from "../../../cli/sign-in/user";
import type { Emulator } from "../../../emulator";
import { EMULATOR_CREDENTIALS } from "../../../emulator/credentials";
import { articleStack, bentResources, emulate, outputOf } from "../../support/article-stack";
import { cognito, postMcp, bearer, toolsList } from "../../support/callers";
import { Command } from "../../support/command";
import { cdktfAgentcore } from "../../support/command-here";
import { scriptedServer } from "../../support/scripted-server";
import { temporaryFolder } from "../../support/temporary-folder";

let emulator: Emulator;
let port: string;
let folder: string;

beforeAll(async () => {
  emulator = await emulate(await articleStack());
  ({ port } = new URL(emulator.url));
  folder = temporaryFolder();
});
async function outputsFile(outputs: Record<string, unknown> | string): Promise<string> {
  const path = join(folder, `${Math.random()}.json`);
  const text =
    typeof outputs === "string"
      ? outputs
      : JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])));
  await writeFile(path, text);
  return path;
}

/** Outputs such as a deployed stack has. */
const DEPLOYED = {
  gateway_url: "https://m2m-auth-demo-gateway-abcdefghij.gateway.bedrock-agentcore.eu-west-1.amazonaws.com/mcp",
  inbound_user_pool_id: "eu-west-1_AbCdEfGhI",
  inbound_client_id: "1h57kf5cpq17m0eml12EXAMPLE",
};

function oneSentence(part: string): unknown {
  return expect.stringMatching(new RegExp(`^cdktf-agentcore: [^\\n]*${part}[^\\n]*\\.?\\n$`));
}

describe("token", () => {
  test("prints a token that AWS's verifier and the gateway accept", async () => {
    const { status, stdout } = await cdktfAgentcore("token", "--port", port);
    const token = stdout.trim();
    const userPoolId = outputOf(emulator, "inbound_user_pool_id");
    const verifier = CognitoJwtVerifier.create({
      userPoolId,
      tokenUse: "access",
      clientId: outputOf(emulator, "inbound_client_id"),
    });
    const jwks = await fetch(`${emulator.url}/cognito-idp.us-east-1.amazonaws.com/${userPoolId}/.well-known/jwks.json`);
    verifier.cacheJwks((await jwks.json()) as Jwks);
    expect(status).toBe(0);
    await expect(verifier.verify(token)).resolves.toMatchObject({ username: "cdktf-agentcore" });
    expect(await postMcp(outputOf(emulator, "gateway_url"), toolsList, bearer(token))).toMatchObject({ status: 200 });
  });

  test("signs in as a user of the pool, named by options or by the environment", async () => {
    const user = { UserPoolId: outputOf(emulator, "inbound_user_pool_id"), Username: "alice" };
    await cognito(emulator, "AdminCreateUser", { ...user, MessageAction: "SUPPRESS" });
    await cognito(emulator, "AdminSetUserPassword", { ...user, Password: "AlicePass123!", Permanent: true });
    const byOptions = await cdktfAgentcore(
      "token",
      "--port",
      port,
      "--username",
      "alice",
      "--password",
      "AlicePass123!",
    );
    const environment = { CDKTF_AGENTCORE_USERNAME: "alice", CDKTF_AGENTCORE_PASSWORD: "AlicePass123!" };
    const byEnvironment = await Command.ofCli(["token", "--port", port], environment).end();
    for (const { stdout } of [byOptions, byEnvironment]) {
      const claims = JSON.parse(Buffer.from(stdout.split(".")[1] ?? "", "base64url").toString()) as object;
      expect(claims).toMatchObject({ username: "alice" });
    }
  });

  test("signs in again and again where everybody has a second factor and is named by an e-mail address", async () => {
    const folder = await bentResources((resources) => {
      Object.assign(resources["aws_cognito_user_pool"]?.["inbound"] ?? {}, {
        username_attributes: ["email"],
        mfa_configuration: "ON",
        software_token_mfa_configuration: { enabled: true },
      });
    });
    const demanding = await emulate(folder);
    const token = ["token", "--port", new URL(demanding.url).port];
    const ended = [await cdktfAgentcore(...token), await cdktfAgentcore(...token)];
    await demanding.stop();
    expect(ended).toMatchObject(Array(2).fill({ status: 0, stderr: "" }));
  });

  test("signs in whatever other commands do at the same time", async () => {
    const cognitoClient = new CognitoClient({
      url: emulator.url,
      region: "us-east-1",
      credentials: EMULATOR_CREDENTIALS,
    });
    const made = () => makeUser(cognitoClient, outputOf(emulator, "inbound_user_pool_id"), "cdktf-agentcore");
    const [first] = [await made(), await made()];
    await expect(signIn(cognitoClient, outputOf(emulator, "inbound_client_id"), first)).resolves.toMatchObject({
      TokenType: "Bearer",
    });
  });

  test.each([
    [
      "an unknown user",
      1,
      ["--username", "bob", "--password", "x"],
      "InitiateAuth answered NotAuthorizedException: Incorrect username or password",
    ],
    ["a user name without a password", 2, ["--username", "bob"], "A user name and a password go together"],
    ["a superfluous word", 2, ["bob"], "The command token takes options only, not 'bob'"],
  ])("fails for %s", async (_, status, parameters, sentence) => {
    expect(await cdktfAgentcore("token", "--port", port, ...parameters)).toEqual({
      status,
      stdout: "",
      stderr: oneSentence(sentence),
    });
  });
});

describe("tools", () => {
  test("lists the gateway's tools with their arguments", async () => {
    const { status, stdout } = await cdktfAgentcore("tools", "--port", port);
    expect(status).toBe(0);
    expect(stdout).toContain(
      "m2m-auth-demo-mcp-target___add_numbers\n  Add two numbers together\n  a: integer, b: integer\n",
    );
    expect(stdout.indexOf("x_amz_bedrock_agentcore_search")).toBe(0);
  });

  test("lists them as JSON, as the gateway describes them", async () => {
    const { stdout } = await cdktfAgentcore("tools", "--port", port, "--json");
    const token = (await cdktfAgentcore("token", "--port", port)).stdout.trim();
    const headers = { ...bearer(token), "mcp-protocol-version": "2025-11-25" };
    const { body } = await postMcp(outputOf(emulator, "gateway_url"), toolsList, headers);
    expect(JSON.parse(stdout)).toEqual((body as { result: { tools: unknown } }).result.tools);
  });
});

describe("call", () => {
  test.each([
    ["a tool's whole name", ["m2m-auth-demo-mcp-target___add_numbers", '{"a": 5, "b": 3}'], "8\n"],
    ["a tool's own name", ["greet_user", '{"name": "Alice"}'], "Hello, Alice! Nice to meet you.\n"],
  ])("calls by %s and prints what the tool says", async (_, parameters, said) => {
    expect(await cdktfAgentcore("call", "--port", port, ...parameters)).toEqual({
      status: 0,
      stdout: said,
      stderr: "",
    });
  });

  test("prints the whole result with --json", async () => {
    const { stdout } = await cdktfAgentcore("call", "--port", port, "--json", "add_numbers", '{"a": 5, "b": 3}');
    expect(JSON.parse(stdout)).toEqual({
      content: [{ type: "text", text: "8" }],
      isError: false,
      structuredContent: { result: 8 },
    });
  });

  test.each([
    ["a tool that is not there", 1, ["subtract_numbers"], "The gateway lists no tool subtract_numbers"],
    ["a whole name that is not there", 1, ["other___tool"], "The gateway answered: .*Unknown tool"],
    ["no tool", 2, [], "call takes a tool and its arguments as one JSON object"],
    ["arguments that are not JSON", 2, ["add_numbers", "a=5"], "The arguments 'a=5' are not JSON"],
    ["arguments that are no object", 2, ["add_numbers", "[5, 3]"], "are no JSON object"],
    ["an emulator that is not there", 1, ["add_numbers", "--port", "1"], "No emulator answers on port 1"],
  ])("fails for %s", async (_, status, parameters, sentence) => {
    expect(await cdktfAgentcore("call", "--port", port, ...parameters)).toEqual({
      status,
      stdout: "",
      stderr: oneSentence(sentence),
    });
  });

  test("fails with what the gateway says of the arguments", async () => {
    const { status, stderr } = await cdktfAgentcore("call", "--port", port, "add_numbers", '{"a": "five"}');
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^cdktf-agentcore: The tool add_numbers failed: .*'b'/s),
    ]);
  });
});

test("tools are listed and called, whatever schemas their servers say", async () => {
  const inputSchema = { type: "object" };
  const tools = [
    { name: "odd", inputSchema, outputSchema: { type: "object", properties: { a: { $ref: "#/$defs/none" } } } },
    { name: "add_numbers", inputSchema, outputSchema: { type: "object", properties: { result: { type: "string" } } } },
  ];
  const { program, arguments: parameters = [] } = scriptedServer();
  const behaviours = JSON.stringify({ "tools/list": `result:${JSON.stringify({ tools })}` });
  const serverCommand = { program, arguments: [...parameters, "null", behaviours] };
  const other = await emulate(await articleStack(), { serverCommand });
  const own = ["--port", new URL(other.url).port];
  const ended = [
    await cdktfAgentcore("tools", ...own),
    await cdktfAgentcore("call", ...own, "add_numbers", '{"a": 5, "b": 3}'),
  ];
  await other.stop();
  expect(ended).toEqual([
    { status: 0, stdout: expect.stringContaining("___odd\n") as unknown, stderr: "" },
    { status: 0, stdout: "8\n", stderr: "" },
  ]);
});

describe("--outputs", () => {
  test("takes what output -json prints, from a file and from standard input", async () => {
    const { stdout: json } = await cdktfAgentcore("output", "-json", "--port", port);
    const path = await outputsFile(json);
    expect(await cdktfAgentcore("call", "add_numbers", '{"a": 1, "b": 1}', "--outputs", path)).toMatchObject({
      status: 0,
      stdout: "2\n",
    });
    const piped = new Command("sh", [
      "-c",
      `node dist/cli/main.js call add_numbers '{"a": 1, "b": 1}' --outputs - < ${path}`,
    ]);
    expect(await piped.end()).toMatchObject({ status: 0, stdout: "2\n" });
  });

  test("signs in to the Cognito of the pool's region, without AWS credentials", async () => {
    const answers = jest
      .spyOn(globalThis, "fetch")
      .mockResolvedValue(Response.json({ AuthenticationResult: { AccessToken: "token" } }));
    const outputs = await outputsFile(DEPLOYED);
    const access = await signInToGateway({ outputs, username: "alice", password: "secret" });
    const calls = answers.mock.calls.map(([url, init]) => ({ url, ...init, headers: new Headers(init?.headers) }));
    answers.mockRestore();
    expect(access).toEqual({ url: new URL(DEPLOYED.gateway_url), token: "token" });
    expect(calls.map(({ url }) => url)).toEqual(["https://cognito-idp.eu-west-1.amazonaws.com/"]);
    expect(calls[0]?.headers.get("authorization")).toBeNull();
    expect(JSON.parse(calls[0]?.body as string)).toEqual({
      ClientId: DEPLOYED.inbound_client_id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD: "secret" },
    });
  });

  test("finds the outputs of a stack's only pattern by how their names end", async () => {
    const named = Object.entries(DEPLOYED).map(([name, value]) => [`mcp_${name}`, value]);
    const outputs = await outputsFile(Object.fromEntries(named) as Record<string, unknown>);
    const answers = jest
      .spyOn(globalThis, "fetch")
      .mockResolvedValue(Response.json({ AuthenticationResult: { AccessToken: "token" } }));
    const access = await signInToGateway({ outputs, username: "alice", password: "secret" });
    answers.mockRestore();
    expect(access).toEqual({ url: new URL(DEPLOYED.gateway_url), token: "token" });
  });

  test.each<[string, number, Record<string, unknown> | string, string]>([
    [
      "a stack with several gateways",
      1,
      { a_gateway_url: "https://a.example/mcp", b_gateway_url: "https://b.example/mcp" },
      "hand the outputs of one to --outputs, under the name gateway_url",
    ],
    ["a deployed gateway and no user", 2, DEPLOYED, "A deployed gateway needs a user"],
    ["a stack without the outputs", 1, { bucket: "b" }, "The stack has no output gateway_url"],
    [
      "a gateway URL that is not https",
      1,
      { ...DEPLOYED, gateway_url: "http://example.com/mcp" },
      "a token is sent to an https URL only",
    ],
    [
      "a user pool id that is none",
      1,
      { ...DEPLOYED, inbound_user_pool_id: "example.com/x" },
      "which is no user pool's id",
    ],
    ["a file that is no JSON", 2, "gateway_url = 1", "is not what 'terraform output -json' prints"],
    [
      "JSON of another shape",
      2,
      '{"gateway_url": "https://example.com"}',
      "is not what 'terraform output -json' prints",
    ],
  ])("fails for %s", async (_, status, outputs, sentence) => {
    const path = await outputsFile(outputs);
    expect(await cdktfAgentcore("token", "--outputs", path)).toEqual({
      status,
      stdout: "",
      stderr: oneSentence(sentence),
    });
  });

  test("fails for a file that is not there, and together with --port", async () => {
    expect(await cdktfAgentcore("token", "--outputs", "/nonexistent/outputs.json")).toMatchObject({
      status: 2,
      stderr: oneSentence("cannot be read: ENOENT"),
    });
    expect(await cdktfAgentcore("token", "--outputs", "-", "--port", port)).toMatchObject({
      status: 2,
      stderr: oneSentence("give one of them"),
    });
  });
});
