import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Jwks } from "aws-jwt-verify/jwk";
import type { BrowserContext, Page } from "playwright-core";

import type { Emulator } from "../../emulator";
import { accepts } from "../../emulator/cloud/processes/free-port";
import { accessibilityFaults } from "../support/accessibility";
import { emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { describeInBrowser, openBrowser, screenshot } from "../support/browser";
import { cognito } from "../support/callers";
import { Command } from "../support/command";
import { decode } from "../emulator/cognito/fixtures";
import { installPackages, packagesFolder } from "../support/installed-packages";
import { publicClientStack } from "../support/public-client-stack";
import { testUnless } from "../support/skip";
import { expectOnMachine, walkUrls } from "../support/url-walk";
import { temporaryFolder } from "../support/temporary-folder";

const PACKAGES = "oauth-clients";
const withPackages = testUnless(
  installPackages(PACKAGES, {
    "@ai-sdk/mcp": "1.0.102",
    "@langchain/mcp-adapters": "1.1.4",
    "mcp-remote": "0.15.1",
    "openid-client": "6.9.0",
  }),
);
const PASSWORD = "TestPass123!";
const VISIT = /visit(?:ing)?:\s+(http\S+)/;
const GATEWAY = "gateway.bedrock-agentcore";

/** A client that speaks for itself, whom the gateway lets in beside the user's. */
function addRobot(document: TerraformJson): void {
  const { resource, output } = document;
  const user_pool_id = "${aws_cognito_user_pool.inbound.id}";
  const scope = [{ scope_name: "work", scope_description: "Works" }];
  Object.assign(resource["aws_cognito_resource_server"] ?? {}, {
    robots: { user_pool_id, identifier: "robots", name: "robots", scope },
  });
  Object.assign(resource["aws_cognito_user_pool_client"] ?? {}, {
    robot: {
      user_pool_id,
      name: "robot",
      generate_secret: true,
      allowed_oauth_flows: ["client_credentials"],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_scopes: ["${aws_cognito_resource_server.robots.identifier}/work"],
    },
  });
  const gateway = resource["aws_bedrockagentcore_gateway"]?.["main"] as {
    authorizer_configuration: { custom_jwt_authorizer: { allowed_clients: string[] }[] }[];
  };
  gateway.authorizer_configuration[0]?.custom_jwt_authorizer[0]?.allowed_clients.push(
    "${aws_cognito_user_pool_client.robot.id}",
  );
  output["robot_client_id"] = { value: "${aws_cognito_user_pool_client.robot.id}" };
}

/** The same gateway again, for tokens of an issuer that the emulator stands in for. */
function addGatewayOfStandIn({ resource, output }: TerraformJson): void {
  const gateways = resource["aws_bedrockagentcore_gateway"] ?? {};
  const authorizer = {
    discovery_url: "https://login.example.com/.well-known/openid-configuration",
    allowed_scopes: ["email"],
  };
  gateways["standin"] = {
    ...gateways["main"],
    name: "m2m-auth-demo-gateway-stand-in",
    authorizer_configuration: [{ custom_jwt_authorizer: [authorizer] }],
  };
  const identity = "${aws_bedrockagentcore_gateway.main.workload_identity_details[0].workload_identity_arn}";
  const identities = "arn:aws:bedrock-agentcore:us-east-1:123456789012:workload-identity-directory/default/*";
  const policy = resource["aws_iam_role_policy"]?.["gateway_identity"] as { policy: string };
  policy.policy = policy.policy.replaceAll(identity, identities);
  const targets = resource["aws_bedrockagentcore_gateway_target"] ?? {};
  targets["standin"] = {
    ...targets["mcp_server"],
    gateway_identifier: "${aws_bedrockagentcore_gateway.standin.gateway_id}",
  };
  output["standin_gateway_url"] = { value: "${aws_bedrockagentcore_gateway.standin.gateway_url}" };
}

/** A free port below those that systems hand out, so that nobody takes it between two of the clients. */
async function findSettledPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  return (await accepts(port)) ? findSettledPort() : port;
}

