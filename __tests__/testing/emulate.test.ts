import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

import { GatewayAuthorizer, McpServerBehindGateway } from "../../constructs";
import { emulate, OptionError, stopAll, type Caller, type Emulation, type EmulateOptions } from "../../testing";
import { createStack, fixtureArtifact } from "../constructs/support/synthesized";
import { decode } from "../emulator/cognito/fixtures";
import { articleStack, bentResources } from "../support/article-stack";
import { bearer, postMcp, toolsList } from "../support/callers";
import { temporaryFolder } from "../support/temporary-folder";

afterAll(stopAll);

/** A server with the tool `count`, of which each has calls of its own. */
function counter(): () => McpServer {
  let calls = 0;
  return () => {
    const server = new McpServer({ name: "counter", version: "1.0.0" });
    server.registerTool("count", { description: "Counts", inputSchema: { by: z.number() } }, ({ by }) => {
      calls += by;
      return { content: [{ type: "text", text: String(calls) }] };
    });
    return server;
  };
}

const inProcess = (options: EmulateOptions = {}) => ({ server: counter(), ...options });

async function count(emulation: Emulation, by: number): Promise<string> {
  const client = await emulation.client();
  const { tools } = await client.listTools();
  const name = tools.find((tool) => tool.name.endsWith("___count"))?.name ?? "none";
  const { content } = await client.callTool({ name, arguments: { by } });
  return (content as { text: string }[])[0]?.text ?? "";
}

/** The gateway's status for a token. */
const status = async (emulation: Emulation, token: string) =>
  (await postMcp(emulation.gatewayUrl(), toolsList, bearer(token))).status;