describeInBrowser("signing in through the browser", () => {
  let emulator: Emulator;
  let browser: BrowserContext;
  let port: number;
  let clientId: string;
  let issuer: string;

  beforeAll(async () => {
    port = await findSettledPort();
    const callback = `http://localhost:${port}/oauth/callback`;
    const client = { callbackUrls: [callback], logoutUrls: [callback] };
    const folder = await publicClientStack(client, (document) => {
      addRobot(document);
      addGatewayOfStandIn(document);
    });
    emulator = await emulate(folder, { issuers: ["login.example.com"] });
    clientId = outputOf(emulator, "inbound_client_id");
    const UserPoolId = outputOf(emulator, "inbound_user_pool_id");
    issuer = `${emulator.url}/cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`;
    const user = { UserPoolId, Username: "alice" };
    const UserAttributes = [{ Name: "email", Value: "alice@example.com" }];
    await cognito(emulator, "AdminCreateUser", { ...user, UserAttributes, MessageAction: "SUPPRESS" });
    await cognito(emulator, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
    browser = await openBrowser({ width: 1280, height: 800 });
  }, 240_000);

  /** By the keyboard alone, in a browser that nobody has signed in with; it asks no host but this one's. */
  async function typePassword(url: string, back = /\/oauth\/callback\?/): Promise<string> {
    await browser.clearCookies();
    const page = await browser.newPage();
    const strangers: string[] = [];
    page.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (!["127.0.0.1", "localhost"].includes(hostname)) strangers.push(request.url());
    });
    await page.goto(url);
    // The page gives its first field the focus, on a busy machine only after it has loaded.
    await page.locator("#username:focus").waitFor();
    await page.keyboard.type("alice");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(back);
    const arrived = page.url();
    await page.close();
    expect(strangers).toEqual([]);
    return arrived;
  }

  async function acceptStandIn(url: string): Promise<void> {
    const page = await browser.newPage();
    await page.goto(url);
    expect(await faultsOf(page, "stand-in")).toEqual([]);
    await page.locator("#sub:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/oauth\/callback\?/);
    await page.close();
  }

  async function runClient(
    client: string,
    url: string,
    folder = packagesFolder(PACKAGES),
    visit: (url: string) => Promise<unknown> = typePassword,
  ): Promise<unknown> {
    const script = join(__dirname, "../support/servers/oauth-clients.mjs");
    const command = new Command(process.execPath, [script, client, url, clientId, String(port), folder]);
    const [, authorizationUrl = ""] = await command.says(VISIT);
    await visit(authorizationUrl);
    const [, result = ""] = await command.says(/^Result: (.+)$/m);
    // The next client listens on the same port.
    await command.end();
    return JSON.parse(result);
  }

  const gatewayUrl = () => outputOf(emulator, "gateway_url");
  const called = { tools: 4, result: "8" };

  test("the MCP SDK's OAuth client discovers, signs in and calls a tool", async () => {
    expect(await runClient("sdk", gatewayUrl(), __dirname)).toMatchObject(called);
  }, 60_000);

  withPackages(
    "so does LangChain",
    async () => {
      expect(await runClient("langchain", gatewayUrl())).toMatchObject(called);
    },
    60_000,
  );

  withPackages("the AI SDK misses code_challenge_methods_supported, as it does at Cognito", async () => {
    await expect(runClient("ai-sdk", gatewayUrl())).rejects.toThrow("does not support S256 code challenge method");
  });

  withPackages(
    "and signs in at the page of a stand-in for an issuer, where Enter will do",
    async () => {
      const result = await runClient("ai-sdk", outputOf(emulator, "standin_gateway_url"), undefined, acceptStandIn);
      expect(result).toMatchObject(called);
      expect(decode((result as { token: string }).token).payload).toMatchObject({
        iss: "https://login.example.com",
        sub: "stand-in-user",
        aud: expect.stringMatching(/^https:\/\/m2m-auth-demo-gateway-stand-in-\w+\.gateway\..*\/mcp$/) as string,
      });
    },
    60_000,
  );

  test("the command signs in with the browser, and as a client that speaks for itself", async () => {
    const { port: at } = new URL(emulator.url);
    const command = Command.ofCli(["call", "add_numbers", '{"a": 5, "b": 3}', "--browser", "--port", at]);
    const [, authorizationUrl = ""] = await command.complains(/^(http\S+)$/m);
    await typePassword(authorizationUrl);
    expect(await command.end()).toMatchObject({ status: 0, stdout: "8\n" });

    const robot = emulator.account.cognito.userPoolClient(outputOf(emulator, "robot_client_id")).client;
    const secret = { CDKTF_AGENTCORE_CLIENT_SECRET: robot.clientSecret };
    const asClient = ["--client-id", robot.clientId, "--port", at];
    const { stdout: token, stderr } = await Command.ofCli(["token", ...asClient], secret).end();
    expect(stderr).toBe("");
    expect(decode(token.trim()).payload).toMatchObject({ client_id: robot.clientId, scope: "robots/work" });
    const withToken = await Command.ofCli([
      "call",
      "greet_user",
      '{"name": "Bob"}',
      "--token",
      token.trim(),
      "--port",
      at,
    ]).end();
    expect(withToken).toMatchObject({ status: 0, stdout: "Hello, Bob! Nice to meet you.\n" });
  }, 60_000);

  withPackages(
    "so does mcp-remote, for a client that speaks over its standard input",
    async () => {
      const home = temporaryFolder();
      // It would open a window.
      writeFileSync(join(home, "xdg-open"), "#!/bin/sh\n");
      chmodSync(join(home, "xdg-open"), 0o755);
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [
          join(packagesFolder(PACKAGES), "mcp-remote/dist/proxy.js"),
          gatewayUrl(),
          String(port),
          ...["--static-oauth-client-info", JSON.stringify({ client_id: clientId })],
          ...["--static-oauth-client-metadata", JSON.stringify({ scope: "openid email" })],
        ],
        env: { PATH: `${home}:${process.env["PATH"]}`, HOME: home, MCP_REMOTE_CONFIG_DIR: home },
        stderr: "pipe",
      });
      let said = "";
      const visit = new Promise<string>((resolve) => {
        transport.stderr?.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          const [, url] = VISIT.exec(said) ?? [];
          if (url !== undefined) resolve(url);
        });
      });
      const client = new Client({ name: "desktop", version: "1.0.0" });
      const connected = client.connect(transport);
      await typePassword(await visit);
      await connected;
      const { tools } = await client.listTools();
      const name = tools.find((tool) => tool.name.endsWith("add_numbers"))?.name ?? "";
      expect(await client.callTool({ name, arguments: { a: 5, b: 3 } })).toMatchObject({
        structuredContent: { result: 8 },
      });
      await client.close();
    },
    60_000,
  );

  withPackages(
    "openid-client finds nothing wrong with any endpoint, and AWS's verifier nothing with the access token",
    async () => {
      const result = (await runClient("openid-client", issuer)) as Record<string, string>;
      expect(result).toMatchObject({ email: "alice@example.com", refreshed: true, afterwards: "invalid_grant" });
      const userPoolId = outputOf(emulator, "inbound_user_pool_id");
      const judge = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
      judge.cacheJwks((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as Jwks);
      expect(judge.verifySync(result["access_token"] ?? "")).toMatchObject({ scope: "openid email" });
      const out = await fetch(result["out"] ?? "", { redirect: "manual" });
      expect(out.headers.get("location")).toBe(`http://localhost:${port}/oauth/callback`);
    },
    60_000,
  );

  test("every URL of every document is of this machine, and something is there", async () => {
    const runtime = String(emulator.gateways()[0]?.targets[0]?.endpoint);
    const metadata = [gatewayUrl().replace("/mcp", ""), runtime].map(
      (resource) => `${resource}/.well-known/oauth-protected-resource`,
    );
    const walked = await walkUrls([gatewayUrl(), runtime, ...metadata]);
    expectOnMachine(walked, emulator.url);
    expect([...walked.keys()].some((url) => url.includes(`.${GATEWAY}.`))).toBe(true);
    expect([...walked.keys()].filter((url) => url.includes("/oauth2/token"))).toHaveLength(2);
  });

  test("the page is accessible in both themes and both widths, with an error too", async () => {
    const parameters = new URLSearchParams({
      client_id: clientId,
      response_type: "code",
      scope: "openid",
      redirect_uri: `http://localhost:${port}/oauth/callback`,
    });
    const host = `m2m-auth-demo-inbound-123456789012.auth.us-east-1.amazoncognito.com`;
    await browser.clearCookies();
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() !== "info" && complaints.push(message.text()));
    await page.goto(`${emulator.url}/${host}/login?${parameters.toString()}`);
    expect(complaints).toEqual([]);
    expect(await faultsOf(page, "sign-in")).toEqual([]);
    await page.keyboard.type("alice");
    await page.keyboard.press("Tab");
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").innerText()).toBe("Incorrect username or password.");
    expect(await faultsOf(page, "sign-in-refused")).toEqual([]);
    await page.close();
  }, 60_000);

  async function faultsOf(page: Page, name: string): Promise<string[]> {
    const faults: string[] = [];
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1280, 320]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
        if (overflow > 0) faults.push(`${colorScheme} ${width}: ${overflow} px wider than the window`);
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${colorScheme} ${width}: ${fault}`));
        await screenshot(page, `${name}-${colorScheme}-${width}`);
      }
    }
    return faults;
  }
});