describe("emulate", () => {
  test("takes a stack, which it synthesizes beside the app's own output", async () => {
    const stack = createStack();
    new McpServerBehindGateway(stack, "mcp", { projectName: "demo", agentRuntimeArtifact: fixtureArtifact() });
    const emulation = await emulate(stack, inProcess());
    expect(await count(emulation, 2)).toBe("2");
    expect(emulation.outputs()).toMatchObject({ mcp_gateway_url: emulation.gatewayUrl() });
    expect(existsSync(join((stack.node.root as unknown as { outdir: string }).outdir, "manifest.json"))).toBe(false);
    await emulation.stop();
  });

  test("fails with what is wrong with a stack", async () => {
    const stack = createStack();
    stack.node.addValidation({ validate: () => ["it is wrong"] });
    await expect(emulate(stack)).rejects.toThrow("it is wrong");
  });

  test("takes the path of a folder, and the bundled server", async () => {
    const emulation = await emulate(await articleStack());
    const client = await emulation.client();
    const call = { name: "m2m-auth-demo-mcp-target___add_numbers", arguments: { a: 5, b: 3 } };
    expect(await client.callTool(call)).toMatchObject({ structuredContent: { result: 8 } });
    await emulation.stop();
  });

  test.each<[string, EmulateOptions, string | RegExp]>([
    ["a command that ends", { server: "node -e process.exit(4)" }, /target.*mcp_server|process\.exit/],
    ["an empty command", { server: " " }, "emulate: The command of a server is the text"],
    ["a server that throws", { server: () => Promise.reject(new Error("no such file")) }, /gateway_target/],
    ["a runtime that is not there", { servers: { toolz: counter() } }, "servers names 'toolz'"],
    ["a host of elsewhere", { hosts: { "a.example.com": "http://10.0.0.1" } }, /cannot be mapped|hosts names/],
    ["a Lambda function without its export", { lambdas: { f: "handler.js" } }, /./],
  ])("refuses %s, and leaves nothing running", async (_, options, message) => {
    await expect(emulate(await articleStack(), options)).rejects.toThrow(message);
  });

  test("runs a server that listens by itself, and ends it", async () => {
    const requests: string[] = [];
    const makeServer = counter();
    const server = async (port: number) => {
      const http = createServer((request, response) => {
        requests.push(request.url ?? "");
        response.writeHead(202).end();
      });
      return http.listen(port, "127.0.0.1");
    };
    // It speaks no MCP, so that its target fails.
    await expect(emulate(await articleStack(), { server })).rejects.toThrow(/gateway_target/);
    expect(requests).toContain("/mcp");
    const emulation = await emulate(await articleStack(), { server: makeServer });
    await emulation.stop();
  });

  test.each<[string, unknown, unknown, string]>([
    ["a number for a stack", 5, {}, "emulate: What it is given first is 5: pass a stack or a path."],
    ["no stack", {}, {}, "emulate: What it is given first is an object: pass a stack or a path."],
    ["null for options", "x", null, "emulate: What it is given is null: pass an object, or leave it out."],
    ["a misspelt option", "x", { lamdbas: {} }, 'emulate: There is no option "lamdbas": write lambdas.'],
    ["an option of others", "x", { lambdaHandlers: {} }, '"lambdaHandlers": use one of server, servers, lambdas, '],
    ["a text for a list", "x", { issuers: "a.example.com" }, 'issuers is the text "a.example.com": pass a list, ["'],
    ["null for an option", "x", { seed: null }, "seed is null: pass a text, or leave it out."],
    ["a number for a server", "x", { server: 5 }, "emulate: A server is 5: pass a command or a function."],
  ])("refuses %s", async (_, source, options, sentence) => {
    const emulation = emulate(source as string, options as EmulateOptions);
    await expect(emulation).rejects.toThrow(OptionError);
    await expect(emulation).rejects.toThrow(sentence);
  });

  test("refuses a misspelt argument, as Terraform does, and tells of one that a later provider may have", async () => {
    const pool = (argument: string) =>
      temporaryFolder({
        "cdk.tf.json": { resource: { aws_cognito_user_pool: { users: { name: "users", [argument]: "" } } } },
      });
    await expect(emulate(pool("deletion_protecton"))).rejects.toThrow("write deletion_protection.");
    const told: string[] = [];
    const emulation = await emulate(pool("hologram"), { onAssumed: (sentence) => told.push(sentence) });
    expect(told).toEqual([expect.stringContaining("hologram is no argument or block")]);
    await emulation.stop();
  });

  test("takes variables of a folder in HCL", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "main.tf"),
      'variable "name" {}\nresource "aws_cognito_user_pool" "users" {\n  name = var.name\n}\noutput "pool" {\n  value = aws_cognito_user_pool.users.id\n}\n',
    );
    const emulation = await emulate(folder, { variables: { name: "people" } });
    expect(emulation.outputs()).toEqual({ pool: expect.stringMatching(/^us-east-1_/) as string });
    await expect(emulation.token()).rejects.toThrow("Name one of the gateways: none.");
    await emulation.stop();
  });
});

describe("an emulation", () => {
  let emulation: Emulation;
  beforeAll(async () => {
    const folder = await bentResources((resources) => {
      Object.assign(resources["aws_cognito_user_pool_client"] ?? {}, {
        robot: {
          name: "robot",
          user_pool_id: "${aws_cognito_user_pool.outbound.id}",
          generate_secret: true,
          allowed_oauth_flows: ["client_credentials"],
          allowed_oauth_flows_user_pool_client: true,
          allowed_oauth_scopes: "${aws_cognito_user_pool_client.m2m.allowed_oauth_scopes}",
        },
      });
    });
    emulation = await emulate(folder, inProcess({ issuers: ["idp.example.com"] }));
  });

  test("gives users tokens, with groups and attributes", async () => {
    const token = await emulation.token({
      username: "ann",
      groups: ["admins"],
      attributes: { email: "a@example.com" },
    });
    expect(decode(token).payload).toMatchObject({ username: "ann", token_use: "access", "cognito:groups": ["admins"] });
    expect(await status(emulation, token)).toBe(200);
    expect(decode(await emulation.token({ username: "ann" })).payload["sub"]).toBe(decode(token).payload["sub"]);
  });

  test("refuses what callers do not have", async () => {
    const caller = { user: "ann" } as Caller;
    await expect(emulation.token(caller)).rejects.toThrow(
      'token: There is no option "user": use one of gateway, username',
    );
    const text = { scopes: "read", client: "robot" } as unknown as Caller;
    await expect(emulation.client(text)).rejects.toThrow('client: scopes is the text "read": pass a list, ["read"].');
  });

  test("gives clients tokens, which a gateway for people refuses", async () => {
    const token = await emulation.token({ client: "robot" });
    expect(decode(token).payload).toMatchObject({ token_use: "access", sub: expect.any(String) as string });
    expect(await status(emulation, token)).toBe(403);
    await expect(emulation.client({ client: "robot" })).rejects.toThrow(/Insufficient scope/);
  });

  test("gives tokens of a stand-in issuer with any claims", async () => {
    const token = await emulation.token({ issuer: "https://idp.example.com/tenant", claims: { aud: "tools" } });
    expect(decode(token).payload).toMatchObject({ iss: "https://idp.example.com/tenant", aud: "tools" });
  });

  test.each([
    [{ client: "nobody" }, "There is no client nobody, of: "],
    [{ client: "robot", scopes: ["all/of-it"] }, "The client robot gets no token: invalid_scope."],
    [{ issuer: "other.example.com" }, "The emulator stands in for no issuer other.example.com"],
    [{ gateway: "other" }, "There is no gateway other, of: m2m-auth-demo-gateway."],
    [{ username: "ann", attributes: { nonsense: "1" } }, "The user 'ann' cannot be made: "],
    [{ username: "" }, "The user '' cannot be made: "],
  ])("gives no token to %j", async (caller, message) => {
    await expect(emulation.token(caller)).rejects.toThrow(message);
  });

  test("moves the time, so that tokens expire", async () => {
    const token = await emulation.token();
    expect(await status(emulation, token)).toBe(200);
    emulation.clock.advance(61 * 60_000);
    expect(await status(emulation, token)).toBe(401);
  });

  test("shows the calls since the start, and forgets all with a reset", async () => {
    const url = emulation.gatewayUrl();
    const token = await emulation.token({ username: "bob" });
    expect(
      emulation
        .calls()
        .at(-1)
        ?.hops.map(({ name }) => name),
    ).toContain("gateway authorizer");
    await emulation.reset();
    expect(emulation.calls()).toEqual([]);
    expect(emulation.gatewayUrl()).toBe(url);
    expect(Math.abs(emulation.clock.now() - Date.now())).toBeLessThan(60_000);
    expect(decode(await emulation.token({ username: "bob" })).payload["sub"]).not.toBe(decode(token).payload["sub"]);
    expect(await count(emulation, 1)).toBe("1");
  });

  test("ends when it is disposed of", async () => {
    const { url } = emulation;
    await emulation[Symbol.asyncDispose]();
    await expect(fetch(url)).rejects.toThrow();
  });
});

test("eight at once have ports, state and keys of their own", async () => {
  const folder = await articleStack();
  const all = await Promise.all(Array.from({ length: 8 }, () => emulate(folder, inProcess())));
  expect(new Set(all.map(({ url }) => url)).size).toBe(8);
  expect(await Promise.all(all.map((emulation, index) => count(emulation, index)))).toEqual([..."01234567"]);
  const tokens = await Promise.all(all.map((emulation) => emulation.token()));
  const [first] = all;
  const statuses = await Promise.all(tokens.map((token) => status(first as Emulation, token)));
  expect(statuses.filter((each) => each === 200)).toHaveLength(1);
  await Promise.all(all.map((emulation) => emulation.stop()));
});

test("a gateway that asks for signatures is called with one", async () => {
  const stack = createStack();
  new McpServerBehindGateway(stack, "mcp", {
    projectName: "demo",
    agentRuntimeArtifact: fixtureArtifact(),
    authorizerConfiguration: GatewayAuthorizer.usingAwsIam(),
  });
  const emulation = await emulate(stack, inProcess());
  expect(await count(emulation, 3)).toBe("3");
});
